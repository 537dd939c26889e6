import type { Queryable } from './ledger-writer.ts';
import type { LiveStart } from './live-feed.ts';
import { playOf } from './playbook.ts';
import type { Side } from './rows.ts';

interface OpenRow {
  readonly id: string;
  readonly market_id: string;
  readonly venue: string;
  readonly side: string;
  readonly price: number;
  readonly quantity: number;
  readonly strategy_id: string | null;
  readonly opportunity_type: string;
}

interface PendingRow {
  readonly id: string;
  readonly side: string;
  readonly amount: number;
  readonly max_price: number;
}

const openTrades = `
  SELECT id, market_id, venue, side, price::float8 AS price, quantity::float8 AS quantity,
    strategy_id, opportunity_type
  FROM paper_trades
  WHERE status = 'open' AND risk_approved AND risk_rejection_reason IS NULL
    AND price > 0 AND price < 1 AND quantity > 0 AND quantity < 1000000
  ORDER BY created_at DESC LIMIT 60`;

const pendingOrders = `
  SELECT id, side, requested_amount::float8 AS amount, max_price::float8 AS max_price
  FROM live_trades WHERE status = 'pending' ORDER BY created_at LIMIT 20`;

/** Reads what is open, so that an engine can go on where another one, or the history, left off. */
export async function readLiveStart(db: Queryable): Promise<LiveStart> {
  const open = await db.query<OpenRow>(openTrades);
  const pending = await db.query<PendingRow>(pendingOrders);
  return {
    positions: open.rows.toReversed().map((row) => ({
      id: row.id,
      marketId: row.market_id,
      venue: row.venue,
      side: sideOf(row.side),
      price: row.price,
      quantity: row.quantity,
      play: playOf(row.strategy_id, row.opportunity_type),
      dueAtMs: 0,
    })),
    pendingOrders: pending.rows.map((row) => ({
      id: row.id,
      side: sideOf(row.side),
      requestedAmount: row.amount,
      maxPrice: row.max_price,
    })),
  };
}

function sideOf(text: string): Side {
  return text === 'sell' ? 'sell' : 'buy';
}
