import { type Decimal, parseDecimal } from '../../shared/decimal.ts';
import { instantMs } from '../../shared/instant.ts';

/** A dated scored row, as far as sums over time depend on it. */
export interface CloseRow {
  /** `resolved_at`, an instant of the contract. */
  readonly at: string;
  /** Plain decimal. */
  readonly pnl: string;
  /** `resolved_at − created_at` in microseconds; null when `created_at` is no point in time. */
  readonly holdUs: string | null;
}

/** All dated closes in the order (resolved_at, id), ready for sums over any stretch of time. */
export interface CloseSeries {
  readonly length: number;
  /** Decimals of `units` and `sums`. */
  readonly scale: number;
  readonly at: readonly string[];
  /** Whole milliseconds, rounded down; an infinity beyond what a Date holds. */
  readonly ms: Float64Array;
  readonly units: readonly bigint[];
  /** `sums[i]` adds up the first i rows; one longer than the rows, as are the two below. */
  readonly sums: readonly bigint[];
  readonly wins: Int32Array;
  readonly losses: Int32Array;
  /** Index of the last row of each instant with closes. */
  readonly ends: Int32Array;
}

/** Closes of some stretch of time. */
export interface Closes {
  readonly pnl: Decimal;
  readonly closes: number;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
}

/** Builds the series; the rows must come in the order (resolved_at, id). */
export function closeSeriesOf(rows: readonly CloseRow[]): CloseSeries {
  const { units, scale } = unitsOf(rows);
  const at = rows.map((row) => row.at);
  return {
    ...{ length: rows.length, scale, at, units, ms: msOf(at) },
    ...{ sums: sumsOf(units), ends: endsOf(at) },
    wins: countsOf(units, (value) => value > 0n),
    losses: countsOf(units, (value) => value < 0n),
  };
}

/** Closes in `[start, end)`; null is no border on that side. */
export function closesBetween(
  series: CloseSeries,
  start: string | null,
  end: string | null,
): Closes {
  const from = start === null ? 0 : firstAtOrAfter(series, start);
  const to = Math.max(from, end === null ? series.length : firstAtOrAfter(series, end));
  const within = (prefix: Int32Array): number => (prefix[to] ?? 0) - (prefix[from] ?? 0);
  const [closes, wins, losses] = [to - from, within(series.wins), within(series.losses)];
  const units = (series.sums[to] ?? 0n) - (series.sums[from] ?? 0n);
  return {
    pnl: { units, scale: series.scale },
    ...{ closes, wins, losses, draws: closes - wins - losses },
  };
}

/**
 * Index of the first close at or after a border, the number of closes when there is none.
 *
 * Borders are whole milliseconds, so rounding the closes down loses nothing: for a whole b, t ≥ b
 * exactly when ⌊t⌋ ≥ b.
 */
export function firstAtOrAfter(series: CloseSeries, border: string): number {
  if (!border.endsWith('000Z')) throw new RangeError(`Not a whole millisecond: ${border}`);
  const borderMs = floorMs(border);
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((series.ms[middle] ?? Number.POSITIVE_INFINITY) < borderMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index, among the instants with closes, of the one that the row of this index belongs to. */
export function firstPointAt({ ends }: CloseSeries, row: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? row) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All P&L at the scale that the data needs. */
function unitsOf(rows: readonly CloseRow[]): Pick<CloseSeries, 'units' | 'scale'> {
  const parsed = rows.map(({ pnl }) => parseDecimal(pnl));
  const scale = parsed.reduce((widest, value) => Math.max(widest, value.scale), 0);
  const powers = Array.from({ length: scale + 1 }, (_, index) => 10n ** BigInt(index));
  const widen = (value: Decimal): bigint =>
    value.scale === scale ? value.units : value.units * (powers[scale - value.scale] ?? 1n);
  return { units: parsed.map(widen), scale };
}

// Loops over typed arrays: a ledger has a million closes, and `from` takes three times as long.
function msOf(at: readonly string[]): Float64Array {
  const ms = new Float64Array(at.length);
  at.forEach((instant, index) => {
    ms[index] = floorMs(instant);
  });
  return ms;
}

function floorMs(at: string): number {
  const beyond = at.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return instantMs(at) ?? beyond;
}

function sumsOf(units: readonly bigint[]): bigint[] {
  let sum = 0n;
  const sums = [sum];
  for (const value of units) {
    sum += value;
    sums.push(sum);
  }
  return sums;
}

function countsOf(units: readonly bigint[], isOne: (value: bigint) => boolean): Int32Array {
  const counts = new Int32Array(units.length + 1);
  let count = 0;
  units.forEach((value, index) => {
    if (isOne(value)) count += 1;
    counts[index + 1] = count;
  });
  return counts;
}

/** Equal instants are equal texts: the contract knows one text for each. */
function endsOf(at: readonly string[]): Int32Array {
  const ends = new Int32Array(at.length);
  let count = 0;
  at.forEach((instant, index) => {
    if (instant === at[index + 1]) return;
    ends[count] = index;
    count += 1;
  });
  return ends.subarray(0, count);
}
