import { type Decimal, divideDecimals } from '../../shared/decimal.ts';
import type { CloseRow, CloseSeries } from './close-series.ts';

/** Runs of wins or losses. */
export interface Streaks {
  /** Length of the run that still lasts: wins positive, losses negative, 0 when there is none. */
  readonly current: number;
  /** The longest run of losses as a negative number, 0 when there was none. */
  readonly worst: number;
}

/** Streaks in the order (resolved_at, id); a draw neither extends a run nor breaks it. */
export function streaksOf({ units }: CloseSeries): Streaks {
  let current = 0;
  let worst = 0;
  for (const value of units) {
    if (value > 0n) current = Math.max(current, 0) + 1;
    if (value < 0n) current = Math.min(current, 0) - 1;
    worst = Math.min(worst, current);
  }
  return { current, worst };
}

/** Time from opening to close, in seconds. */
export interface Hold {
  readonly mean: Decimal | null;
  readonly median: Decimal | null;
  /** Rows that it rests on. */
  readonly n: number;
}

const decimals = 15;
const microsecondDecimals = 6;

/** Mean and median over the rows whose hold time is known and not negative. */
export function holdOf(rows: readonly CloseRow[]): Hold {
  const { sorted, sum } = knownHolds(rows);
  const n = sorted.length;
  if (n === 0) return { mean: null, median: null, n };
  const middle = (sorted[(n - 1) >> 1] ?? 0n) + (sorted[n >> 1] ?? 0n);
  return {
    mean: divideDecimals(
      { units: sum, scale: microsecondDecimals },
      { units: BigInt(n), scale: 0 },
      decimals,
    ),
    // Half of the middle two: × 5, one more decimal.
    median: { units: middle * 5n, scale: microsecondDecimals + 1 },
    n,
  };
}

function knownHolds(rows: readonly CloseRow[]): { sorted: BigUint64Array; sum: bigint } {
  // 64 bits without a sign hold the whole span of PostgreSQL's timestamps; with a sign they do not.
  const known = new BigUint64Array(rows.length);
  let count = 0;
  let sum = 0n;
  for (const { holdUs } of rows) {
    if (holdUs === null || holdUs.startsWith('-')) continue;
    const us = BigInt(holdUs);
    known[count] = us;
    count += 1;
    sum += us;
  }
  return { sorted: known.subarray(0, count).sort(), sum };
}
