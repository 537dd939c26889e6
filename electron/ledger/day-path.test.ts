import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printDecimal } from '../../shared/decimal.ts';
import { compareInstants } from '../../shared/instant.ts';
import { dayPath } from './day-path.ts';
import {
  anyBorderNear,
  anyCloses,
  instantAtUs,
  seriesOf,
  testUnits,
} from './test-support/closes.ts';

const anyDay = anyCloses(25).chain((closes) =>
  fc.tuple(fc.constant(closes), anyBorderNear(closes), anyBorderNear(closes)),
);

test('the path, its peak and the give-back are those of the definition', () => {
  fc.assert(
    fc.property(anyDay, ([closes, start, end]) => {
      const within = closes.filter(
        ({ at }) => compareInstants(at, start) >= 0 && compareInstants(at, end) < 0,
      );
      const path = [...new Set(within.map(({ at }) => at))].map((at) => ({
        at,
        pnl: within
          .filter((close) => compareInstants(close.at, at) <= 0)
          .reduce((sum, { pnl }) => sum + testUnits(pnl), 0n),
      }));
      const shown = dayPath(seriesOf(closes), start, end);
      expect(shown.path.map(({ at, pnl }) => ({ at, pnl: testUnits(pnl) }))).toEqual(path);
      const peak = path.reduce((highest, { pnl }) => (pnl > highest ? pnl : highest), 0n);
      expect(testUnits(printDecimal(shown.peak))).toBe(peak);
      expect(testUnits(printDecimal(shown.giveBack))).toBe(peak - (path.at(-1)?.pnl ?? 0n));
    }),
    { numRuns: 500 },
  );
});

test('a busy day is thinned to 240 points, its ends and extremes among them', () => {
  const startUs = BigInt(Date.UTC(2026, 10, 23)) * 1000n;
  const closes = Array.from({ length: 5000 }, (_, second) => ({
    at: instantAtUs(startUs + BigInt(second) * 1_000_000n),
    pnl: { 1234: '-900', 1235: '900', 3210: '800', 3211: '-800' }[second] ?? '0.1',
    holdUs: null,
  }));
  const day = ['2026-11-23T00:00:00.000000Z', '2026-11-24T00:00:00.000000Z'] as const;
  const { path } = dayPath(seriesOf(closes), ...day);
  expect(path.length).toBeLessThanOrEqual(240);
  expect([path[0]?.at, path.at(-1)?.at]).toEqual([closes[0]?.at, closes.at(-1)?.at]);
  const pnls = path.map(({ pnl }) => Number(pnl));
  expect([Math.min(...pnls), Math.max(...pnls)]).toEqual([-776.6, 1120.8]);
});
