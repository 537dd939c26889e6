import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CloseSeries } from './close-series.ts';
import { equityOf } from './equity.ts';
import { instantAtUs, seriesOf } from './test-support/closes.ts';

const startUs = BigInt(Date.UTC(2026, 0, 1)) * 1000n;
const hourUs = 3_600_000_000n;

/** A close each hour; whole dollars, so that a test may add them up as numbers. */
const hourly = (pnls: readonly number[]): CloseSeries =>
  seriesOf(
    pnls.map((pnl, hour) => ({
      at: instantAtUs(startUs + BigInt(hour) * hourUs),
      pnl: String(pnl),
      holdUs: null,
    })),
    '100',
  );

const anyPnls = fc.array(fc.integer({ min: -9, max: 9 }), {
  minLength: 1,
  maxLength: 4000,
  size: 'max',
});

/** Equity by hour from plain addition. */
function equities(pnls: readonly number[]): number[] {
  let now = 100;
  return pnls.map((pnl) => {
    now += pnl;
    return now;
  });
}

function highestSoFar(values: readonly number[]): number[] {
  let highest = 100;
  return values.map((value) => {
    highest = Math.max(highest, value);
    return highest;
  });
}

test('thinned points are few, true, in order, and keep what each range must show', () => {
  fc.assert(
    fc.property(anyPnls, fc.array(fc.nat(4100), { maxLength: 5 }), (pnls, hours) => {
      const series = hourly(pnls);
      const values = equities(pnls);
      const marks = highestSoFar(values);
      const rangeStarts = hours.map((hour) => instantAtUs(startUs + BigInt(hour) * hourUs));
      const { points } = equityOf(series, {
        ...{ hasBankroll: true, firstExecutedAt: null, rangeStarts: [null, ...rangeStarts] },
      }).equity;
      const kept = points.map(([at]) =>
        pnls.findIndex((_, point) => series.instantOf(point) === at),
      );
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      expect(points.map(([, now, mark]) => [now, mark])).toEqual(
        kept.map((index) => [String(values[index]), String(marks[index])]),
      );
      expect(points.length).toBeLessThanOrEqual((hours.length + 1) * 481);
      for (const start of [0, ...hours.filter((hour) => hour < pnls.length)]) {
        const depths = values.map((value, index) => (marks[index] ?? 0) - value);
        const [lowest, highest] = [Math.min, Math.max].map((of) => of(...values.slice(start)));
        const shown = kept.filter((index) => index >= start);
        expect(shown).toEqual(expect.arrayContaining([start, pnls.length - 1]));
        expect(Math.min(...shown.map((index) => values[index] ?? 0))).toBe(lowest);
        expect(Math.max(...shown.map((index) => values[index] ?? 0))).toBe(highest);
        expect(Math.max(...shown.map((index) => depths[index] ?? 0))).toBe(
          Math.max(...depths.slice(start)),
        );
        if (start > 0) expect(kept).toContain(start - 1);
      }
      if (hours.length > 0 && Math.max(...hours) >= pnls.length) {
        expect(kept).toContain(pnls.length - 1);
      }
    }),
    // Shrinking four thousand closes takes minutes; the seed repeats a failure as well.
    { numRuns: 25, endOnFailure: true },
  );
}, 60_000);

test('a dip within a climb is kept, though it is neither low nor high', () => {
  const pnls = Array.from({ length: 4000 }, (_, hour) => (hour === 2020 ? -40 : 9));
  const { points, maxDrawdown } = equityOf(hourly(pnls), {
    ...{ hasBankroll: true, firstExecutedAt: null, rangeStarts: [null] },
  }).equity;
  expect(points.map(([at]) => at)).toContain(maxDrawdown?.troughAt);
});
