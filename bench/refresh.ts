import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { fillLedger, wholeRefresh } from './ledgers.ts';
import { type BenchResult, short } from './report.ts';
import { sideBySide } from './side-by-side.ts';

const rows = 10_000;
const rounds = 60;

// What the old dashboard asks for one page: a week's summary and a day's list.
const summary = `select count(*), sum(realized_pnl), count(*) filter (where realized_pnl > 0)
  from paper_trades where created_at > now() - interval '7 days'`;
const list = `select * from paper_trades where created_at > now() - interval '1 day'
  order by created_at desc limit 200`;

/** One refresh at 10,000 rows: a fresh pool each time against the one pool. */
export async function benchRefresh(): Promise<BenchResult> {
  const filled = await fillLedger(rows);
  const { own, ledger, closeOne } = filled;
  // The old dashboard signs in as the engine, whose role has no limit of three connections.
  const connectionString = own.server.engineUrl;
  const onePool = new pg.Pool({ connectionString, max: 2 });
  const bothQueries = (pool: pg.Pool) => Promise.all([pool.query(summary), pool.query(list)]);
  const freshPool = async (): Promise<void> => {
    const pool = new pg.Pool({ connectionString, max: 2 });
    await bothQueries(pool);
    await pool.end();
  };
  await wholeRefresh(ledger);
  // Refreshes lie apart: the backends of a fresh pool have ended before the next way begins.
  const before = () => delay(30);
  const timings = await sideBySide(
    [
      { name: 'fresh pool, two queries', before, run: freshPool },
      { name: 'one pool, the same two queries', before, run: () => bothQueries(onePool) },
      { name: 'Plumbline, nothing changed: one probe', before, run: () => ledger.probe(5000) },
      {
        name: 'Plumbline, all figures after a close',
        before: closeOne,
        run: () => wholeRefresh(ledger),
      },
    ],
    rounds,
  );
  await onePool.end();
  await filled.close();
  const probe = timings[2]?.ratio ?? Number.NaN;
  const kept = timings[3]?.ratio ?? Number.NaN;
  return {
    findings: [
      {
        ...{ figure: 6, what: 'a dashboard refresh at 10,000 rows against the fresh-pool way' },
        ...{ goal: '≥ 20 × faster', result: `${short(1 / probe)} × faster`, met: 1 / probe >= 20 },
      },
      {
        ...{
          figure: null,
          what: 'the same when a trade has just closed: all figures against two queries',
        },
        ...{ goal: 'shown beside', result: `${short(1 / kept)} × faster`, met: null },
      },
    ],
    bars: timings.map(({ name, medianMs }) => ({ name, ms: medianMs })),
  };
}
