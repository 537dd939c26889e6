import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { addDecimals, type Decimal, parseDecimal, zero } from '../../shared/decimal.ts';
import { instantSchema, rowClassSchema } from '../../shared/snapshot.ts';
import { costOf } from './exposure.ts';
import { finite } from './row-classes.ts';
import { instantOf, type Scope } from './scope.ts';

/** Names of a breakdown that are told apart; what is beyond them shares the row of the rest. */
export const namesShown = 20;

const count = z.pipe(z.coerce.number(), z.int());
const total = z.nullable(z.string());

const counts = {
  rows: count,
  wins: count,
  draws: count,
  /** Rows with a recorded P&L, finite or not. */
  with_pnl: count,
  dated: count,
  odd_prices: count,
  /** Rows with a finite quantity, those that `quantity` sums. */
  quantities: count,
  /** Rows with a finite expected edge. */
  edges: count,
  /** Rows that `promise` sums. */
  promises: count,
  /** Open rows that `cost` sums. */
  costs: count,
  /** Rows with finite fees; fees that are null count as none. */
  finite_fees: count,
};

const sums = {
  pnl: total,
  pnl_of_wins: total,
  /** Σ P&L². */
  squares: total,
  quantity: total,
  /** Σ P&L where the quantity is finite. */
  staked_pnl: total,
  /** Σ quantity × expected edge, where both are finite. */
  promise: total,
  /** Σ P&L over the same rows. */
  promised_pnl: total,
  fees: total,
  /** Σ cost of open trades, where it can be said. */
  cost: total,
};

const rowSchema = z.object({
  row_class: rowClassSchema,
  kind: z.enum(['total', 'type', 'strategy']),
  /** Among the names of its kind, 1 for the one with most executed rows. */
  rank: count,
  /** Null for rows that name nothing. */
  label: z.nullable(z.string()),
  highest: total,
  lowest: total,
  first_created_at: z.nullable(instantSchema),
  ...counts,
  ...sums,
});

const passingSchema = z.object({
  future: count,
  anomalies: count,
  closed_today: count,
  next_close_at: z.nullable(instantSchema),
});

/** Sums and counts over the rows of one class: in all, of one opportunity type or of one strategy. */
export type RowGroup = z.infer<typeof rowSchema>;

/** What can be otherwise a moment later without any commit. */
export interface Passing {
  /** Scored rows with a close time after now. */
  readonly future: number;
  /** Rows that contradict themselves. */
  readonly anomalies: number;
  /** Closes of the trading day without a P&L. */
  readonly unscoredToday: number;
  /** The next instant of the trading day that makes one of these, or any other figure, another. */
  readonly nextAt: string | null;
}

/** The counts of a {@link RowGroup}, by name. */
export const countNames = Object.keys(counts) as readonly (keyof typeof counts)[];

/** Its sums, by name. */
export const sumNames = Object.keys(sums) as readonly SumName[];

/** The sums of a {@link RowGroup}. */
export type SumName = keyof typeof sums;

/**
 * One pass over the relation: each class in all, by opportunity type and by strategy, for the names
 * with most executed rows, these first. Sums of P&L mean something on class scored alone, where all
 * of it is finite.
 */
export async function readRowGroups(
  scope: Scope,
): Promise<{ readonly groups: RowGroup[]; readonly passing: Passing }> {
  const names = [...countNames, ...sumNames, 'future', 'anomalies', 'closed_today'];
  const added = sql.raw(names.map((name) => `sum(${name}) as ${name}`).join(', '));
  const columns = sql.raw(names.join(', '));
  // Grouped finely by hashing, then summed up over the few groups: grouping sets over the rows
  // themselves would sort the whole relation.
  const { rows } = await scope.db.execute(sql`
    with facts as (${factsOfRows(scope, sql`true`, passingFacts(scope))}),
    fine as (select row_class, type, strategy, ${rowSums}, ${passingSums(scope)}
      from facts group by 1, 2, 3),
    grouped as (
      select row_class, grouping(type, strategy) as mask,
             case grouping(type, strategy) when 1 then type when 2 then strategy end as name,
             max(highest) as highest, min(lowest) as lowest, min(first_created) as first_created,
             min(next_close) as next_close, ${added}
      from fine group by grouping sets ((1), (1, type), (1, strategy))),
    sized as (
      select *, sum(rows) filter (where row_class not in ('rejected', 'failed'))
                  over (partition by mask, name) as executed
      from grouped),
    ranked as (
      select *, dense_rank() over (partition by mask order by executed desc nulls last, name collate "C") as rank
      from sized)
    select row_class, rank, highest, lowest, ${columns},
           case mask when 1 then 'type' when 2 then 'strategy' else 'total' end as kind,
           left(name, 200) as label, ${instantOf(sql`first_created`)} as first_created_at,
           ${instantOf(sql`next_close`)} as next_close_at
    from ranked where rank <= ${namesShown} order by mask desc, rank`);
  return { groups: z.array(rowSchema).parse(rows), passing: passingOf(rows) };
}

