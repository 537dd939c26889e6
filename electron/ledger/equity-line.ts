import { type Decimal, parseDecimal } from '../../shared/decimal.ts';
import type { CloseSeries } from './close-series.ts';

/** Equity after each instant with closes: rows that close at one instant are one point. */
export interface EquityLine {
  /** Decimals of the units below. */
  readonly scale: number;
  /** The bankroll, 0 without one. */
  readonly start: bigint;
  readonly equity: readonly bigint[];
  /** Highest equity so far, `start` included. */
  readonly highWaterMark: readonly bigint[];
}

/** The line, with the decimals that both the closes and the bankroll need. */
export function equityLineOf(series: CloseSeries, bankroll: string | null): EquityLine {
  const { units, scale: bankrollScale } = parseDecimal(bankroll ?? '0');
  const scale = Math.max(series.scale, bankrollScale);
  const start = units * 10n ** BigInt(scale - bankrollScale);
  const widen = 10n ** BigInt(scale - series.scale);
  const equity: bigint[] = [];
  const highWaterMark: bigint[] = [];
  let highest = start;
  for (const end of series.ends) {
    const now = start + (series.sums[end + 1] ?? 0n) * widen;
    if (now > highest) highest = now;
    equity.push(now);
    highWaterMark.push(highest);
  }
  return { scale, start, equity, highWaterMark };
}

/** Stands for the start of the line where a point's index is asked for. */
export const beforeFirst = -1;

/** A fall from a high-water mark, by indexes of the line. */
export interface FallOnLine {
  readonly depth: bigint;
  readonly highWaterMark: bigint;
  /** Last point at the mark before the fall, or `beforeFirst`. */
  readonly peak: number;
  readonly trough: number;
}

/** The deepest falls of a line; null where there is none. */
export interface Falls {
  readonly deepest: FallOnLine | null;
  /** The deepest as a share of its mark, among marks above 0. */
  readonly deepestShare: FallOnLine | null;
  /** Last point at the present mark, or `beforeFirst`. */
  readonly peak: number;
}

/** Finds the deepest falls, the first one on ties. */
export function fallsOf({ start, equity, highWaterMark }: EquityLine): Falls {
  let deepest: FallOnLine | null = null;
  let deepestShare: FallOnLine | null = null;
  let peak = beforeFirst;
  let soFar = 0n;
  equity.forEach((now, trough) => {
    const mark = highWaterMark[trough] ?? start;
    const depth = mark - now;
    if (depth === 0n) [peak, soFar] = [trough, 0n];
    // Within one fall the mark stands still: only a new low can be a new deepest, of either kind.
    if (depth <= soFar) return;
    soFar = depth;
    const fall = { depth, highWaterMark: mark, peak, trough };
    if (depth > (deepest?.depth ?? 0n)) deepest = fall;
    if (mark > 0n && (deepestShare === null || isLargerShare(fall, deepestShare))) {
      deepestShare = fall;
    }
  });
  return { deepest, deepestShare, peak };
}

// Fractions are compared crosswise, as division would round.
const isLargerShare = (a: FallOnLine, b: FallOnLine): boolean =>
  a.depth * b.highWaterMark > b.depth * a.highWaterMark;

/** First point after a fall's trough that is back at its mark, null when there is none. */
export function recoveryOf({ equity }: EquityLine, fall: FallOnLine): number | null {
  const after = equity.findIndex((now, index) => index > fall.trough && now >= fall.highWaterMark);
  return after < 0 ? null : after;
}

/** A value of the line as a decimal. */
export const decimalOn = ({ scale }: EquityLine, units: bigint): Decimal => ({ units, scale });
