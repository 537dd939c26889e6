import { expect, test } from 'vitest';
import { latencyClassesMs, ownCostSchema } from '../../shared/own-cost.ts';
import { setUp } from './test-doubles.ts';

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

test('counts and times what was asked, by kind', async () => {
  const { ledger, monitor, start, tick } = setUp();
  ledger.costMs = 1;
  start();
  await tick(10_000);
  const cost = ownCostSchema.parse(monitor.cost());
  expect(cost).toMatchObject({ probe: { count: ledger.probes }, refresh: { count: ledger.reads } });
  expect(sum(cost.probe.histogram)).toBe(ledger.probes);
  expect(cost.probe.histogram).toHaveLength(latencyClassesMs.length + 1);
  expect(cost.spentMs).toBe(ledger.spent);
});

test('tells the share of time inside queries; the limit holds', async () => {
  const { ledger, monitor, start, tick } = setUp(250);
  ledger.costMs = 40;
  start();
  await tick(120_000);
  const { dutyCycle, dutyCycleLimit } = monitor.cost();
  expect(dutyCycleLimit).toBe(0.02);
  expect(dutyCycle).toBeGreaterThan(0.015);
  // The run that is under way may be one more than the share allows.
  expect(dutyCycle).toBeLessThanOrEqual(0.0204);
});

test('a load goes on at once, slice by slice, and is paid off afterwards', async () => {
  const { ledger, monitor, start, tick } = setUp();
  ledger.costMs = 150;
  ledger.slicesLeft = 20;
  start();
  await tick(1000);
  expect(ledger.slicesLeft).toBe(0);
  expect(monitor.state()).toMatchObject({ sequence: 1 });
  ledger.costMs = 20;
  await tick(20_000);
  // 3 s of slices are owed: refreshes get one per cent, 20 ms in 2 s.
  expect(monitor.state().intervalMs).toBe(2000);
  await tick(400_000);
  expect(monitor.state().intervalMs).toBe(1000);
});

test('between the slices of a load a crowded server is left alone', async () => {
  const { ledger, start, tick } = setUp();
  ledger.isCrowded = true;
  ledger.slicesLeft = 20;
  start();
  await tick(20_000);
  expect(ledger.slicesLeft).toBe(15);
});

test('what a load owes has an end: beyond, its slices rest like the rest', async () => {
  const { ledger, start, tick } = setUp();
  ledger.costMs = 20_000;
  ledger.slicesLeft = 10;
  start();
  await tick(100_000);
  // Three go on at once; the fourth is past a minute of credit.
  expect(ledger.slicesLeft).toBe(6);
});

test('while history is loaded, the share that is there is told', async () => {
  const { ledger, monitor, start, tick } = setUp();
  ledger.isCrowded = true;
  ledger.slicesLeft = 4;
  start();
  await tick(1);
  expect(monitor.state()).toMatchObject({ status: { kind: 'starting' }, loaded: 0.5 });
});
