import { type Decimal, divideDecimals, printDecimal, zero } from '../../shared/decimal.ts';
import { compareInstants } from '../../shared/instant.ts';
import type { Equity, Fall } from '../../shared/snapshot.ts';
import type { CloseSeries } from './close-series.ts';
import {
  decimalOn,
  type EquityLine,
  equityLineOf,
  type FallOnLine,
  fallsOf,
  recoveryOf,
} from './equity-line.ts';
import { pointsToDraw } from './equity-points.ts';

/** What equity rests on besides the closes. */
export interface EquityInput {
  /** Plain decimal; null starts the line at 0. */
  readonly bankroll: string | null;
  /** Earliest finite `created_at` of an executed row. */
  readonly firstExecutedAt: string | null;
  /** First instants of the ranges that a chart may show; null begins with the first close. */
  readonly rangeStarts: readonly (string | null)[];
}

/** Equity over time with its high-water mark and its falls, exact; shares have 15 decimals. */
export interface EquityFigures {
  readonly equity: Equity;
  readonly now: Decimal;
  readonly highWaterMark: Decimal;
  readonly currentDrawdown: Decimal;
  /** Share of the high-water mark; null without a bankroll or with a mark of 0 or less. */
  readonly currentDrawdownPct: Decimal | null;
  readonly maxDrawdown: Decimal;
  readonly maxDrawdownPct: Decimal | null;
}

const shareDecimals = 15;

/** Equity of all dated closes, those dated in the future included. */
export function equityOf(series: CloseSeries, input: EquityInput): EquityFigures {
  const line = equityLineOf(series, input.bankroll);
  const { deepest, deepestShare, peak } = fallsOf(line);
  const now = line.equity.at(-1) ?? line.start;
  const mark = line.highWaterMark.at(-1) ?? line.start;
  const baselineAt = earlier(input.firstExecutedAt, series.at[0] ?? null);
  const saysShares = input.bankroll !== null && mark > 0n;
  const shareOf = (depth: bigint, of: bigint): Decimal | null =>
    saysShares ? divideDecimals(decimalOn(line, depth), decimalOn(line, of), shareDecimals) : null;
  const instantAt = (point: number): string | null =>
    point < 0 ? baselineAt : (series.at[series.ends[point] ?? -1] ?? null);
  return {
    equity: {
      baseline: baselineOf(line, baselineAt),
      points: pointsToDraw(series, line, input.rangeStarts),
      belowPeakSince: now < mark ? instantAt(peak) : null,
      maxDrawdown: fallOf(line, deepest, instantAt),
      maxDrawdownPct: saysShares ? fallOf(line, deepestShare, instantAt) : null,
    },
    now: decimalOn(line, now),
    highWaterMark: decimalOn(line, mark),
    currentDrawdown: decimalOn(line, mark - now),
    currentDrawdownPct: shareOf(mark - now, mark),
    maxDrawdown: deepest === null ? zero : decimalOn(line, deepest.depth),
    maxDrawdownPct: shareOf(deepestShare?.depth ?? 0n, deepestShare?.highWaterMark ?? mark),
  };
}

const baselineOf = (line: EquityLine, at: string | null): Equity['baseline'] =>
  at === null ? null : { at, equity: printDecimal(decimalOn(line, line.start)) };

function fallOf(
  line: EquityLine,
  fall: FallOnLine | null,
  instantAt: (point: number) => string | null,
): Fall | null {
  if (fall === null) return null;
  const [peakAt, troughAt] = [instantAt(fall.peak), instantAt(fall.trough)];
  if (peakAt === null || troughAt === null) throw new Error('A fall without its points in time');
  const recovery = recoveryOf(line, fall);
  return { peakAt, troughAt, recoveredAt: recovery === null ? null : instantAt(recovery) };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareInstants(a, b) <= 0 ? a : b;
}
