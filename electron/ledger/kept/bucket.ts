import { compareDecimals, type Decimal, signOf } from '../../../shared/decimal.ts';
import type { RowClass } from '../../../shared/snapshot.ts';
import { compareMoments, type Moment } from '../moments.ts';

/** Longest name of a type or strategy that is kept; screens show as much of one. */
export const namesKept = 200;

/** Counts and sums of the rows of one class, type and strategy. */
export interface KeptGroup {
  readonly rowClass: RowClass;
  readonly type: string | null;
  readonly strategy: string | null;
  /** Rows that were not written since the horizon of the reading. */
  readonly stale: number;
  /** In the order of `countNames`; the first is how many rows there are. */
  readonly counts: readonly number[];
  /** In the order of `sumNames`. */
  readonly sums: readonly Decimal[];
}

/** A scored row that may be the largest win or loss; null without a close time. */
export interface ExtremeRow {
  readonly pnl: Decimal;
  readonly at: Moment | null;
  readonly id: string;
}

/** A row with an instant after the moment at which it was read; null where it is none. */
interface LaterRow {
  readonly created: string | null;
  readonly resolved: string | null;
  /** It contradicts itself whatever the clock says. */
  readonly timeless: boolean;
}

/** What is kept of the rows of one UTC day of creation, dated scored rows aside. */
export interface Bucket {
  rows: number;
  readonly groups: KeptGroup[];
  readonly openIds: string[];
  /** Closes with a time and without a P&L. */
  readonly unscored: { readonly at: Moment; readonly id: string }[];
  readonly later: LaterRow[];
  readonly reasons: {
    readonly row_class: 'rejected' | 'failed';
    readonly reason: string;
    readonly count: number;
  }[];
  /** Rows that contradict themselves whatever the clock says. */
  timeless: number;
  /** Creation of the first executed row. */
  firstExecuted: Moment | null;
  win: ExtremeRow | null;
  loss: ExtremeRow | null;
  /** Takes a scored row into account. */
  noteExtreme(row: ExtremeRow): void;
}

export const emptyBucket = (): Bucket => ({
  ...{ rows: 0, timeless: 0, firstExecuted: null, win: null, loss: null },
  ...{ groups: [], openIds: [], unscored: [], later: [], reasons: [] },
  noteExtreme(row): void {
    const sign = signOf(row.pnl);
    if (sign > 0) this.win = furtherOf(this.win, row, 1);
    if (sign < 0) this.loss = furtherOf(this.loss, row, -1);
  },
});

/** Of two rows the one with the P&L further from 0, of equal ones the first to close, then by id. */
export function furtherOf(
  a: ExtremeRow | null,
  b: ExtremeRow | null,
  sign: 1 | -1,
): ExtremeRow | null {
  if (a === null || b === null) return a ?? b;
  const byPnl = compareDecimals(a.pnl, b.pnl) * sign;
  if (byPnl !== 0) return byPnl > 0 ? a : b;
  if (a.at === null || b.at === null) {
    if (a.at !== b.at) return a.at === null ? b : a;
  } else {
    const byTime = compareMoments(a.at, b.at);
    if (byTime !== 0) return byTime < 0 ? a : b;
  }
  return a.id < b.id ? a : b;
}
