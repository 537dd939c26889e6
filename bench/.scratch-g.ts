import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { fillLedger } from './ledgers.ts';
import { readTradePageOf } from '../electron/ledger/snapshot.ts';
import { relationOf } from '../electron/ledger/scope.ts';
import { ledgerOptionsOf } from '../electron/ledger/ledger-options.ts';
import { defaultSettings } from '../shared/settings.ts';
import { tradeQuerySchema } from '../shared/trade-page.ts';
import { writeCursor } from '../electron/ledger/trade-cursor.ts';

const t0 = performance.now();
const filled = await fillLedger(Number(process.argv[2] ?? 1000000));
console.log('filled', Math.round(performance.now() - t0));
const client = new pg.Client(filled.own.server.readerUrl);
await client.connect();
await client.query("set jit=off; set max_parallel_workers_per_gather=0");
let last = { q: '', p: [] as unknown[] };
const db = drizzle({ client, logger: { logQuery: (q: string, p: unknown[]) => { if (/order by/.test(q)) last = { q, p }; } } });
const options = ledgerOptionsOf(defaultSettings);
const src = { db, ...relationOf(options), options };
const { rows: [mid] } = await client.query(`select to_char(created_at at time zone 'UTC','YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as c, id from paper_trades order by created_at desc offset ${Number(process.argv[2] ?? 1000000) / 2} limit 1`);
for (const f of [{}, { deep: 1 }, { class: 'open' }, { class: 'failed' }, {class:'other'}, { class: 'scored', deep: 1 }, { market: 'kalshi:m7' }, { market: 'kalshi:m7', deep: 1 }, { venue: 'none' }, { strategy: 'none' }, {class:'undated'}, {class:'unscored'}] as any[]) {
  const { deep, ...filters } = f;
  const base = tradeQuerySchema.safeParse({ limit: 50, ...filters });
  if (!base.success) { console.log(JSON.stringify(f), 'no such query'); continue; }
  const query = deep ? { ...base.data, cursor: writeCursor('L', base.data, { createdAt: mid.c, id: mid.id }) } : base.data;
  const t = performance.now();
  const page = await readTradePageOf(src as any, query, 'L');
  const took = performance.now() - t;
  const { rows } = await client.query(`explain (analyze, buffers) ${last.q}`, last.p);
  const plan = rows.map((r: any) => r['QUERY PLAN']);
  console.log(JSON.stringify(f), page.trades.length, took.toFixed(1), 'ms', plan.at(-1));
  if (process.argv[3]) console.log(plan.join('\n'));
}
await client.end(); await filled.close();
