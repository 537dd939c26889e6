import { describe, expect, test } from 'vitest';
import { NotAvailableError } from './not-available.ts';
import { failure, follow, gate, setUp } from './test-doubles.ts';

describe('odd rows', () => {
  test('equal asks share one answer, which holds while the figures do', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(10);
    const asks = [1, 2, 3].map(() => follow(monitor.oddRows('unscored')));
    await tick(100);
    expect(asks.map(({ value }) => value?.total)).toEqual([0, 0, 0]);
    expect(new Set(asks.map(({ value }) => value)).size).toBe(1);
    await tick(5000);
    await monitor.oddRows('unscored');
    expect(ledger.oddAsks).toEqual(['unscored']);
    ledger.token = 'b';
    await tick(1000);
    void monitor.oddRows('unscored');
    await tick(1000);
    expect(ledger.oddAsks).toEqual(['unscored', 'unscored']);
  });

  test('new settings ask anew, also when they come while the answer is on its way', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(10);
    await Promise.all([monitor.oddRows('undated'), tick(100)]);
    monitor.reread();
    const { closed, open } = gate();
    ledger.gates.oddRows = closed;
    const asked = follow(monitor.oddRows('undated'));
    await tick(500);
    expect(ledger.oddAsks).toEqual(['undated', 'undated']);
    monitor.reread();
    open();
    await tick(1000);
    expect(asked.value).not.toBeNull();
    expect(ledger).toMatchObject({ most: 1, oddAsks: ['undated', 'undated', 'undated'] });
  });

  test('what they cost is rested for, and asks wait for it', async () => {
    const { ledger, monitor, start, tick } = setUp(250);
    start();
    await tick(10_000);
    ledger.costMs = 40;
    const spentBefore = ledger.spent;
    const ids = ['unscored', 'undated', 'anomalies', 'oddFees'] as const;
    const asks = ids.map((id) => follow(monitor.oddRows(id)));
    await tick(3900);
    expect(ledger.oddAsks).toEqual(['unscored']);
    expect(monitor.state().intervalMs).toBe(4000);
    await tick(16_100);
    expect(ledger.oddAsks).toEqual(ids);
    expect(asks.every(({ value }) => value !== null)).toBe(true);
    expect((ledger.spent - spentBefore) / 20_000).toBeLessThanOrEqual(0.021);
    expect(ledger.most).toBe(1);
  });

  test('their failure is told to those who asked, and the figures go on', async () => {
    const { ledger, monitor, start, tick, states } = setUp();
    start();
    await tick(100);
    const ask = follow(monitor.oddRows('unscored'));
    ledger.brokenOdd = failure('table-locked');
    await tick(2000);
    expect(ask.error).toMatchObject({
      name: 'NotAvailableError',
      code: 'table-locked',
      message: 'It failed.',
    });
    expect(monitor.state().status.kind).toBe('watching');
    expect(states.map(({ status }) => status.kind)).not.toContain('failing');
  });

  test('have a second: what takes longer is told, and costs the figures little rest', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(100);
    const ask = follow(monitor.oddRows('unscored'));
    ledger.brokenOdd = failure('too-slow');
    await tick(2000);
    expect(ledger.oddDeadlinesMs).toEqual([1000]);
    expect(ask.error).toMatchObject({
      code: 'too-slow',
      message: expect.stringMatching(/take longer than 1 s to read, so the query was cancelled/),
    });
  });

  test('nothing is asked while paused, failing or stopped, and whoever waits is told', async () => {
    const { ledger, monitor, start, tick } = setUp();
    const early = follow(monitor.oddRows('unscored'));
    ledger.broken = failure('refused');
    start();
    await tick(10);
    expect(early.error).toMatchObject({ code: 'refused' });
    await expect(monitor.oddRows('unscored')).rejects.toBeInstanceOf(NotAvailableError);
    ledger.broken = null;
    await tick(20_000);
    const waiting = follow(monitor.oddRows('unscored'));
    monitor.setPaused(true);
    await tick(10);
    expect(waiting.error).toMatchObject({ message: expect.stringContaining('paused') });
    await expect(monitor.oddRows('unscored')).rejects.toThrow('paused');
    monitor.setPaused(false);
    const last = follow(monitor.oddRows('unscored'));
    monitor.stop();
    await tick(10);
    expect(last.error).toBeInstanceOf(NotAvailableError);
    expect(ledger.oddAsks).toEqual([]);
  });
});
