import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { addDecimals, type Decimal, parseDecimal, zero } from '../../shared/decimal.ts';
import { rowClassSchema } from '../../shared/snapshot.ts';
import { finite } from './row-classes.ts';
import { countOf, instantOf, type Scope, sumOf } from './scope.ts';

/** Sums and counts over the rows of one class, in all (`isTotal`) or of one opportunity type. */
export type RowGroup = Awaited<ReturnType<typeof readRowGroups>>[number];

// Enough for every real ledger, and a bound for one with a new type in each row.
const mostGroups = 500;

/**
 * One pass over the relation: totals of each class first, then each class by opportunity type, most
 * rows first. Sums of P&L mean something on class scored alone, where all of it is finite.
 */
export function readRowGroups(scope: Scope) {
  const { db } = scope;
  // Grouped finely by hashing, then summed up over the few groups: grouping sets over the rows
  // themselves would sort the whole relation.
  const fine = db.$with('fine').as(groupFinely(scope));
  const sum = (column: AnyPgColumn | SQL.Aliased) => sql`sum(${column})`;
  const count = (column: SQL.Aliased<number>) => sql`sum(${column})`.mapWith(Number);
  const text = (column: SQL.Aliased) => sql<string | null>`${column}`;
  return db
    .with(fine)
    .select({
      rowClass: sql`${fine.rowClass}`.mapWith({
        mapFromDriverValue: (name: string) => rowClassSchema.parse(name),
      }),
      type: text(fine.type),
      isTotal: sql<boolean>`grouping(${fine.type}) = 1`,
      rows: count(fine.rows),
      wins: count(fine.wins),
      draws: count(fine.draws),
      withPnl: count(fine.withPnl),
      undated: count(fine.undated),
      anomalies: count(fine.anomalies),
      pnl: sql<string | null>`${sum(fine.pnl)}`,
      quantity: sql<string | null>`${sum(fine.quantity)}`,
      fees: sql<string | null>`${sum(fine.fees)}`,
      newestRowAt: instantOf(sql`max(${fine.newestRowAt})`),
      nextFutureAt: instantOf(sql`min(${fine.nextFutureAt})`),
    })
    .from(fine)
    .groupBy(sql`grouping sets ((1), (1, 2))`)
    .orderBy(sql`3 desc, 4 desc, 2`)
    .limit(mostGroups);
}

function groupFinely({ db, t, is, day }: Scope) {
  const laterToday = (at: AnyPgColumn) => sql`${at} > now() and ${at} < ${day.end}`;
  return db
    .select({
      rowClass: is.name.as('row_class'),
      type: sql<string | null>`left(${t.opportunityType}, 200)`.as('type'),
      rows: countOf(sql`true`).as('rows'),
      wins: countOf(sql`${is.pnl} > 0`).as('wins'),
      draws: countOf(sql`${is.pnl} = 0`).as('draws'),
      withPnl: countOf(sql`${t.realizedPnl} is not null`).as('with_pnl'),
      undated: countOf(sql`not coalesce(isfinite(${t.resolvedAt}), false)`).as('undated'),
      anomalies: countOf(is.anomaly).as('anomalies'),
      pnl: sql`sum(${is.pnl})`.as('pnl'),
      quantity: sumOf(t.quantity, finite(t.quantity)).as('quantity'),
      fees: sumOf(t.fees, finite(t.fees)).as('fees'),
      newestRowAt: sql`max(${t.createdAt}) filter (where ${t.createdAt} <= now())`.as('newest'),
      nextFutureAt: sql`least(
        min(${t.createdAt}) filter (where ${laterToday(t.createdAt)}),
        min(${t.resolvedAt}) filter (where ${laterToday(t.resolvedAt)}))`.as('next_future'),
    })
    .from(t)
    .groupBy(sql`1`, sql`2`);
}

/** Rows in all of some groups. */
export const countRows = (groups: readonly RowGroup[]): number =>
  groups.reduce((sum, { rows }) => sum + rows, 0);

/** Exact sum over some groups; a group without a summand adds nothing. */
export const addUp = (groups: readonly RowGroup[], field: 'pnl' | 'quantity' | 'fees'): Decimal =>
  groups.reduce((sum, { [field]: value }) => {
    return value === null ? sum : addDecimals(sum, parseDecimal(value));
  }, zero);

/** Wins, draws and losses of scored groups. */
export function outcomesOf(scored: readonly RowGroup[]) {
  const wins = scored.reduce((sum, group) => sum + group.wins, 0);
  const draws = scored.reduce((sum, group) => sum + group.draws, 0);
  return { wins, draws, losses: countRows(scored) - wins - draws };
}
