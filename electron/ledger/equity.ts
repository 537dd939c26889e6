import { type Decimal, divideDecimals, printDecimal, zero } from '../../shared/decimal.ts';
import { compareInstants } from '../../shared/instant.ts';
import type { Equity, Fall } from '../../shared/snapshot.ts';
import type { CloseSeries } from './close-series.ts';
import { pointsToDraw } from './equity-points.ts';
import type { FallOnLine } from './line-walker.ts';

/** What equity rests on besides the closes. */
export interface EquityInput {
  /** Whether the series starts at a bankroll; without one no share can be said. */
  readonly hasBankroll: boolean;
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

/** Equity of all dated closes, those dated in the future included, from the series' start on. */
export function equityOf(series: CloseSeries, input: EquityInput): EquityFigures {
  const { sum: now, mark, peak, deepest, deepestShare } = series.last;
  const baselineAt = earlier(input.firstExecutedAt, series.points > 0 ? series.instantOf(0) : null);
  const saysShares = input.hasBankroll && mark > 0n;
  const decimal = (units: bigint): Decimal => series.decimal(units);
  const shareOf = (depth: bigint, of: bigint): Decimal | null =>
    saysShares ? divideDecimals(decimal(depth), decimal(of), shareDecimals) : null;
  const instantAt = (point: number): string | null =>
    point < 0 ? baselineAt : series.instantOf(point);
  return {
    equity: {
      baseline: baselineOf(series, baselineAt),
      points: pointsToDraw(series, input.rangeStarts),
      belowPeakSince: now < mark ? instantAt(peak) : null,
      maxDrawdown: fallOf(series, deepest, instantAt),
      maxDrawdownPct: saysShares ? fallOf(series, deepestShare, instantAt) : null,
    },
    now: decimal(now),
    highWaterMark: decimal(mark),
    currentDrawdown: decimal(mark - now),
    currentDrawdownPct: shareOf(mark - now, mark),
    maxDrawdown: deepest === null ? zero : decimal(deepest.depth),
    maxDrawdownPct: shareOf(deepestShare?.depth ?? 0n, deepestShare?.highWaterMark ?? mark),
  };
}

const baselineOf = ({ start }: CloseSeries, at: string | null): Equity['baseline'] =>
  at === null ? null : { at, equity: printDecimal(start) };

function fallOf(
  series: CloseSeries,
  fall: FallOnLine | null,
  instantAt: (point: number) => string | null,
): Fall | null {
  if (fall === null) return null;
  const [peakAt, troughAt] = [instantAt(fall.peak), instantAt(fall.trough)];
  if (peakAt === null || troughAt === null) throw new Error('A fall without its points in time');
  const recovery = series.recoveryOf(fall);
  return { peakAt, troughAt, recoveredAt: recovery === null ? null : instantAt(recovery) };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareInstants(a, b) <= 0 ? a : b;
}
