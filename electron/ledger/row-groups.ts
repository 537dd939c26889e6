import { type SQL, sql } from 'drizzle-orm';
import { addDecimals, type Decimal, parseDecimal, zero } from '../../shared/decimal.ts';
import { rowClassSchema } from '../../shared/snapshot.ts';
import { finite } from './row-classes.ts';
import { countOf, instantOf, type Scope, sumOf } from './scope.ts';

/** Sums and counts over the rows of one class: in all, of one day, or of one opportunity type. */
export type RowGroup = Awaited<ReturnType<typeof readRowGroups>>[number];

const kinds = { 1: 'type', 2: 'day', 3: 'total' } as const;

// Enough for every real ledger, and a bound for one with a new type in each row.
const mostGroups = 500;

/**
 * One pass over the relation: totals of each class first, then each class by day of `resolved_at`
 * (null for rows that closed on none of `scope.days`), then by opportunity type, most rows first.
 * Sums of P&L mean something on class scored alone, where all of it is finite.
 */
export function readRowGroups(scope: Scope) {
  const { db } = scope;
  // Grouped finely by hashing, then summed up over the few groups: grouping sets over the rows
  // themselves would sort the whole relation.
  const fine = db.$with('fine').as(groupFinely(scope));
  const sum = (column: SQL.Aliased) => sql<string | null>`sum(${column})`;
  const count = (column: SQL.Aliased<number>) => sql`sum(${column})`.mapWith(Number);
  const grouping = sql`grouping(${fine.type}, ${fine.dayIndex})`;
  return db
    .with(fine)
    .select({
      rowClass: sql`${fine.rowClass}`.mapWith({
        mapFromDriverValue: (name: string) => rowClassSchema.parse(name),
      }),
      type: sql<string | null>`left(${fine.type}, 200)`,
      /** Position in `scope.days`, counted from 1. */
      dayIndex: sql<number | null>`${fine.dayIndex}`,
      kind: grouping.mapWith({ mapFromDriverValue: (mask: 1 | 2 | 3) => kinds[mask] }),
      rows: count(fine.rows),
      wins: count(fine.wins),
      draws: count(fine.draws),
      withPnl: count(fine.withPnl),
      dated: count(fine.dated),
      anomalies: count(fine.anomalies),
      pnl: sum(fine.pnl),
      quantity: sum(fine.quantity),
      fees: sum(fine.fees),
      nextCloseAt: instantOf(sql`min(${fine.nextCloseAt})`),
    })
    .from(fine)
    .groupBy(sql`grouping sets ((1), (1, ${fine.type}), (1, ${fine.dayIndex}))`)
    .orderBy(sql`4 desc, 5 desc, 2`)
    .limit(mostGroups);
}

function groupFinely({ db, t, is, day, days }: Scope) {
  // In a subquery of its own, for the cast would else run once a row.
  const starts = sql.raw(`(select '{${days.map(({ start }) => start).join(',')}}'::timestamptz[])`);
  return db
    .select({
      rowClass: is.name.as('row_class'),
      type: sql`${t.opportunityType}`.as('type'),
      dayIndex: sql`case when ${t.resolvedAt} >= ${days[0]?.start} and ${t.resolvedAt} < ${day.end}
        then width_bucket(${t.resolvedAt}, ${starts}) end`.as('day_index'),
      rows: countOf(sql`true`).as('rows'),
      wins: countOf(sql`${is.pnl} > 0`).as('wins'),
      draws: countOf(sql`${is.pnl} = 0`).as('draws'),
      withPnl: countOf(sql`${t.realizedPnl} is not null`).as('with_pnl'),
      dated: countOf(sql`isfinite(${t.resolvedAt})`).as('dated'),
      anomalies: countOf(is.anomaly).as('anomalies'),
      pnl: sql`sum(${is.pnl})`.as('pnl'),
      quantity: sumOf(t.quantity, finite(t.quantity)).as('quantity'),
      fees: sumOf(t.fees, finite(t.fees)).as('fees'),
      nextCloseAt: sql`min(${t.resolvedAt})
        filter (where ${t.resolvedAt} > now() and ${t.resolvedAt} < ${day.end})`.as('next_close'),
    })
    .from(t)
    .groupBy(sql`1`, sql`2`, sql`3`);
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

/** Creation of the newest row, and of the next one that is dated later today; both by index. */
export async function readCreation({ db, t, day }: Scope) {
  const at = (pick: SQL, where: SQL) => sql`(select ${pick} from ${t} where ${where})`;
  const [row] = await db
    .select({
      newestRowAt: instantOf(at(sql`max(${t.createdAt})`, sql`${t.createdAt} <= now()`)),
      nextRowAt: instantOf(
        at(sql`min(${t.createdAt})`, sql`${t.createdAt} > now() and ${t.createdAt} < ${day.end}`),
      ),
    })
    .from(sql`(select) as nothing`);
  if (row === undefined) throw new Error('A select without a relation yields one row');
  return row;
}
