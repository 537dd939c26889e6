import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { PaperTrades } from './schema.ts';

/**
 * The row classes of the ledger as SQL predicates, one shared set for every query. Null columns,
 * which only a view can yield, count as `ledger.md` says: approved, status other, fees 0.
 */
export interface RowClasses {
  readonly rejected: SQL;
  readonly failed: SQL;
  readonly executed: SQL;
  readonly open: SQL;
  readonly closed: SQL;
  readonly other: SQL;
  readonly scored: SQL;
  readonly unscored: SQL;
  readonly undated: SQL;
  /** The row contradicts itself, as seen at an instant of the database's clock. */
  readonly anomalyAt: (asOf: string) => SQL;
  /** The price is a probability; null where there is none. */
  readonly priceInside: SQL;
  /** P&L of a row, net of fees; finite on scored rows alone. */
  readonly pnl: SQL;
  /** The row's class as text, one of `rowClassSchema`. */
  readonly name: SQL;
}

/** Finite is `x − x = 0`: NaN and the infinities fail it, null stays null. */
export const finite = (value: SQL | AnyPgColumn): SQL => sql`(${value} - ${value} = 0)`;

/** The predicates over one relation; `pnlIsGross` takes the fees off the recorded P&L. */
export function rowClasses(t: PaperTrades, pnlIsGross: boolean): RowClasses {
  // A ledger may keep whole numbers: squares of them would overflow. Free where it is numeric.
  const recorded = sql`${t.realizedPnl}::numeric`;
  const pnl = pnlIsGross ? sql`(${recorded} - coalesce(${t.fees}, 0))` : recorded;
  const approved = sql`coalesce(${t.riskApproved}, true)`;
  const rejected = sql`(not ${approved})`;
  const failed = sql`(${approved} and ${t.riskRejectionReason} is not null)`;
  const executed = sql`(${approved} and ${t.riskRejectionReason} is null)`;
  const open = sql`(${t.status} = 'open' and ${executed})`;
  const closed = sql`(${t.status} in ('closed', 'resolved') and ${executed})`;
  const other = sql`(${executed} and coalesce(${t.status} not in ('open', 'closed', 'resolved'), true))`;
  const scored = sql`(${closed} and ${finite(pnl)})`;
  const unscored = sql`(${closed} and not coalesce(${finite(pnl)}, false))`;
  const undated = sql`(${scored} and not coalesce(isfinite(${t.resolvedAt}), false))`;
  // The same classes, told apart in one go: each row is looked at once.
  const name = sql`case
    when not ${approved} then 'rejected'
    when ${t.riskRejectionReason} is not null then 'failed'
    when ${t.status} = 'open' then 'open'
    when ${t.status} in ('closed', 'resolved')
      then case when ${finite(pnl)} then 'scored' else 'unscored' end
    else 'other' end`;
  // NaN lies above everything.
  const priceInside = sql`(${t.price} > 0 and ${t.price} < 1)`;
  return {
    ...{ rejected, failed, executed, open, closed, other, scored, unscored, undated },
    ...{ anomalyAt: (asOf) => anomalyAt(t, open, asOf), pnl, priceInside, name },
  };
}

// A timestamp of plus infinity lies after any instant. Null, where a comparison has no answer, is no
// anomaly: the predicate filters, it is never negated.
function anomalyAt(t: PaperTrades, open: SQL, asOf: string): SQL {
  return sql`(${t.createdAt} > ${asOf} or ${t.resolvedAt} > ${asOf} or ${t.resolvedAt} < ${t.createdAt}
    or ${t.createdAt} = '-infinity' or ${t.resolvedAt} = '-infinity'
    or (${t.realizedPnl} is not null and ${open}))`;
}
