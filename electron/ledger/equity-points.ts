import { printDecimal } from '../../shared/decimal.ts';
import type { Equity } from '../../shared/snapshot.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from './close-series.ts';
import { thinIndexes } from './thin-indexes.ts';

const pointsPerRange = 480;

/** The points that a chart of any of the ranges needs, in order and without duplicates. */
export function pointsToDraw(
  series: CloseSeries,
  rangeStarts: readonly (string | null)[],
): Equity['points'] {
  const to = series.points;
  const firsts = new Set(
    rangeStarts.map((start) =>
      start === null ? 0 : firstPointAt(series, firstAtOrAfter(series, start)),
    ),
  );
  const kept = new Set<number>();
  for (const from of firsts) {
    // The level at which the range begins.
    if (from > 0) kept.add(from - 1);
    const thinned = thinIndexes({ from, to }, pointsPerRange, 3, (stretch) => {
      const { low, high, deep } = series.extremesOf(stretch.from, stretch.to);
      return [low, high, deep];
    });
    for (const index of thinned) kept.add(index);
  }
  const indexes = [...kept].sort((a, b) => a - b);
  const print = (units: bigint): string => printDecimal(series.decimal(units));
  return series
    .pointsAt(indexes)
    .map(({ equity, highWaterMark }, index) => [
      series.instantOf(indexes[index] ?? 0),
      print(equity),
      print(highWaterMark),
    ]);
}
