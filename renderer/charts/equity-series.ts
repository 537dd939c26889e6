import {
  compareDecimals,
  parseDecimal,
  printDecimal,
  subtractDecimals,
} from '../../shared/decimal.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';
import type { RangeId } from '../../shared/ranges.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { toFloat } from './scale.ts';

/** One step of the equity line; the money is still exact. */
export interface EquityPoint {
  readonly at: string;
  /** Since 1970, with the microseconds behind the point. */
  readonly ms: number;
  readonly equity: string;
  readonly highWaterMark: string;
}

/** What the line says in one sentence. */
export interface EquityExtremes {
  readonly first: EquityPoint;
  readonly last: EquityPoint;
  readonly low: string;
  readonly high: string;
  readonly maxDrawdown: string;
}

type RawPoint = Snapshot['equity']['points'][number];

/**
 * The line of a range, from the level at its start, but not from before the baseline, to now or to
 * the last close when that is dated later; empty when all that was traded is.
 */
export function equitySeries(
  snapshot: Pick<Snapshot, 'asOf' | 'equity' | 'ranges'>,
  range: RangeId,
): EquityPoint[] {
  const { asOf, equity } = snapshot;
  const { baseline, points } = equity;
  const { start, end } = snapshot.ranges[range];
  const startsAt = later(start, baseline?.at ?? null);
  const isBefore = ([at]: RawPoint): boolean =>
    startsAt !== null && compareInstants(at, startsAt) < 0;
  // All sums closes of any date, so its line has them all.
  const isAfter = ([at]: RawPoint): boolean => range !== 'all' && compareInstants(at, end) >= 0;
  const before = points.findLast(isBefore);
  const within = points.filter((point) => !isBefore(point) && !isAfter(point));
  const endsAt = later(asOf, within.at(-1)?.[0] ?? null);
  if (startsAt !== null && later(startsAt, endsAt) !== endsAt) return [];
  return [
    ...levelAt(startsAt, before, baseline),
    ...within.flatMap((point) => readable(point)),
    // A close that is dated after now ends the line itself.
    ...(endsAt === asOf ? levelAt(asOf, within.at(-1) ?? before, baseline) : []),
  ];
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareInstants(a, b) >= 0 ? a : b;
}

/** The level that the last close before an instant, or the baseline, has left. */
function levelAt(
  at: string | null,
  before: RawPoint | undefined,
  baseline: Snapshot['equity']['baseline'],
): EquityPoint[] {
  const level = levelOf(before, baseline);
  return at === null || level === null ? [] : readable([at, ...level]);
}

function levelOf(
  point: RawPoint | undefined,
  baseline: Snapshot['equity']['baseline'],
): [equity: string, highWaterMark: string] | null {
  if (point !== undefined) return [point[1], point[2]];
  return baseline === null ? null : [baseline.equity, baseline.equity];
}

function readable([at, equity, highWaterMark]: RawPoint): EquityPoint[] {
  const wholeMs = instantMs(at);
  if (wholeMs === null) return [];
  // Closes may lie microseconds apart.
  const ms = wholeMs + Number(at.slice(-4, -1)) / 1000;
  return [{ at, ms, equity, highWaterMark }];
}

/** High-water mark − equity, 0 or more. */
export const drawdownOf = ({ equity, highWaterMark }: EquityPoint): string =>
  printDecimal(subtractDecimals(parseDecimal(highWaterMark), parseDecimal(equity)));

/** First and last level, the extremes, and the deepest fall; null without points. */
export function equityExtremes(series: readonly EquityPoint[]): EquityExtremes | null {
  const first = series.at(0);
  const last = series.at(-1);
  if (first === undefined || last === undefined) return null;
  const low = greatest(series, ({ equity }) => equity, -1);
  const high = greatest(series, ({ equity }) => equity, 1);
  return { first, last, low, high, maxDrawdown: deepest(series) };
}

type LevelOf = (point: EquityPoint) => string;

/** The exact greatest, with `sign` −1 the least. Floats sort out all but those that they hold equal. */
function greatest(series: readonly EquityPoint[], pick: LevelOf, sign: 1 | -1): string {
  const floats = series.map((point) => sign * toFloat(pick(point)));
  const top = floats.reduce((a, b) => Math.max(a, b));
  return exactGreatest(series.filter((_, index) => floats[index] === top).map(pick), sign);
}

function deepest(series: readonly EquityPoint[]): string {
  const marks = series.map(({ highWaterMark }) => toFloat(highWaterMark));
  const falls = series.map(({ equity }, index) => (marks[index] ?? 0) - toFloat(equity));
  const size = [...marks, ...falls].reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  // As far as the rounding of both floats and of their difference may reach.
  const bound = falls.reduce((a, b) => Math.max(a, b)) - 8 * Number.EPSILON * size;
  const near = series.filter((_, index) => (falls[index] ?? 0) >= bound);
  return exactGreatest(near.map(drawdownOf), 1);
}

const exactGreatest = (values: readonly string[], sign: 1 | -1): string =>
  values.reduce((a, b) => (compareDecimals(parseDecimal(a), parseDecimal(b)) * sign >= 0 ? a : b));