function passingOf(rows: readonly Record<string, unknown>[]): Passing {
  const all = { future: 0, anomalies: 0, unscoredToday: 0 };
  const next: string[] = [];
  for (const row of rows) {
    if (row.kind !== 'total') continue;
    const { future, anomalies, closed_today, next_close_at } = passingSchema.parse(row);
    if (row.row_class === 'scored') all.future += future;
    if (row.row_class === 'unscored') all.unscoredToday += closed_today;
    all.anomalies += anomalies;
    if (next_close_at !== null) next.push(next_close_at);
  }
  return { ...all, nextAt: next.sort()[0] ?? null };
}

/**
 * What is to be known of each row that `where` holds for. The limit keeps the planner from working it
 * out once a use.
 */
export function factsOfRows(scope: Scope, where: SQL, more: SQL): SQL {
  const { t, is } = scope;
  const quantity = sql`case when ${finite(t.quantity)} then ${t.quantity}::numeric end`;
  const fees = sql`coalesce(${t.fees}, 0)::numeric`;
  return sql`
    select ${is.name} as row_class, ${t.opportunityType} as type, ${t.strategyId} as strategy,
           ${t.createdAt} as created, ${t.resolvedAt} as resolved, ${is.pnl} as pnl,
           ${t.realizedPnl} is not null as has_pnl, ${quantity} as quantity,
           case when ${finite(t.expectedEdge)} then ${quantity} * ${t.expectedEdge} end as promise,
           ${finite(t.expectedEdge)} as edge_is_finite,
           case when ${finite(fees)} then ${fees} end as fees,
           case when ${is.open} then ${costOf(scope)} end as cost,
           ${is.priceInside} as price_inside, ${more}
    from ${t} where ${where} limit ${sql.raw(String(Number.MAX_SAFE_INTEGER))}`;
}

const passingFacts = ({ t, is, asOf, day }: Scope): SQL => sql`
    ${is.anomalyAt(asOf)} as is_anomaly,
    ${t.resolvedAt} >= ${day.start} and ${t.resolvedAt} < ${day.end} as closed_today`;

const passingSums = ({ asOf, day }: Scope): SQL => sql`
    count(*) filter (where isfinite(resolved) and resolved > ${asOf}) as future,
    count(*) filter (where is_anomaly) as anomalies,
    count(*) filter (where closed_today) as closed_today,
    min(resolved) filter (where resolved > ${asOf} and resolved < ${day.end}) as next_close`;

/** Counts and sums over the facts of a group of rows, under the names of a {@link RowGroup}. */
export const rowSums = sql`count(*) as rows,
           count(*) filter (where pnl > 0) as wins, count(*) filter (where pnl = 0) as draws,
           count(*) filter (where has_pnl) as with_pnl,
           count(*) filter (where isfinite(resolved)) as dated,
           count(*) filter (where price_inside is not true) as odd_prices,
           count(quantity) as quantities, count(promise) as promises,
           count(*) filter (where edge_is_finite) as edges,
           count(cost) as costs, count(fees) as finite_fees,
           sum(pnl) as pnl, sum(pnl) filter (where pnl > 0) as pnl_of_wins,
           sum(pnl * pnl) as squares, max(pnl) as highest, min(pnl) as lowest,
           sum(quantity) as quantity, sum(pnl) filter (where quantity is not null) as staked_pnl,
           sum(promise) as promise, sum(pnl) filter (where promise is not null) as promised_pnl,
           sum(fees) as fees, sum(cost) as cost,
           min(created) filter (where isfinite(created)) as first_created`;

/** Rows in all of some groups. */
export const countRows = (groups: readonly RowGroup[]): number => addCounts(groups, 'rows');

/** Exact total of one of the counts. */
export const addCounts = (groups: readonly RowGroup[], name: keyof typeof counts): number =>
  groups.reduce((sum, group) => sum + group[name], 0);

/** Exact sum over some groups; a group without a summand adds nothing. */
export const addUp = (groups: readonly RowGroup[], name: SumName): Decimal =>
  groups.reduce((sum, { [name]: value }) => {
    return value === null ? sum : addDecimals(sum, parseDecimal(value));
  }, zero);

/** Wins, draws and losses of scored groups. */
export function outcomesOf(scored: readonly RowGroup[]) {
  const wins = addCounts(scored, 'wins');
  const draws = addCounts(scored, 'draws');
  return { wins, draws, losses: countRows(scored) - wins - draws };
}
