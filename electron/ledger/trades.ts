import { desc, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { parseDecimal, signOf } from '../../shared/decimal.ts';
import type { OddityId } from '../../shared/oddities.ts';
import { rowClassSchema, type Snapshot, type Trade } from '../../shared/snapshot.ts';
import { timeOfLast, type WrittenCloses } from './closes.ts';
import { finite } from './row-classes.ts';
import type { RowGroup } from './row-groups.ts';
import { finiteOf, instantOf, type Scope, textOf } from './scope.ts';

/** Rows of the lists of open trades and of closes. */
export const rowsShown = 20;
const oddRowsShown = 100;
const failedNamed = 3;

const columnsOf = ({ t, is }: Scope) => ({
  id: t.id,
  rowClass: sql<string>`${is.name}`,
  createdAt: instantOf(t.createdAt),
  resolvedAt: instantOf(t.resolvedAt),
  venue: textOf(t.venue),
  marketId: textOf(t.marketId),
  side: textOf(t.side),
  outcome: textOf(t.outcome),
  opportunityType: textOf(t.opportunityType),
  strategy: textOf(t.strategyId),
  status: textOf(t.status),
  quantity: finiteOf(t.quantity),
  price: finiteOf(t.price),
  expectedEdge: finiteOf(t.expectedEdge),
  fees: finiteOf(t.fees),
  pnl: finiteOf(is.pnl),
  reason: textOf(t.riskRejectionReason),
});

async function readTrades(
  scope: Scope,
  { where, orderBy, limit }: { where: SQL; orderBy: SQL; limit: number },
): Promise<Trade[]> {
  const rows = await scope.db
    .select(columnsOf(scope))
    .from(scope.t)
    .where(where)
    .orderBy(orderBy)
    .limit(limit);
  return rows.map(tradeOf);
}

type Nameless = 'venue' | 'marketId' | 'side' | 'outcome' | 'opportunityType' | 'status';
type Row = Omit<Trade, 'rowClass' | Nameless> &
  Record<Nameless, string | null> & { readonly rowClass: string };

const tradeOf = (row: Row): Trade => ({
  ...row,
  rowClass: rowClassSchema.parse(row.rowClass),
  // Through a view any column may be null; an empty name reads as one.
  venue: row.venue ?? '',
  marketId: row.marketId ?? '',
  side: row.side ?? '',
  outcome: row.outcome ?? '',
  opportunityType: row.opportunityType ?? '',
  status: row.status ?? '',
});

// Infinite times would come first, and in a view those that are missing.
const newest = ({ t }: Scope, where: SQL, limit: number) => ({
  where: sql`${where} and isfinite(${t.createdAt})`,
  orderBy: sql`${desc(t.createdAt)}, ${desc(t.id)}`,
  limit,
});

/** The newest trades of a condition, newest first; those created at no finite time are left out. */
export const readNewestTrades = (scope: Scope, where: SQL, limit: number): Promise<Trade[]> =>
  readTrades(scope, newest(scope, where, limit));

/** The newest open trades, newest first; `open` finds them. */
export const readOpenTrades = (scope: Scope, open: SQL): Promise<Trade[]> =>
  readNewestTrades(scope, open, rowsShown);

/**
 * Failed rows of the last hour, newest first, where somebody wants to know them: what an alert names. The
 * hour keeps it to the young end of the index, however long the ledger is.
 */
export async function readNewestFailed(scope: Scope): Promise<Trade[]> {
  if (!scope.options.namesFailed) return [];
  const { t, is, asOf } = scope;
  const where = sql`${t.createdAt} > ${asOf}::timestamptz - interval '1 hour' and ${is.failed}`;
  return readTrades(scope, newest(scope, where, failedNamed));
}

/** Trades of some ids, in no order. */
export const readTradesOf = (scope: Scope, ids: readonly string[]): Promise<Trade[]> =>
  readTrades(scope, { where: isOneOf(scope, ids), orderBy: sql`${scope.t.id}`, limit: ids.length });

/** The rows of some ids. */
export const isOneOf = ({ t }: Pick<Scope, 't'>, ids: readonly string[]): SQL =>
  sql`${t.id} = any(${sql.param([...ids])}::uuid[])`;

/**
 * The last closes, last first, those without a P&L among them. `closes` spares the server the
 * sorting of all: nothing closed before the twentieth last scored one can be among the last.
 */
export function readRecentCloses(scope: Scope, closes: WrittenCloses): Promise<Trade[]> {
  const { t, is } = scope;
  const earliest = timeOfLast(closes, rowsShown);
  const since = earliest === null ? sql`true` : sql`${t.resolvedAt} >= ${earliest}`;
  return readTrades(scope, {
    where: sql`${since} and isfinite(${t.resolvedAt}) and ${is.closed}`,
    orderBy: sql`${desc(t.resolvedAt)}, ${desc(t.id)}`,
    limit: rowsShown,
  });
}

/** The scored trades with the highest and the lowest P&L, of equal ones the first to close. */
export async function readExtremes(
  scope: Scope,
  groups: readonly RowGroup[],
): Promise<Pick<Snapshot, 'largestWin' | 'largestLoss'>> {
  const { db, t, is } = scope;
  const scored = groups.find(({ kind, row_class }) => kind === 'total' && row_class === 'scored');
  const wanted = [scored?.highest, scored?.lowest].filter(
    (pnl) => pnl !== null && pnl !== undefined,
  );
  if (wanted.length === 0) return { largestWin: null, largestLoss: null };
  const rows = await db
    .selectDistinctOn([is.pnl], columnsOf(scope))
    .from(t)
    // The comparison first: it spares most rows the rest.
    .where(sql`${is.pnl} in ${wanted} and ${is.scored}`)
    .orderBy(sql`${is.pnl}, case when isfinite(${t.resolvedAt}) then ${t.resolvedAt} end, ${t.id}`);
  const trades = rows.map(tradeOf);
  const isOf =
    (sign: 1 | -1) =>
    ({ pnl }: Trade) =>
      pnl !== null && signOf(parseDecimal(pnl)) === sign;
  // In the order of their P&L: of two wins the second is the larger, of two losses the first.
  return {
    largestWin: trades.findLast(isOf(1)) ?? null,
    largestLoss: trades.find(isOf(-1)) ?? null,
  };
}

/** The rows behind a data-quality chip, newest first. */
export async function readOddRows(scope: Scope, oddity: OddityId): Promise<Trade[]> {
  const where = oddityOf(scope, oddity);
  const orderBy = sql`${scope.t.createdAt} desc nulls last, ${scope.t.id} desc`;
  return readTrades(scope, { where, orderBy, limit: oddRowsShown });
}

/** How many there are of them. */
export async function countOddRows(scope: Scope, oddity: OddityId): Promise<number> {
  return scope.db.$count(scope.t, oddityOf(scope, oddity));
}

function oddityOf({ t, is, asOf }: Scope, oddity: OddityId): SQL {
  const isNotFinite = (value: SQL | AnyPgColumn): SQL => sql`not coalesce(${finite(value)}, false)`;
  switch (oddity) {
    case 'unscored':
      return is.unscored;
    case 'undated':
      return is.undated;
    case 'anomalies':
      return is.anomalyAt(asOf);
    case 'otherWithPnl':
      return sql`${is.other} and ${t.realizedPnl} is not null`;
    case 'oddQuantities':
      return sql`${is.executed} and ${isNotFinite(t.quantity)}`;
    case 'oddPrices':
      return sql`${is.open} and ${is.priceInside} is not true`;
    case 'oddEdges':
      return sql`${is.executed} and ${isNotFinite(t.expectedEdge)}`;
    case 'oddFees':
      return sql`${is.executed} and ${isNotFinite(sql`coalesce(${t.fees}, 0)`)}`;
  }
}
