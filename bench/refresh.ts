import pg from 'pg';
import { startTestLedger } from '../e2e/support/test-ledger.ts';
import { parseConnectionUrl } from '../electron/ledger/connection-profile.ts';
import { Ledger } from '../electron/ledger/ledger.ts';
import { ledgerOptionsOf } from '../electron/ledger/ledger-options.ts';
import { defaultSettings } from '../shared/settings.ts';
import { sideBySide, type Timing } from './side-by-side.ts';

const rows = 10_000;
const rounds = 60;

// What the old dashboard asks for one page: a week's summary and a day's list.
const summary = `select count(*), sum(realized_pnl), count(*) filter (where realized_pnl > 0)
  from paper_trades where created_at > now() - interval '7 days'`;
const list = `select * from paper_trades where created_at > now() - interval '1 day'
  order by created_at desc limit 200`;

/** One refresh at 10,000 rows: a fresh pool each time against the one pool. */
export async function benchRefresh(): Promise<Timing[]> {
  const own = await startTestLedger();
  await own.engine.query(
    `insert into paper_trades (created_at, opportunity_id, opportunity_type, market_id, venue, side,
       outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
     select now() - i * interval '4 minutes', 'seed-' || i, 'type-' || i % 4, 'kalshi:m' || i % 200,
       'kalshi', 'buy', 'YES', 10, 0.4, 0.02, 'closed', 1.5 - i % 3, now() - i * interval '4 minutes'
     from generate_series(1, $1::int) as i`,
    [rows],
  );
  await own.engine.query('analyze paper_trades');
  // The old dashboard signs in as the engine, whose role has no limit of three connections.
  const connectionString = own.server.engineUrl;
  const onePool = new pg.Pool({ connectionString, max: 2 });
  const ledger = new Ledger(
    parseConnectionUrl(own.server.readerUrl),
    () => undefined,
    ledgerOptionsOf(defaultSettings),
  );
  const bothQueries = (pool: pg.Pool) => Promise.all([pool.query(summary), pool.query(list)]);
  const freshPool = async (): Promise<void> => {
    const pool = new pg.Pool({ connectionString, max: 2 });
    await bothQueries(pool);
    await pool.end();
  };
  const timings = await sideBySide(
    [
      { name: 'fresh pool, two queries', run: freshPool },
      { name: 'one pool, the same two queries', run: () => bothQueries(onePool) },
      { name: 'Plumbline, nothing changed: one probe', run: () => ledger.probe(5000) },
      { name: 'Plumbline, all figures anew by plain SQL', run: () => ledger.read(5000) },
    ],
    rounds,
  );
  await Promise.all([ledger.close(2000), onePool.end()]);
  await own.close();
  return timings;
}
