import { and, eq, gte, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Trade } from '../../shared/snapshot.ts';
import type { TradePage, TradeQuery } from '../../shared/trade-page.ts';
import type { Scope } from './scope.ts';
import { type PageEnd, readCursor, writeCursor } from './trade-cursor.ts';
import { readNewestTrades } from './trades.ts';

// Earlier ones are written in another way, and a finite one is a mistake of the ledger's.
const earliest = '0001-01-01T00:00:00Z';

/**
 * A page of trades, newest first. It starts from where the page before ended, not from a count of rows, so
 * that any page costs as much as the first, and rows that are new do not shift those behind them.
 */
export async function readTradePage(
  scope: Scope,
  query: TradeQuery,
  ledger: string,
): Promise<TradePage> {
  const begin = readCursor(ledger, query);
  // One more than is asked for tells whether there is another page.
  const rows = await readNewestTrades(scope, conditionOf(scope, query, begin), query.limit + 1);
  const trades = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? trades.at(-1) : undefined;
  const end = endOf(last);
  const nextCursor = end === null ? null : writeCursor(ledger, query, end);
  return { asOf: scope.asOf, trades, nextCursor };
}

function endOf(trade: Trade | undefined): PageEnd | null {
  const { id = null, createdAt = null } = trade ?? {};
  return id === null || createdAt === null ? null : { id, createdAt };
}

function conditionOf({ t, is }: Scope, query: TradeQuery, end: PageEnd | null): SQL {
  const behind =
    end === null
      ? undefined
      : sql`(${t.createdAt}, ${t.id}) < (${end.createdAt}::timestamptz, ${end.id}::uuid)`;
  const some = <T>(value: T | undefined, condition: (value: T) => SQL): SQL | undefined =>
    value === undefined ? undefined : condition(value);
  const conditions = and(
    gte(t.createdAt, earliest),
    // Through a view it may be missing, and then there is no going on from it.
    isNotNull(t.id),
    behind,
    some(query.class, (name) => is[name]),
    some(query.strategy, (name) => strategyIs(t, name)),
    some(query.type, (name) => eq(t.opportunityType, name)),
    some(query.venue, (name) => eq(t.venue, name)),
    some(query.market, (name) => eq(t.marketId, name)),
    some(query.side, (name) => eq(t.side, name)),
    some(query.from, (at) => gte(t.createdAt, at)),
    some(query.to, (at) => lt(t.createdAt, at)),
  );
  return conditions ?? sql`true`;
}

/** An empty name asks for the trades of no strategy. */
const strategyIs = ({ strategyId }: Scope['t'], name: string): SQL =>
  name === '' ? sql`coalesce(${strategyId}, '') = ''` : eq(strategyId, name);
