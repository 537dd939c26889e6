import { describe, expect, test } from 'vitest';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { failure, follow, gate, setUp } from './test-doubles.ts';

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

describe('until figures of the new settings are there', () => {
  const kinds = (states: readonly MonitorState[]) => states.map(({ status }) => status.kind);

  test('the old ones are not live, from the change on', async () => {
    const { ledger, monitor, start, states, tick } = setUp(10_000);
    ledger.costMs = 100;
    start();
    await tick(200);
    expect(monitor.state().status.kind).toBe('watching');
    const before = states.length;
    monitor.reread();
    expect(states.at(before)).toMatchObject({ status: { kind: 'verifying' }, sequence: 1 });
    await tick(4700);
    expect(new Set(kinds(states.slice(before)))).toEqual(new Set(['verifying']));
    expect(monitor.state().sequence).toBe(1);
    await tick(300);
    const [first] = states.slice(before).filter(({ status }) => status.kind === 'watching');
    expect(first?.sequence).toBe(2);
  });

  test('a new name that comes with them finds no live figures of the old relation', async () => {
    const { monitor, start, states, tick } = setUp();
    start();
    await tick(10);
    monitor.reread();
    monitor.setProfile({ name: 'desk', label: 'LIVE', host: 'localhost:5432' });
    await tick(1000);
    const named = states.filter(({ profile }) => profile.label === 'LIVE');
    expect(named[0]).toMatchObject({ status: { kind: 'verifying' }, sequence: 1 });
    expect(
      named.filter(({ status, sequence }) => status.kind === 'watching' && sequence < 2),
    ).toEqual([]);
    expect(monitor.state()).toMatchObject({ status: { kind: 'watching' }, sequence: 2 });
  });

  test.each(['probe', 'read'] as const)('a %s of before does not make them live', async (kind) => {
    const { ledger, monitor, start, states, tick } = setUp();
    start();
    await tick(900);
    const { closed, open } = gate();
    ledger.gates[kind] = closed;
    ledger.token = kind === 'read' ? 'b' : 'a';
    await tick(200);
    monitor.reread();
    const before = states.length;
    ledger.gates = { read: new Promise(() => undefined) };
    open();
    await tick(500);
    expect(ledger.reads).toBe(kind === 'read' ? 3 : 2);
    expect(kinds(states.slice(before))).not.toContain('watching');
    expect(monitor.state().status.kind).toBe('verifying');
  });

  test('the rows behind a chip do not make them live either', async () => {
    const { ledger, monitor, start, states, tick } = setUp();
    start();
    await tick(10);
    const { closed, open } = gate();
    ledger.gates.oddRows = closed;
    const asked = follow(monitor.oddRows('undated'));
    await tick(500);
    monitor.reread();
    const before = states.length;
    open();
    ledger.gates = { read: new Promise(() => undefined) };
    await tick(500);
    expect(kinds(states.slice(before))).not.toContain('watching');
    expect(asked.value).toBeNull();
  });

  test('a monitor resumed after a change begins with what it has to verify', async () => {
    const { ledger, monitor, start, tick } = setUp();
    start();
    await tick(10);
    monitor.setPaused(true);
    monitor.reread();
    expect(monitor.state().status.kind).toBe('paused');
    ledger.gates = { read: new Promise(() => undefined) };
    expect(monitor.setPaused(false).status.kind).toBe('verifying');
  });

  test('before the first ones nothing has to be verified', async () => {
    const { monitor, start, tick } = setUp();
    monitor.reread();
    expect(monitor.state().status.kind).toBe('starting');
    start();
    await tick(10);
    expect(monitor.state()).toMatchObject({ status: { kind: 'watching' }, sequence: 1 });
  });
});

test('name and label of the profile follow the settings', async () => {
  const { monitor, start, states, tick } = setUp();
  start();
  await tick(10);
  monitor.setProfile({ name: 'desk', label: 'LIVE', host: 'localhost:5432' });
  expect(states.at(-1)?.profile).toEqual({ name: 'desk', label: 'LIVE', host: 'localhost:5432' });
});
