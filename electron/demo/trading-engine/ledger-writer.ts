import type { ClientBase, Pool } from 'pg';
import type { Closing } from './closing.ts';
import type { LiveEvent } from './live-feed.ts';
import type { LiveOrder, OrderState, PaperTrade } from './rows.ts';

/** Anything that runs a query. */
export type Queryable = Pick<ClientBase | Pool, 'query'>;

/** A column, its type in SQL, and what a row has for it. */
type Column<Row> = readonly [name: string, type: string, read: (row: Row) => unknown];

const paperColumns: readonly Column<PaperTrade>[] = [
  ['id', 'uuid', (row) => row.id],
  ['created_at', 'timestamptz', (row) => instant(row.createdAtMs)],
  ['opportunity_id', 'text', (row) => row.opportunityId],
  ['opportunity_type', 'text', (row) => row.opportunityType],
  ['market_id', 'text', (row) => row.marketId],
  ['venue', 'text', (row) => row.venue],
  ['side', 'text', (row) => row.side],
  ['outcome', 'text', (row) => row.outcome],
  ['quantity', 'numeric', (row) => row.quantity],
  ['price', 'numeric', (row) => row.price],
  ['expected_edge', 'numeric', (row) => row.expectedEdge],
  ['strategy_id', 'text', (row) => row.strategyId],
  ['risk_approved', 'boolean', (row) => row.riskApproved],
  ['risk_rejection_reason', 'text', (row) => row.riskRejectionReason],
  ['status', 'text', (row) => row.status],
  ['exit_price', 'numeric', (row) => row.exitPrice],
  ['realized_pnl', 'numeric', (row) => row.realizedPnl],
  ['fees', 'numeric', (row) => row.fees],
  ['resolved_at', 'timestamptz', (row) => instant(row.resolvedAtMs)],
];

const orderColumns: readonly Column<LiveOrder>[] = [
  ['id', 'uuid', (row) => row.id],
  ['created_at', 'timestamptz', (row) => instant(row.createdAtMs)],
  ['trade_id', 'text', (row) => row.tradeId],
  ['request_id', 'text', (row) => row.requestId],
  ['opportunity_id', 'text', (row) => row.opportunityId],
  ['opportunity_type', 'text', (row) => row.opportunityType],
  ['market_id', 'text', (row) => row.marketId],
  ['venue', 'text', (row) => row.venue],
  ['token_id', 'text', (row) => row.tokenId],
  ['side', 'text', (row) => row.side],
  ['outcome', 'text', (row) => row.outcome],
  ['requested_amount', 'numeric', (row) => row.requestedAmount],
  ['max_price', 'numeric', (row) => row.maxPrice],
  ['expected_edge', 'numeric', (row) => row.expectedEdge],
  ['expected_fee', 'numeric', (row) => row.expectedFee],
  ['strategy', 'text', (row) => row.strategy],
  ['risk_approved', 'boolean', (row) => row.riskApproved],
  ['risk_rejection_reason', 'text', (row) => row.riskRejectionReason],
  ['status', 'text', (row) => row.state.status],
  ['order_id', 'text', (row) => row.state.orderId],
  ['filled_amount', 'numeric', (row) => row.state.filledAmount],
  ['fill_price', 'numeric', (row) => row.state.fillPrice],
  ['filled_at', 'timestamptz', (row) => filledAt(row)],
  ['error_message', 'text', (row) => row.state.errorMessage],
];

const insertPaper = insertStatement('paper_trades', paperColumns);
const insertOrders = insertStatement('live_trades', orderColumns);

/** Inserts trades, however many, in one statement. */
export async function insertTrades(db: Queryable, rows: readonly PaperTrade[]): Promise<void> {
  await db.query(insertPaper, columnsOf(paperColumns, rows));
}

/** Inserts orders, however many, in one statement. */
export async function insertLiveOrders(db: Queryable, rows: readonly LiveOrder[]): Promise<void> {
  await db.query(insertOrders, columnsOf(orderColumns, rows));
}

/** Closes a trade at the database's present. */
async function closeTrade(db: Queryable, id: string, closing: Closing): Promise<void> {
  const { status, exitPrice, realizedPnl, fees } = closing;
  await db.query(
    `UPDATE paper_trades SET status = $2, exit_price = $3, realized_pnl = $4, fees = $5,
       resolved_at = now() WHERE id = $1`,
    [id, status, exitPrice, realizedPnl, fees],
  );
}

/** Moves an order to another state. */
async function moveOrder(db: Queryable, id: string, state: OrderState): Promise<void> {
  const { status, orderId, filledAmount, fillPrice, filledAfterMs, errorMessage } = state;
  await db.query(
    `UPDATE live_trades SET status = $2, order_id = $3, filled_amount = $4, fill_price = $5,
       filled_at = CASE WHEN $6::boolean THEN now() END, error_message = $7 WHERE id = $1`,
    [id, status, orderId, filledAmount, fillPrice, filledAfterMs !== null, errorMessage],
  );
}

/** Old settled rows from a random place on: ids are random, so a walk along the key is as well. */
const oldSettledRows = `SELECT id FROM paper_trades
  WHERE id >= $1 AND status IN ('closed', 'resolved') AND risk_approved
    AND realized_pnl IS NOT NULL AND resolved_at < now() - interval '1 day'
  ORDER BY id LIMIT $2`;

/** Corrects the P&L of an old settled row, as a trading system does when a venue restates a fill. */
async function amendOldTrade(db: Queryable, near: string, change: string): Promise<void> {
  await db.query(
    `UPDATE paper_trades SET realized_pnl = realized_pnl + $3::numeric
     WHERE id IN (${oldSettledRows})`,
    [near, 1, change],
  );
}

/** Deletes old settled rows. */
async function deleteOldTrades(db: Queryable, near: string, count: number): Promise<void> {
  await db.query(`DELETE FROM paper_trades WHERE id IN (${oldSettledRows})`, [near, count]);
}

/** Writes what the live feed decided. */
export async function writeEvent(db: Queryable, event: LiveEvent): Promise<void> {
  switch (event.kind) {
    case 'open':
      return insertTrades(db, event.opening.trades);
    case 'close':
      return closeTrade(db, event.position.id, event.closing);
    case 'order':
      return insertLiveOrders(db, [event.order]);
    case 'order-move':
      return moveOrder(db, event.order.id, event.state);
    case 'amend':
      return amendOldTrade(db, event.near, event.change);
    case 'delete':
      return deleteOldTrades(db, event.near, event.count);
  }
}

/** One array a column: a statement of any number of rows with a fixed text, parsed once. */
function insertStatement<Row>(table: string, columns: readonly Column<Row>[]): string {
  const names = columns.map(([name]) => name);
  const values = names.map((name) =>
    name === 'created_at' ? 'coalesce(created_at, now())' : name,
  );
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`);
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')}
    FROM unnest(${arrays.join(', ')}) AS given (${names.join(', ')})`;
}

function columnsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): unknown[][] {
  return columns.map(([, , read]) => rows.map(read));
}

function instant(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}

function filledAt({ createdAtMs, state }: LiveOrder): string | null {
  if (createdAtMs === null || state.filledAfterMs === null) return null;
  return instant(createdAtMs + state.filledAfterMs);
}
