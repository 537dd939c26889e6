import {
  compareDecimals,
  parseDecimal,
  printDecimal,
  subtractDecimals,
} from '../../shared/decimal.ts';
import {
  type AmountUnit,
  amountBeside,
  axisAmounts,
  roundMarks,
  unitOfMarks,
} from './axis-amounts.ts';
import { drawdownOf, type EquityExtremes, type EquityPoint } from './equity-series.ts';
import { toFloat } from './scale.ts';

/** A label at the right-hand edge. */
export interface AmountMark {
  /** Share of the height, from the bottom. */
  readonly at: number;
  readonly label: string;
  /** Whether a hairline crosses the chart there. */
  readonly line: boolean;
}

/** What the canvas draws: times in milliseconds, heights as shares of the height from the bottom. */
export interface EquityDrawing {
  readonly ms: readonly number[];
  readonly equity: readonly number[];
  readonly highWaterMark: readonly number[];
  readonly underwater: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly amounts: readonly AmountMark[];
}

/** Bottom of the equity line's part, which reaches to the top. */
const equityFloor = 0.28;
/** The surface that the underwater area hangs from. */
export const surface = 0.23;
/** The deepest fall is written a little above its line, clear of the times below. */
const depthLabelAt = 0.03;

const wantedSteps = 4;

/** Places the line and its drawdown, each in a part of its own, on one time axis. */
export function equityDrawing(
  series: readonly EquityPoint[],
  extremes: EquityExtremes,
): EquityDrawing {
  const { first, last, low, maxDrawdown } = extremes;
  // The mark is a running maximum, so its last value is its highest.
  const level = levelScale(low, last.highWaterMark);
  const deepest = toFloat(maxDrawdown);
  const depth = deepest === 0 ? () => 0 : depthShare(deepest, toFloat(last.highWaterMark));
  return {
    ms: series.map(({ ms }) => ms),
    equity: series.map(({ equity }) => level.at(equity)),
    highWaterMark: series.map(({ highWaterMark }) => level.at(highWaterMark)),
    underwater: series.map((point) => surface * (1 - depth(point))),
    from: first.ms,
    to: Math.max(first.ms + 1, last.ms),
    amounts: [...level.marks, ...depthMarks(deepest, level.unit)],
  };
}

interface LevelScale {
  readonly at: (value: string) => number;
  readonly marks: readonly AmountMark[];
  readonly unit: AmountUnit;
}

function levelScale(low: string, high: string): LevelScale {
  if (compareDecimals(parseDecimal(low), parseDecimal(high)) === 0) return levelLine(low);
  const bottom = toFloat(low);
  const span = exactDifference(high, low);
  const above = isCoarse(span, bottom)
    ? (value: string): number => exactDifference(value, low)
    : (value: string): number => toFloat(value) - bottom;
  // Beyond floats the quotient may come out above 1.
  const share = (offset: number): number =>
    equityFloor + (1 - equityFloor) * Math.min(1, offset / span);
  const { marks, step } = roundMarks(bottom, toFloat(high), wantedSteps);
  const labels = axisAmounts(marks, step);
  return {
    at: (value) => share(above(value)),
    marks: marks.map((mark, index) => ({
      at: share(mark - bottom),
      label: labels[index] ?? '',
      line: true,
    })),
    unit: unitOfMarks(marks, step),
  };
}

/** How deep a point lies, as a share of the deepest; beyond floats the quotient may leave [0, 1]. */
function depthShare(deepest: number, size: number): (point: EquityPoint) => number {
  const fall = isCoarse(deepest, size)
    ? (point: EquityPoint): number => toFloat(drawdownOf(point))
    : ({ equity, highWaterMark }: EquityPoint): number => toFloat(highWaterMark) - toFloat(equity);
  return (point) => Math.min(1, Math.max(0, fall(point) / deepest));
}

/** Whether floats of this size are too coarse for such a difference; exact ones are slower. */
const isCoarse = (difference: number, size: number): boolean => difference < Math.abs(size) * 1e-6;

const exactDifference = (a: string, b: string): number =>
  toFloat(printDecimal(subtractDecimals(parseDecimal(a), parseDecimal(b))));

/** Nothing but one level: a line in the middle of its part, with its amount. */
function levelLine(value: string): LevelScale {
  const at = (1 + equityFloor) / 2;
  const amount = toFloat(value);
  const size = Math.abs(amount);
  // To the cent, or to few digits where cents are too many or too coarse.
  const step = size < 0.01 && size > 0 ? size * 0.1 : Math.max(0.01, size * 1e-4);
  const [label = ''] = axisAmounts([amount], step);
  return {
    at: () => at,
    marks: [{ at, label, line: true }],
    unit: unitOfMarks([amount], step),
  };
}

function depthMarks(deepest: number, unit: AmountUnit): AmountMark[] {
  const top = { at: surface, label: '', line: true };
  if (deepest === 0) return [top];
  return [top, { at: depthLabelAt, label: amountBeside(unit, 0 - deepest), line: false }];
}
