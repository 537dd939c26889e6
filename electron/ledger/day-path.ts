import { type Decimal, printDecimal } from '../../shared/decimal.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from './close-series.ts';
import { thinIndexes } from './thin-indexes.ts';

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
  const first = firstAtOrAfter(series, start);
  const { sum: before } = series.standingBefore(first);
  const from = firstPointAt(series, first);
  const to = firstPointAt(series, firstAtOrAfter(series, end));
  if (from >= to) return { path: [], peak: series.decimal(0n), giveBack: series.decimal(0n) };
  const { highest } = series.extremesOf(from, to);
  const peak = highest > before ? highest - before : 0n;
  const kept = thinIndexes({ from, to }, sparklinePoints, 2, (stretch) => {
    const { low, high } = series.extremesOf(stretch.from, stretch.to);
    return [low, high];
  });
  const pnls = series.pointsAt(kept).map(({ equity }) => equity - before);
  return {
    path: kept.map((point, index) => ({
      at: series.instantOf(point),
      pnl: printDecimal(series.decimal(pnls[index] ?? 0n)),
    })),
    peak: series.decimal(peak),
    giveBack: series.decimal(peak - (pnls.at(-1) ?? 0n)),
  };
}
