import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printDecimal } from '../../shared/decimal.ts';
import { holdOf } from './hold.ts';
import { anyCloses, seriesOf, testOne, testUnits } from './test-support/closes.ts';

const holdsOf = (...holds: (string | null)[]) =>
  holdOf(
    seriesOf(holds.map((holdUs) => ({ at: '2026-11-23T05:00:00.000000Z', pnl: '1', holdUs })))
      .columns,
  );

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
      const { mean, median, n } = holdOf(seriesOf(closes).columns);
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
