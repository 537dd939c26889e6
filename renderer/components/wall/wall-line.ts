import type { EquityPoint } from '../../charts/equity-series.ts';
import { toFloat } from '../../charts/scale.ts';

/** Paths in a square of 100, and the exact amounts at its upper and lower edge. */
export interface WallLine {
  readonly equity: string;
  readonly highWaterMark: string;
  /** Between the two. */
  readonly underwater: string;
  readonly top: string;
  readonly bottom: string;
}

/** Half of it keeps a stroke at the edge whole. */
const marginY = 2;

/** The equity line as steps from its first point to its last, down to its lowest; null without points. */
export function wallLine(series: readonly EquityPoint[], bottom: string): WallLine | null {
  const first = series.at(0);
  const last = series.at(-1);
  if (first === undefined || last === undefined) return null;
  // A mark never falls, and no equity is above it.
  const top = last.highWaterMark;
  const height = toFloat(top) - toFloat(bottom);
  const x = ({ ms }: EquityPoint): string =>
    (((ms - first.ms) / Math.max(1, last.ms - first.ms)) * 100).toFixed(2);
  const y = (level: string): string => {
    const share = height > 0 ? (toFloat(top) - toFloat(level)) / height : 0.5;
    return (marginY + share * (100 - 2 * marginY)).toFixed(2);
  };
  const equity = `M0,${y(first.equity)}${series.map((at) => `H${x(at)}V${y(at.equity)}`).join('')}`;
  const mark = series.map((at) => `H${x(at)}V${y(at.highWaterMark)}`).join('');
  const back = series.toReversed().map((at) => `V${y(at.highWaterMark)}H${x(at)}`);
  return {
    ...{ equity, top, bottom },
    highWaterMark: `M0,${y(first.highWaterMark)}${mark}`,
    underwater: `${equity}${back.join('')}Z`,
  };
}
