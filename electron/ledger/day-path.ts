import { type Decimal, printDecimal } from '../../shared/decimal.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from './close-series.ts';
import { type Stretch, thinIndexes } from './thin-indexes.ts';

/** Cumulative P&L of one trading day. */
export interface DayPath {
  /** After each instant with closes, thinned. */
  readonly path: Snapshot['today']['path'];
  /** Highest P&L that the day reached; it starts at 0. */
  readonly peak: Decimal;
  /** Peak less the day's P&L. */
  readonly giveBack: Decimal;
}

const sparklinePoints = 240;

/** The path of the half-open day `[start, end)`. */
export function dayPath(series: CloseSeries, start: string, end: string): DayPath {
  const { scale, sums, ends, at } = series;
  const first = firstAtOrAfter(series, start);
  const before = sums[first] ?? 0n;
  const pnlAt = (point: number): bigint => (sums[(ends[point] ?? -1) + 1] ?? 0n) - before;
  const from = firstPointAt(series, first);
  const to = firstPointAt(series, firstAtOrAfter(series, end));
  let [peak, now] = [0n, 0n];
  for (let point = from; point < to; point += 1) {
    now = pnlAt(point);
    if (now > peak) peak = now;
  }
  const kept = thinIndexes({ from, to }, sparklinePoints, 2, (stretch) =>
    extremesOf(stretch, pnlAt),
  );
  return {
    path: kept.map((point) => ({
      at: at[ends[point] ?? -1] ?? '',
      pnl: printDecimal({ units: pnlAt(point), scale }),
    })),
    peak: { units: peak, scale },
    giveBack: { units: peak - now, scale },
  };
}

function extremesOf({ from, to }: Stretch, pnlAt: (point: number) => bigint): number[] {
  let [low, high] = [from, from];
  let [lowest, highest] = [pnlAt(from), pnlAt(from)];
  for (let point = from; point < to; point += 1) {
    const now = pnlAt(point);
    if (now < lowest) [low, lowest] = [point, now];
    if (now > highest) [high, highest] = [point, now];
  }
  return [low, high];
}
