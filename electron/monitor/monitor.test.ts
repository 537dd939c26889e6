import { describe, expect, test } from 'vitest';
import type { Monitor } from './monitor.ts';
import { failure, setUp } from './test-doubles.ts';

describe('schedule', () => {
  test('reads once, then only probes while nothing changes', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(10_000);
    expect(ledger).toMatchObject({ reads: 1, probes: 10 });
    expect(monitor.state()).toMatchObject({ status: { kind: 'watching' }, sequence: 1 });
  });

  test('a new version is read at the next probe', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(1500);
    ledger.token = 'b';
    await tick(1000);
    expect(monitor.state().sequence).toBe(2);
  });

  test('an unchanged version is read again when a figure expires with the clock, and each minute', async () => {
    const { clock, ledger, start, tick } = setUp();
    ledger.validUntil = new Date(clock.wallMs() + 5500).toISOString().replace('Z', '000Z');
    start();
    await tick(5000);
    expect(ledger.reads).toBe(1);
    ledger.validUntil = '9999-01-01T00:00:00.000000Z';
    await tick(1500);
    expect(ledger.reads).toBe(2);
    await tick(61_000);
    expect(ledger.reads).toBe(3);
  });

  test('the duty cycle stretches the interval: 40 ms of query, 2 s of distance', async () => {
    const { ledger, monitor, start, tick } = setUp(250);
    ledger.costMs = 40;
    start();
    await tick(20_000);
    expect(monitor.state().intervalMs).toBe(2000);
    expect(ledger.spent / 20_000).toBeLessThanOrEqual(0.0221);
  });

  test.each<[name: string, wish: (monitor: Monitor) => void]>([
    ['refresh now', (monitor) => void monitor.refresh()],
    [
      'pause and resume',
      (monitor) => {
        monitor.setPaused(true);
        monitor.setPaused(false);
      },
    ],
    ['wake after wake', (monitor) => monitor.resume()],
  ])('wishes do not break the duty cycle: %s', async (_, wish) => {
    const { ledger, monitor, start, tick } = setUp();
    ledger.costMs = 10;
    start();
    for (let round = 0; round < 100; round += 1) {
      wish(monitor);
      await tick(100);
    }
    expect(ledger.spent / 10_000).toBeLessThanOrEqual(0.021);
    expect(ledger.probes + ledger.reads).toBeGreaterThan(15);
  });

  test('a server that runs low on connections is asked five times less often', async () => {
    const { ledger, monitor, start, tick } = setUp();
    ledger.isCrowded = true;
    start();
    await tick(1);
    expect(monitor.state().intervalMs).toBe(5000);
  });
});

describe('single flight', () => {
  test('a thousand callers share one refresh', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(1);
    const asked = Array.from({ length: 1000 }, () => monitor.refresh());
    await tick(1000);
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ asOf }) => asOf)).size).toBe(1);
    expect(ledger).toMatchObject({ most: 1, reads: 1, probes: 1 });
  });

  test('nothing is heard of what ends after stop', async () => {
    const { ledger, monitor, start, settle, states, tick } = setUp();
    let open = (): void => undefined;
    ledger.gate = new Promise((resolve) => {
      open = resolve;
    });
    start();
    await tick(1);
    const asked = monitor.refresh();
    const before = states.length;
    monitor.stop();
    open();
    await settle();
    await asked;
    await tick(60_000);
    expect(states).toHaveLength(before);
    expect(monitor.snapshot()).toBeNull();
    expect(ledger.reads).toBe(1);
  });
});

describe('failure', () => {
  test('a cut connection is tried again at once and nobody hears of it', async () => {
    const { ledger, states, start, tick } = setUp();
    start();
    await tick(500);
    ledger.brokenOnce = failure('terminated');
    await tick(1000);
    expect(ledger).toMatchObject({ probes: 1, reads: 2 });
    expect(states.map(({ status }) => status.kind)).not.toContain('failing');
  });

  test('a failed try backs off with a growing distance, up to 15 s', async () => {
    const { ledger, monitor, start, tick } = setUp();
    ledger.broken = failure('refused');
    start();
    await tick(1);
    // The first read and its one immediate retry.
    expect(ledger.reads).toBe(2);
    await tick(60_000);
    const first = ledger.reads;
    expect(first).toBeGreaterThan(8);
    await tick(60_000);
    expect(ledger.reads - first).toBeLessThanOrEqual(9);
    expect(monitor.state().status).toMatchObject({ kind: 'failing', failure: { code: 'refused' } });
  });

  test('a wrong password is tried slowly, so that no account gets locked', async () => {
    const { ledger, start, tick } = setUp();
    ledger.broken = failure('authentication', 'needs-you');
    start();
    await tick(120_000);
    expect(ledger.reads).toBe(5);
  });

  test('a query that was too slow owes its share of rest', async () => {
    const { ledger, start, tick } = setUp();
    ledger.broken = failure('too-slow');
    ledger.costMs = 5000;
    start();
    await tick(240_000);
    expect(ledger.reads).toBe(1);
    await tick(20_000);
    expect(ledger.reads).toBe(2);
  });

  test.each([
    ['refused', 'backoff', 500],
    ['authentication', 'needs-you', 5000],
  ] as const)(
    '"try now" on %s (%s) waits %i ms at most, however often it is wished',
    async (code, retry, floorMs) => {
      const { ledger, monitor, start, tick } = setUp();
      ledger.broken = failure(code, retry);
      start();
      await tick(10);
      const first = ledger.reads;
      for (let elapsedMs = 0; elapsedMs < floorMs - 100; elapsedMs += 50) {
        void monitor.refresh();
        monitor.setPaused(true);
        monitor.setPaused(false);
        monitor.resume();
        await tick(50);
      }
      expect(ledger.reads).toBe(first);
      void monitor.refresh();
      await tick(200);
      expect(ledger.reads).toBe(first + 1);
      expect(monitor.state().status).toMatchObject({ kind: 'failing', attempts: 2 });
    },
  );

  test('a listener that throws stops neither the others nor the schedule', async () => {
    const { ledger, logged, monitor, start, states, tick } = setUp();
    monitor.onChange(() => {
      throw new Error('a fault of the listener');
    });
    start();
    await tick(5000);
    ledger.broken = failure('refused');
    await tick(20_000);
    ledger.broken = null;
    await tick(20_000);
    expect(monitor.state().status.kind).toBe('watching');
    expect(states.length).toBe(logged.length);
  });

  test('the last figures stand, and their age goes on', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(1500);
    const shown = monitor.snapshot();
    ledger.broken = failure('refused');
    await tick(30_000);
    expect(monitor.snapshot()).toBe(shown);
    expect(monitor.state().ageMs).toBeGreaterThan(29_000);
  });
});
