import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { type TradePage, type TradeQuery, tradeQuerySchema } from '../../shared/trade-page.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
import { relationOf } from './scope.ts';
import { readTradePageOf, type Source } from './snapshot.ts';
import { writeCursor } from './trade-cursor.ts';

const rows = 200_000;
const limit = 50;
const name = 'here';
let own: TestLedger;
let reader: pg.Client;
let source: Source;
/** The last statement that asked for a page. */
let asked = { text: '', values: [] as unknown[] };

beforeAll(async () => {
  own = await startTestLedger();
  // Three rows an instant, so that the id decides as well.
  await own.engine.query(
    `insert into paper_trades (created_at, opportunity_id, opportunity_type, market_id, venue, side, outcome,
       quantity, price, expected_edge, status)
     select '2026-01-01'::timestamptz + interval '1 minute' * (i / 3), 'o-' || i, 'arb', 'm-' || i % 200, 'v',
       'buy', 'YES', 1, 0.5, 0, case when i % 10 = 0 then 'closed' else 'open' end
     from generate_series(1, $1::int) as i`,
    [rows],
  );
  await own.engine.query('vacuum analyze paper_trades');
  reader = new pg.Client(own.server.readerUrl);
  await reader.connect();
  await reader.query('set default_transaction_read_only = on; set jit = off');
  const logQuery = (text: string, values: unknown[]): void => {
    if (text.includes('order by')) asked = { text, values };
  };
  const options = ledgerOptionsOf(defaultSettings);
  const db = drizzle({ client: reader, logger: { logQuery } });
  source = { db, ...relationOf(options), options };
});

afterAll(async () => {
  await reader.end();
  await own.close();
});

const page = (wishes: Partial<TradeQuery>): Promise<TradePage> =>
  readTradePageOf(source, tradeQuerySchema.parse({ limit, ...wishes }), name);

const countSchema = z.object({ rows: z.tuple([z.object({ 'QUERY PLAN': z.array(z.unknown()) })]) });

type Node = z.infer<typeof nodeSchema>;
const nodeSchema = z.object({
  'Node Type': z.string(),
  'Index Cond': z.optional(z.string()),
  'Actual Rows': z.number(),
  'Rows Removed by Filter': z.optional(z.number()),
  get Plans() {
    return z.optional(z.array(nodeSchema));
  },
});

/** The node at the bottom of the plan of the page that was asked for last, as it was carried out. */
async function scanOfLast(): Promise<Node> {
  const explained = await reader.query(
    `explain (analyze, format json) ${asked.text}`,
    asked.values,
  );
  const plan = countSchema.parse(explained).rows[0]['QUERY PLAN'][0];
  let node = z.object({ Plan: nodeSchema }).parse(plan).Plan;
  while (node.Plans?.[0] !== undefined) node = node.Plans[0];
  return node;
}

/** The page after so many rows; the way there is not walked. */
async function pageAfter(depth: number, wishes: Partial<TradeQuery>): Promise<TradePage> {
  if (depth === 0) return page(wishes);
  const { rows: ends } = await reader.query(
    `select id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt"
     from paper_trades order by created_at desc, id desc offset $1 limit 1`,
    [depth],
  );
  const end = z.object({ id: z.string(), createdAt: z.string() }).parse(ends[0]);
  return page({ ...wishes, cursor: writeCursor(name, tradeQuerySchema.parse(wishes), end) });
}

test.each<[string, number, Partial<TradeQuery>]>([
  ['the first page', 0, {}],
  ['a page at a quarter', rows / 4, {}],
  ['the last page', rows - 200, {}],
  ['the first page of a class', 0, { class: 'open' }],
  ['a page of a class at a fifth', rows / 5, { class: 'open' }],
])('%s reads the rows of one page from the index', async (_what, depth, wishes) => {
  const { trades } = await pageAfter(depth, wishes);
  expect(trades).toHaveLength(limit);
  const scan = await scanOfLast();
  expect(scan['Node Type']).toBe('Index Scan');
  if (depth > 0) expect(scan['Index Cond']).toContain('created_at <=');
  // Some more of the last instant, which are sorted by id, and what the filter leaves out.
  const looked = scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0);
  expect(looked).toBeLessThan(2 * limit);
});
