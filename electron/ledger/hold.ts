import { type Decimal, divideDecimals, wholeDecimal } from '../../shared/decimal.ts';
import type { CloseColumns } from './close-columns.ts';

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
export function holdOf(columns: CloseColumns): Hold {
  const n = columns.holds.count;
  if (n === 0) return { mean: null, median: null, n };
  const sum = { units: columns.holds.sumUs(), scale: microsecondDecimals };
  const lower = columns.holdUsOfRank((n - 1) >> 1);
  const upper = n % 2 === 0 ? columns.holdUsOfRank(n >> 1) : lower;
  return {
    mean: divideDecimals(sum, wholeDecimal(n), decimals),
    // Half of the middle two: × 5, one more decimal.
    median: { units: (lower + upper) * 5n, scale: microsecondDecimals + 1 },
    n,
  };
}
