import { describe, expect, test } from 'vitest';
import { NotAvailableError } from './not-available.ts';
import { failure, setUp } from './test-doubles.ts';

/** A gate that the test opens. */
function gate() {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open };
}

/** What a promise came to so far. */
function follow<T>(promise: Promise<T>) {
  const seen = { value: null as T | null, error: null as unknown };
  promise.then(
    (value) => {
      seen.value = value;
    },
    (error: unknown) => {
      seen.error = error;
    },
  );
  return seen;
}

describe('reread', () => {
  test('reads everything though the version is the same, as soon as the duty cycle allows', async () => {
    const { ledger, monitor, start, tick } = setUp(10_000);
    ledger.costMs = 4;
    start();
    await tick(20);
    const before = monitor.snapshot();
    monitor.reread();
    expect(monitor.snapshot()).toBe(before);
    await tick(170);
    expect(ledger).toMatchObject({ reads: 1, probes: 0 });
    await tick(20);
    expect(ledger).toMatchObject({ reads: 2, probes: 0 });
    expect(monitor.state()).toMatchObject({ sequence: 2, status: { kind: 'watching' } });
    await tick(10_000);
    expect(ledger).toMatchObject({ reads: 2, probes: 1 });
  });

  test('a probe that began before it confirms nothing after it', async () => {
    const { ledger, monitor, start, states, tick } = setUp();
    start();
    await tick(900);
    const { closed, open } = gate();
    ledger.gates.probe = closed;
    await tick(200);
    monitor.reread();
    open();
    await tick(200);
    expect(ledger).toMatchObject({ reads: 2, probes: 1 });
    const old = states.filter(({ sequence }) => sequence === 1);
    expect(new Set(old.map(({ asOf }) => asOf)).size).toBe(1);
  });

  test('a read that began before it is followed by one after it', async () => {
    const { ledger, monitor, start, tick } = setUp(10_000);
    start();
    await tick(10);
    const { closed, open } = gate();
    ledger.gates.read = closed;
    ledger.token = 'b';
    await tick(10_000);
    expect(ledger.reads).toBe(2);
    monitor.reread();
    open();
    await tick(200);
    expect(ledger.reads).toBe(3);
    await tick(25_000);
    expect(ledger.reads).toBe(3);
  });

  test('many in a row cost no more than the duty cycle', async () => {
    const { ledger, monitor, start, tick } = setUp();
    ledger.costMs = 10;
    start();
    for (let round = 0; round < 200; round += 1) {
      monitor.reread();
      await tick(50);
    }
    expect(ledger.spent / 10_000).toBeLessThanOrEqual(0.021);
    expect(ledger.reads).toBeGreaterThan(15);
  });

  test('a failing ledger is tried again soon, for the new settings may mend it', async () => {
    const { ledger, monitor, start, tick } = setUp();
    ledger.broken = failure('missing-relation', 'needs-you');
    start();
    await tick(1000);
    expect(ledger.reads).toBe(1);
    ledger.broken = null;
    monitor.reread();
    await tick(4100);
    expect(monitor.state().status.kind).toBe('watching');
  });

  test('a try that fails while it comes is followed by one under the new settings', async () => {
    const { ledger, monitor, start, tick } = setUp();
    const { closed, open } = gate();
    ledger.gate = closed;
    ledger.brokenOnce = failure('missing-relation', 'needs-you');
    start();
    await tick(10);
    monitor.reread();
    open();
    await tick(5100);
    expect(monitor.state().status.kind).toBe('watching');
  });

  test('a paused monitor reads when it is resumed', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(10);
    monitor.setPaused(true);
    monitor.reread();
    await tick(10_000);
    expect(ledger.reads).toBe(1);
    monitor.setPaused(false);
    await tick(10);
    expect(ledger).toMatchObject({ reads: 2, probes: 0 });
  });
});

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

test('name and label of the profile follow the settings', async () => {
  const { monitor, start, states, tick } = setUp();
  start();
  await tick(10);
  monitor.setProfile({ name: 'desk', label: 'LIVE', host: 'localhost:5432' });
  expect(states.at(-1)?.profile).toEqual({ name: 'desk', label: 'LIVE', host: 'localhost:5432' });
});
