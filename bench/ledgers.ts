import { startTestLedger, type TestLedger } from '../e2e/support/test-ledger.ts';
import { parseConnectionUrl } from '../electron/ledger/connection-profile.ts';
import { Ledger } from '../electron/ledger/ledger.ts';
import { ledgerOptionsOf } from '../electron/ledger/ledger-options.ts';
import { defaultSettings } from '../shared/settings.ts';

/** A server of the benchmark's own, with a ledger of some size on it. */
export interface FilledLedger {
  readonly own: TestLedger;
  /** The product's ledger, signed in as the reader. */
  readonly ledger: Ledger;
  /** Closes one open trade, as the engine does. */
  closeOne(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Rows over 400 days, the last an hour ago: nine of ten closed with a P&L, the others rejected by the
 * risk check, but for some hundred that are open.
 */
export async function fillLedger(rows: number): Promise<FilledLedger> {
  const own = await startTestLedger();
  const { engine } = own;
  await engine.query(`select setseed(0.5)`);
  await engine.query(`drop index paper_trades_created_at_idx, paper_trades_opportunity_type_idx,
    paper_trades_market_id_idx, paper_trades_status_idx`);
  await engine.query(
    `insert into paper_trades (created_at, opportunity_id, opportunity_type, strategy_id, market_id, venue,
       side, outcome, quantity, price, expected_edge, fees, status, realized_pnl, resolved_at,
       risk_approved, risk_rejection_reason)
     select at, 'seed-' || i, 'type-' || i % 4, 'strategy-' || i % 3, 'kalshi:m' || i % 200, 'kalshi',
       'buy', 'YES', 10, 0.4, 0.02, 0.07, case when i % 10 = 0 then 'open' else 'closed' end,
       case when i % 10 > 0 then (random() * 10 - 4.9)::numeric(10, 2) end,
       case when i % 10 > 0 then at + interval '1 hour' * random() end, i % 10 > 0 or i < 2000,
       case when i % 10 = 0 and i >= 2000 then 'Position would exceed limit: $' || i end
     from generate_series(1, $1::int) as i,
       lateral (select now() - interval '1 hour' - i * (interval '400 days' / $1::int)) as time(at)`,
    [rows],
  );
  await engine.query(`create index on paper_trades (created_at)`);
  await engine.query(`create index on paper_trades (status)`);
  await engine.query('vacuum analyze paper_trades');
  const options = ledgerOptionsOf(defaultSettings);
  const ledger = new Ledger(parseConnectionUrl(own.server.readerUrl), () => undefined, options);
  return {
    ...{ own, ledger },
    closeOne: async () => {
      await engine.query(`update paper_trades set status = 'closed', realized_pnl = 1.25, resolved_at = now()
        where id = (select id from paper_trades where status = 'open' and risk_approved limit 1)`);
    },
    close: async () => {
      await ledger.close(2000);
      await own.close();
    },
  };
}

/** Refreshes until there are figures: a first load comes in slices. */
export async function wholeRefresh(ledger: Ledger): Promise<void> {
  while ((await ledger.refresh(8000)) === null);
}
