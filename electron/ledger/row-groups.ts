import { type SQL, sql } from 'drizzle-orm';
import { addDecimals, type Decimal, parseDecimal, zero } from '../../shared/decimal.ts';
import { rowClassSchema } from '../../shared/snapshot.ts';
import { finite } from './row-classes.ts';
import { countOf, instantOf, type Scope } from './scope.ts';

/** Sums and counts over the rows of one class: in all, of one day, or of one opportunity type. */
export type RowGroup = Awaited<ReturnType<typeof readRowGroups>>[number];

const kinds = { 1: 'type', 2: 'day', 3: 'total' } as const;

// Totals and days are six classes by 32 at the most; the rest is room for eighty types or so.
const mostGroups = 700;

/**
 * One pass over the relation: totals of each class first, then each class by day of `resolved_at`
 * (null for rows that closed on none of `scope.days`), then by opportunity type. Types with most
 * executed rows come first and all groups of a type stand together, so none is cut in two before the
 * last. Sums of P&L mean something on class scored alone, where all of it is finite.
 */
export function readRowGroups(scope: Scope) {
  const { db } = scope;
  const facts = factsOfRows(scope);
  // Grouped finely by hashing, then summed up over the few groups: grouping sets over the rows
  // themselves would sort the whole relation.
  const fine = db.$with('fine').as(groupFinely(scope, facts));
  const sum = (column: SQL.Aliased) => sql<string | null>`sum(${column})`;
  const count = (column: SQL.Aliased<number>) => sql`sum(${column})`.mapWith(Number);
  const grouping = sql`grouping(${fine.type}, ${fine.dayIndex})`;
  const executedOfType = sql`sum(sum(${fine.rows})
    filter (where ${fine.rowClass} not in ('rejected', 'failed')))
    over (partition by ${grouping}, ${fine.type})`;
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
      /** Rows with a finite quantity, those whose `quantity` is summed. */
      quantities: count(fine.quantities),
      fees: sum(fine.fees),
      /** Rows with finite fees; fees that are null count as none. */
      finiteFees: count(fine.finiteFees),
      nextCloseAt: instantOf(sql`min(${fine.nextCloseAt})`),
    })
    .from(fine)
    .groupBy(sql`grouping sets ((1), (1, ${fine.type}), (1, ${fine.dayIndex}))`)
    .orderBy(sql`4 desc, ${executedOfType} desc nulls last, ${fine.type}`)
    .limit(mostGroups);
}

/** What is to be known of each row. The limit keeps the planner from working it out once a use. */
function factsOfRows({ db, t, is, asOf, day, days }: Scope) {
  // In a subquery of its own, for the cast would else run once a row.
  const starts = sql.raw(`(select '{${days.map(({ start }) => start).join(',')}}'::timestamptz[])`);
  return db
    .select({
      rowClass: is.name.as('row_class'),
      type: sql`${t.opportunityType}`.as('type'),
      dayIndex: sql`case when ${t.resolvedAt} >= ${days[0]?.start} and ${t.resolvedAt} < ${day.end}
        then width_bucket(${t.resolvedAt}, ${starts}) end`.as('day_index'),
      resolvedAt: sql`${t.resolvedAt}`.as('closed_at'),
      recordedPnl: sql`${t.realizedPnl}`.as('recorded_pnl'),
      pnl: is.pnl.as('pnl'),
      quantity: sql`case when ${finite(t.quantity)} then ${t.quantity} end`.as('finite_quantity'),
      fees: sql`case when ${finite(fees(t))} then ${fees(t)} end`.as('finite_fees'),
      isAnomaly: is.anomalyAt(asOf).as('is_anomaly'),
    })
    .from(t)
    .limit(Number.MAX_SAFE_INTEGER)
    .as('facts');
}

const fees = (t: Scope['t']): SQL => sql`coalesce(${t.fees}, 0)`;

function groupFinely({ db, asOf, day }: Scope, facts: ReturnType<typeof factsOfRows>) {
  return db
    .select({
      rowClass: sql`${facts.rowClass}`.as('row_class'),
      type: sql`${facts.type}`.as('type'),
      dayIndex: sql`${facts.dayIndex}`.as('day_index'),
      rows: countOf(sql`true`).as('rows'),
      wins: countOf(sql`${facts.pnl} > 0`).as('wins'),
      draws: countOf(sql`${facts.pnl} = 0`).as('draws'),
      withPnl: sql<number>`count(${facts.recordedPnl})`.as('with_pnl'),
      dated: countOf(sql`isfinite(${facts.resolvedAt})`).as('dated'),
      anomalies: countOf(sql`${facts.isAnomaly}`).as('anomalies'),
      pnl: sql`sum(${facts.pnl})`.as('pnl'),
      quantity: sql`sum(${facts.quantity})`.as('quantity'),
      quantities: sql<number>`count(${facts.quantity})`.as('quantities'),
      fees: sql`sum(${facts.fees})`.as('fees'),
      finiteFees: sql<number>`count(${facts.fees})`.as('finite_fees_count'),
      nextCloseAt: sql`min(${facts.resolvedAt}) filter (where ${facts.resolvedAt} > ${asOf}
        and ${facts.resolvedAt} < ${day.end})`.as('next_close'),
    })
    .from(facts)
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
export async function readCreation({ db, t, asOf, day }: Scope) {
  const at = (pick: SQL, where: SQL) => sql`(select ${pick} from ${t} where ${where})`;
  const [row] = await db
    .select({
      newestRowAt: instantOf(at(sql`max(${t.createdAt})`, sql`${t.createdAt} <= ${asOf}`)),
      nextRowAt: instantOf(
        at(sql`min(${t.createdAt})`, sql`${t.createdAt} > ${asOf} and ${t.createdAt} < ${day.end}`),
      ),
    })
    .from(sql`(select) as nothing`);
  if (row === undefined) throw new Error('A select without a relation yields one row');
  return row;
}
