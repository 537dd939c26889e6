import { compareInstants } from '../../shared/instant.ts';
import type { EquityPoint } from './equity-series.ts';

/**
 * The point that text, crosshair and slider tell. It is known by its instant: places in the line
 * change with every refresh and every range.
 */
export interface ChosenPoint {
  readonly at: string;
  readonly equity: string;
  /** The end at which the line stands now moves on with the time. */
  readonly isNow: boolean;
  readonly by: 'pointer' | 'keys';
}

/** Chooses the point at this place of the line. */
export function chosenAt(
  series: readonly EquityPoint[],
  index: number,
  asOf: string,
  by: ChosenPoint['by'],
): ChosenPoint | null {
  const point = series[index];
  return point === undefined
    ? null
    : { at: point.at, equity: point.equity, isNow: point.at === asOf, by };
}

/**
 * Where a chosen point stands in the line that is drawn now: at itself, else at the point whose level
 * held at its instant; null when the line does not reach there.
 */
export function indexOfChosen(
  series: readonly EquityPoint[],
  chosen: ChosenPoint,
  asOf: string,
): number | null {
  const at = chosen.isNow ? asOf : chosen.at;
  const [first, last] = [series.at(0), series.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (compareInstants(at, first.at) < 0 || compareInstants(at, last.at) > 0) return null;
  // The start of a range may share its instant with a close.
  const same = series.findIndex((point) => point.at === at && point.equity === chosen.equity);
  return same >= 0 ? same : series.findLastIndex((point) => compareInstants(point.at, at) <= 0);
}
