import { printDecimal } from '../../shared/decimal.ts';
import type { Equity } from '../../shared/snapshot.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from './close-series.ts';
import { decimalOn, type EquityLine } from './equity-line.ts';
import { type Stretch, thinIndexes } from './thin-indexes.ts';

const pointsPerRange = 480;

/** The points that a chart of any of the ranges needs, in order and without duplicates. */
export function pointsToDraw(
  series: CloseSeries,
  line: EquityLine,
  rangeStarts: readonly (string | null)[],
): Equity['points'] {
  const to = line.equity.length;
  const firsts = new Set(
    rangeStarts.map((start) =>
      firstPointAt(series, start === null ? 0 : firstAtOrAfter(series, start)),
    ),
  );
  const kept = new Set<number>();
  for (const from of firsts) {
    // The level at which the range begins.
    if (from > 0) kept.add(from - 1);
    const thinned = thinIndexes({ from, to }, pointsPerRange, 3, (stretch) =>
      extremesOf(line, stretch),
    );
    for (const index of thinned) kept.add(index);
  }
  const print = (units: bigint | undefined): string => printDecimal(decimalOn(line, units ?? 0n));
  return [...kept]
    .sort((a, b) => a - b)
    .map((index) => [
      series.at[series.ends[index] ?? -1] ?? '',
      print(line.equity[index]),
      print(line.highWaterMark[index]),
    ]);
}

/** Lowest, highest and deepest below the high-water mark, the first of each. */
function extremesOf({ equity, highWaterMark }: EquityLine, { from, to }: Stretch): number[] {
  let [low, high, deep] = [from, from, from];
  let [lowest, highest, deepest] = [equity[from] ?? 0n, equity[from] ?? 0n, -1n];
  for (let index = from; index < to; index += 1) {
    const now = equity[index] ?? 0n;
    if (now < lowest) [low, lowest] = [index, now];
    if (now > highest) [high, highest] = [index, now];
    const depth = (highWaterMark[index] ?? 0n) - now;
    if (depth > deepest) [deep, deepest] = [index, depth];
  }
  return [low, high, deep];
}
