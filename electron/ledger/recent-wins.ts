import { pointsUntil } from './close-path.ts';
import type { CloseSeries } from './close-series.ts';
import { signAt } from './line-walker.ts';

/** The last closes up to an instant, by the sign of their P&L. */
export function recentWinRate(
  series: CloseSeries,
  wanted: number,
  asOf: string,
): { readonly closes: number; readonly wins: number; readonly losses: number } {
  const end = series.endOf(pointsUntil(series, asOf) - 1) + 1;
  const from = Math.max(0, end - wanted);
  let [wins, losses] = [0, 0];
  for (let row = from; row < end; row += 1) {
    const sign = signAt(series.columns, row);
    if (sign > 0) wins += 1;
    if (sign < 0) losses += 1;
  }
  return { closes: end - from, wins, losses };
}
