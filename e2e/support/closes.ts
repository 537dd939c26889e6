import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A trade that opened and closed. */
export interface ClosedTrade {
  readonly pnl: string;
  /** SQL of the close time, e.g. `now()`. */
  readonly at?: string;
  readonly strategy?: string;
  readonly venue?: string;
  readonly market?: string;
}

/** Writes closed trades in one transaction each, as the trading engine does. */
export async function closeTrades(
  engine: pg.Client,
  trades: readonly ClosedTrade[],
): Promise<void> {
  for (const { pnl, at = 'clock_timestamp()', strategy = 'btc-arb', venue, market } of trades) {
    const id = randomUUID();
    await engine.query(
      `insert into paper_trades (id, created_at, opportunity_id, opportunity_type, market_id, venue,
         side, outcome, quantity, price, expected_edge, strategy_id, status, realized_pnl, resolved_at)
       values ($1::uuid, ${at} - interval '1 hour', $6, 'cross', $2, $3, 'buy', 'YES', 10, 0.5, 0.02, $4,
         'closed', $5, ${at})`,
      [id, market ?? 'poly:one', venue ?? 'poly', strategy, pnl, id],
    );
  }
}
