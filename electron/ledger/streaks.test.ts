import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printDecimal } from '../../shared/decimal.ts';
import { closeSeriesOf } from './close-series.ts';
import { holdOf, streaksOf } from './streaks.ts';
import { anyCloses, testOne, testUnits } from './test-support/closes.ts';

const letterOf = (pnl: string): string => {
  const units = testUnits(pnl);
  if (units === 0n) return '';
  return units > 0n ? 'W' : 'L';
};

test('streaks are the runs of letters', () => {
  fc.assert(
    fc.property(anyCloses(40), (closes) => {
      const letters = closes.map(({ pnl }) => letterOf(pnl)).join('');
      const last = /(W*|L*)$/.exec(letters)?.[0].length ?? 0;
      const { current, worst } = streaksOf(closeSeriesOf(closes));
      expect(current).toBe(letters.endsWith('L') ? -last : last);
      expect(worst + Math.max(0, ...(letters.match(/L+/g) ?? []).map((run) => run.length))).toBe(0);
    }),
    { numRuns: 300 },
  );
});

const holdsOf = (...holds: (string | null)[]) =>
  holdOf(holds.map((holdUs) => ({ at: '2026-11-23T05:00:00.000000Z', pnl: '1', holdUs })));

test('a negative or unknown hold time is left out', () => {
  expect(holdsOf('-1', null)).toEqual({ mean: null, median: null, n: 0 });
  const { mean, median, n } = holdsOf('-1', '3', null, '0');
  expect([mean && printDecimal(mean), median && printDecimal(median), n]).toEqual([
    ...['0.0000015', '0.0000015', 2],
  ]);
});

test('mean and median are exact, as far apart as PostgreSQL can tell times', () => {
  fc.assert(
    fc.property(anyCloses(25), (closes) => {
      const known = closes
        .flatMap(({ holdUs }) => (holdUs === null ? [] : [BigInt(holdUs)]))
        .filter((us) => us >= 0n)
        .sort((a, b) => (a < b ? -1 : 1));
      const { mean, median, n } = holdOf(closes);
      expect(n).toBe(known.length);
      expect(mean === null || median === null).toBe(n === 0);
      if (mean === null || median === null) return;
      const middle = known.filter((_, index) => Math.abs(2 * index - (n - 1)) <= 1);
      const second = testOne / 1_000_000n;
      const sumOf = (values: readonly bigint[]) => values.reduce((sum, us) => sum + us, 0n);
      expect(testUnits(printDecimal(median)) * BigInt(middle.length)).toBe(sumOf(middle) * second);
      const error = testUnits(printDecimal(mean)) * BigInt(n) - sumOf(known) * second;
      expect(2n * (error < 0n ? -error : error)).toBeLessThanOrEqual(
        (BigInt(n) * testOne) / 10n ** 15n,
      );
    }),
    { numRuns: 300 },
  );
});
