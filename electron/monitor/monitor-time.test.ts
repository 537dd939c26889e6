import { describe, expect, test } from 'vitest';
import { failure, gate, setUp } from './test-doubles.ts';

describe('pause, sleep and clocks', () => {
  test('a paused monitor asks nothing, and goes on at once when it is resumed', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(1500);
    const asked = ledger.probes;
    expect(monitor.setPaused(true).status.kind).toBe('paused');
    await monitor.refresh();
    await tick(600_000);
    expect(ledger.probes).toBe(asked);
    monitor.setPaused(false);
    await tick(1);
    expect(monitor.state().status.kind).toBe('watching');
    expect(ledger.probes + ledger.reads).toBeGreaterThan(asked + 1);
  });

  test('a monitor paused before it has a ledger asks nothing once it has', async () => {
    const { ledger, monitor, start, tick } = setUp();
    monitor.setPaused(true);
    start();
    await tick(5000);
    expect(ledger.reads).toBe(0);
    monitor.setPaused(false);
    await tick(1);
    expect(ledger.reads).toBe(1);
  });

  test('after sleep the figures are not trusted until they are confirmed', async () => {
    const { monitor, start, states, tick } = setUp();
    start();
    await tick(1500);
    monitor.resume();
    expect(states.at(-1)?.status.kind).toBe('verifying');
    await tick(100);
    expect(monitor.state().status.kind).toBe('watching');
  });

  test('when the last connection is cut, nothing counts as live until the next look, which is soon', async () => {
    const { ledger, monitor, start, states, tick } = setUp(30_000);
    start();
    await tick(1500);
    const asked = ledger.probes;
    ledger.broken = failure('refused');
    ledger.cut();
    expect(states.at(-1)?.status.kind).toBe('verifying');
    await tick(100);
    expect(ledger.probes).toBeGreaterThan(asked);
    expect(monitor.state().status.kind).toBe('failing');
  });

  test('a cut connection starts no run of a paused monitor', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(1500);
    monitor.setPaused(true);
    const asked = ledger.probes;
    ledger.cut();
    await tick(60_000);
    expect(ledger.probes).toBe(asked);
  });

  test('a slow answer tells of no clock that is off, for nobody knows when its clock was read', async () => {
    const { ledger, monitor, settle, start, tick } = setUp();
    const slow = gate();
    ledger.gates.read = slow.closed;
    start();
    await tick(6000);
    slow.open();
    await settle();
    expect(monitor.state().asOf).not.toBeNull();
    expect(monitor.state().clockSkewMs).toBeCloseTo(0, 3);
  });

  test('an answer to a question from before the sleep confirms nothing', async () => {
    const { ledger, monitor, settle, start, states, tick } = setUp();
    start();
    await tick(1500);
    let open = (): void => undefined;
    ledger.gate = new Promise((resolve) => {
      open = resolve;
    });
    await tick(1000);
    const before = monitor.state().asOf;
    monitor.resume();
    open();
    await settle();
    expect(states.at(-1)?.status.kind).toBe('verifying');
    expect(monitor.state().asOf).toBe(before);
    await tick(200);
    expect(monitor.state().status.kind).toBe('watching');
  });

  test('a pause during a failed try calls its immediate retry off', async () => {
    const { ledger, monitor, settle, start, tick } = setUp();
    let open = (): void => undefined;
    ledger.gate = new Promise((resolve) => {
      open = resolve;
    });
    ledger.broken = failure('refused');
    start();
    await tick(1);
    monitor.setPaused(true);
    open();
    await settle();
    expect(ledger.reads).toBe(1);
  });

  test('a monitor that was stopped does not start again', async () => {
    const { ledger, monitor, start, tick } = setUp();
    monitor.stop();
    start();
    await tick(5000);
    expect(ledger.reads).toBe(0);
  });

  test.each([
    ['a sleep that nobody announced', 3_600_000],
    ['a clock set back by a day', -86_400_000],
  ])('%s is noticed by the clocks alone', async (_, jumpMs) => {
    const { jumpWall, monitor, states, start, tick } = setUp();
    start();
    await tick(1500);
    jumpWall(jumpMs);
    await tick(1000);
    expect(states.some(({ status }) => status.kind === 'verifying')).toBe(true);
    expect(monitor.state()).toMatchObject({ status: { kind: 'watching' } });
    expect(monitor.state().ageMs).toBeGreaterThanOrEqual(0);
  });

  test('a frozen process distrusts what it holds', async () => {
    const { freeze, states, start, tick } = setUp();
    start();
    await tick(1500);
    freeze(20_000);
    await tick(1);
    expect(states.some(({ status }) => status.kind === 'verifying')).toBe(true);
  });
});
