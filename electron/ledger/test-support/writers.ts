import type pg from 'pg';
import type { TestLedger } from '../../../e2e/support/test-ledger.ts';

/** Writers at work on a ledger. */
export interface Writers {
  /** How often each kind of write was committed. */
  readonly done: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** Any row of a class, by chance. */
const any = (where: string): string =>
  `(select id from paper_trades where ${where} order by random() limit 1)`;

const insert = (columns: string, values: string): string =>
  `insert into paper_trades (opportunity_id, opportunity_type, strategy_id, market_id, venue, side,
     outcome, quantity, price, expected_edge, ${columns})
   select gen_random_uuid()::text, 'type-' || trunc(random() * 3), 'strategy-' || trunc(random() * 2),
     'market-' || trunc(random() * 9), 'venue-' || trunc(random() * 2),
     (array['buy', 'sell'])[1 + trunc(random() * 2)::int], (array['YES', 'NO', 'other'])[1 + trunc(random() * 3)::int],
     (random() * 50)::numeric(10, 2), (0.01 + random() * 0.98)::numeric(6, 4), (random() / 10)::numeric(6, 4), ${values}`;

const someDay = `now() - interval '1 day' * trunc(random() * 40) - interval '1 hour' * random()`;
const somePnl = '(random() * 20 - 10)::numeric(10, 2)';
const closed = `status = 'closed'`;

/** Each kind of write that a trading system, its operator or an accident may make. */
const writes: Readonly<Record<string, string>> = {
  open: insert('status', `'open'`),
  close: `update paper_trades set status = 'closed', realized_pnl = ${somePnl}, resolved_at = now()
    where id = ${any(`status = 'open' and risk_approved and risk_rejection_reason is null`)}`,
  reject: insert(
    'risk_approved, risk_rejection_reason',
    `false, 'Too large: $' || trunc(random() * 99)`,
  ),
  fail: insert('risk_rejection_reason', `'timeout after ' || trunc(random() * 9) || ' s'`),
  backdate: insert(
    'status, realized_pnl, created_at, resolved_at',
    `'closed', ${somePnl}, at, at + interval '1 hour' from (select ${someDay}) as time(at)`,
  ),
  openLate: insert('status, created_at', `'open', ${someDay}`),
  future: insert(
    'status, realized_pnl, resolved_at',
    `'closed', ${somePnl}, now() + interval '300 ms' * random()`,
  ),
  reopen: `update paper_trades set status = 'open', realized_pnl = null, resolved_at = null
    where id = ${any(closed)}`,
  amend: `update paper_trades set realized_pnl = ${somePnl} where id = ${any(closed)}`,
  nan: `update paper_trades set realized_pnl = 'NaN' where id = ${any(closed)}`,
  undate: `update paper_trades set resolved_at = null where id = ${any(closed)}`,
  move: `update paper_trades set created_at = ${someDay} where id = ${any('true')}`,
  remove: `delete from paper_trades where id = ${any('true')}`,
};

/** Fills a ledger with some history and lets writers loose on it, a random walk each. */
export async function startWriters(
  { engine }: TestLedger,
  clients: readonly pg.Client[],
  { truncates }: { readonly truncates: boolean },
): Promise<Writers> {
  await engine.query('truncate paper_trades');
  const fill = async (client: pg.Client, rows: number): Promise<void> => {
    await client.query(
      `${insert(
        'status, realized_pnl, created_at, resolved_at',
        `'closed', ${somePnl}, at, at + interval '2 hours' * random()
         from (select ${someDay} from generate_series(1, ${rows})) as time(at)`,
      )}`,
    );
  };
  await fill(engine, 500);
  const names = Object.keys(writes);
  const done: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  let stopped = false;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const write = async (client: pg.Client): Promise<void> => {
    const some = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => {
      return names[Math.floor(Math.random() * names.length)] ?? 'open';
    });
    const aborts = Math.random() < 0.15;
    try {
      await client.query('begin');
      for (const name of some) {
        await client.query(writes[name] ?? '');
        // Some transactions stay open over several refreshes.
        if (Math.random() < 0.2) await pause(Math.random() * 80);
      }
      await client.query(aborts ? 'rollback' : 'commit');
      if (!aborts) for (const name of some) done[name] = (done[name] ?? 0) + 1;
    } catch (error) {
      await client.query('rollback');
      // Two that change each other's rows in turn: PostgreSQL ends one.
      if (!(error instanceof Error && 'code' in error && error.code === '40P01')) throw error;
    }
  };
  const work = clients.map(async (client, index) => {
    while (!stopped) {
      await write(client);
      await pause(Math.random() * 12);
      if (!truncates || index > 0 || Math.random() > 0.01) continue;
      await client.query('truncate paper_trades');
      await fill(client, 500);
      done.truncate = (done.truncate ?? 0) + 1;
    }
  });
  return {
    done,
    stop: async () => {
      stopped = true;
      await Promise.all(work);
    },
  };
}
