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

/** The line of a range, from the level at its start to now; empty when nothing ever closed. */
export function equitySeries(
  snapshot: Pick<Snapshot, 'asOf' | 'equity' | 'ranges'>,
  range: RangeId,
): EquityPoint[] {
  const { baseline, points } = snapshot.equity;
  const startsAt = snapshot.ranges[range].start ?? baseline?.at ?? null;
  const { end } = snapshot.ranges[range];
  if (points.length === 0) return [];
  const isBefore = ([at]: RawPoint): boolean =>
    startsAt !== null && compareInstants(at, startsAt) < 0;
  const before = points.findLast(isBefore);
  const within = points.filter((point) => !isBefore(point) && compareInstants(point[0], end) < 0);
  return [
    ...startOf(startsAt, before, baseline),
    ...within.flatMap((point) => readable(point)),
    ...nowOf(snapshot.asOf, within.at(-1) ?? before, baseline),
  ];
}

/** The level at the start of the range: that of the last close before it. */
function startOf(
  at: string | null,
  before: RawPoint | undefined,
  baseline: Snapshot['equity']['baseline'],
): EquityPoint[] {
  const level = levelOf(before, baseline);
  return at === null || level === null ? [] : readable([at, ...level]);
}

/** The level now, at which nothing has closed since; a close that is dated after now ends the line itself. */
function nowOf(
  asOf: string,
  last: RawPoint | undefined,
  baseline: Snapshot['equity']['baseline'],
): EquityPoint[] {
  const level = levelOf(last, baseline);
  const isLater = last === undefined || compareInstants(asOf, last[0]) > 0;
  return level === null || !isLater ? [] : readable([asOf, ...level]);
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
