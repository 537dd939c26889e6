import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError, Pool, type PoolClient } from 'pg';
import { readLiveStart } from './attach.ts';
import { createHistory, type History } from './history.ts';
import { createLedgerTables, indexDdl } from './ledger-ddl.ts';
import { insertLiveOrders, insertTrades, writeEvent } from './ledger-writer.ts';
import { type LiveEvent, LiveFeed } from './live-feed.ts';
import { createMarkets } from './markets.ts';
import { createRandom } from './random.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

/** What an engine needs to start trading. */
export interface EngineOptions {
  /** A database that it may write to. */
  readonly url: string;
  readonly scenario: ScenarioName;
  readonly seed: number;
  /** Gets one line when something goes wrong and when it is over; never a secret. */
  readonly log: (line: string) => void;
  /** Fixed mean time between events, instead of the scenario's. */
  readonly intervalMs?: number;
  /** Ends by itself after so many events. */
  readonly maxEvents?: number;
  /** A history made beforehand, while the database was still starting. */
  readonly history?: History;
}

/** An engine at work. */
export interface RunningEngine {
  /** How many rows of history were written, or null when the ledger had rows already. */
  readonly seededRows: number | null;
  /** Resolves when it has ended: stopped, or out of events. */
  readonly done: Promise<void>;
  /** Ends it and closes its connections. */
  stop(): Promise<void>;
}

/** No session could be opened; the cause is the driver's error. */
export class CannotConnectError extends Error {}

const retryFloorMs = 500;
const retryCeilingMs = 5_000;

/** Seeds an empty ledger, then trades. Resolves when the history is in. */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const pool = createPool(options);
  try {
    const seededRows = await withClient(pool, (client) => seedWhenEmpty(client, options));
    const start = await readLiveStart(pool);
    const markets = createMarkets(options.seed, Date.now());
    // The time goes into the label: an engine that goes on must not repeat the ids of the last one.
    const random = createRandom(options.seed, `live ${Date.now()}`);
    const scenario = scenarios[options.scenario];
    const feed = new LiveFeed({ random, markets, scenario }, start);
    const ending = new AbortController();
    const done = trade(pool, feed, options, random, ending.signal).finally(() => pool.end());
    const stop = (): Promise<void> => {
      ending.abort();
      return done;
    };
    return { seededRows, done, stop };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function createPool({ url, log }: EngineOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 2,
    application_name: 'trading-engine',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    keepAlive: true,
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', () => log('The trading engine lost an idle connection.'));
  return pool;
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw new CannotConnectError('The trading engine cannot connect.', { cause });
  });
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** History is written only into an empty ledger; somebody's rows are never added to. */
async function seedWhenEmpty(client: PoolClient, options: EngineOptions): Promise<number | null> {
  await client.query('BEGIN');
  try {
    // Indexes are built after the rows are in, which is faster than keeping them up meanwhile.
    const created = await createLedgerTables(client, { indexes: 'later' });
    const rows = await insertHistory(client, options);
    if (created.includes('paper_trades')) await client.query(indexDdl);
    // A smaller sample tells the planner enough, and the start waits for it.
    await client.query('SET LOCAL default_statistics_target = 25');
    if (rows !== null) await client.query('ANALYZE paper_trades, live_trades');
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await rollBack(client, options.log);
    throw error;
  }
}

async function insertHistory(client: PoolClient, options: EngineOptions): Promise<number | null> {
  const { rows } = await client.query<{ isEmpty: boolean; nowMs: number }>(
    `SELECT NOT EXISTS (SELECT FROM paper_trades) AS "isEmpty",
       extract(epoch FROM now())::float8 * 1000 AS "nowMs"`,
  );
  if (!rows[0]?.isEmpty) {
    // Inserting no rows fails as inserting some would, before anything was promised to a person.
    await insertTrades(client, []);
    await insertLiveOrders(client, []);
    return null;
  }
  const { isBare } = scenarios[options.scenario];
  const plan = { seed: options.seed, nowMs: Math.floor(rows[0].nowMs), isBare };
  const history = options.history ?? createHistory(plan);
  await insertTrades(client, history.trades);
  await insertLiveOrders(client, history.orders);
  return history.trades.length + history.orders.length;
}

/** The first error is the one to tell; a failed rollback only means that the session is gone. */
async function rollBack(client: PoolClient, log: (line: string) => void): Promise<void> {
  await client.query('ROLLBACK').catch(() => log('The trading engine lost its connection.'));
}

async function trade(
  pool: Pool,
  feed: LiveFeed,
  options: EngineOptions,
  random: ReturnType<typeof createRandom>,
  ending: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  const scenario = scenarios[options.scenario];
  let events = 0;
  let retryMs = 0;
  while (!ending.aborted && events < (options.maxEvents ?? Number.POSITIVE_INFINITY)) {
    const elapsedMs = performance.now() - startedAt;
    const meanMs = options.intervalMs ?? scenario.intervalMs(elapsedMs);
    if (!(await pause(retryMs || jitter(meanMs, random.next()), ending))) return;
    const event = feed.next(Date.now(), performance.now() - startedAt);
    const problem = await apply(pool, event);
    if (problem === null) {
      feed.applied(event);
      events += 1;
      if (retryMs > 0) options.log('The trading engine writes again.');
      retryMs = 0;
    } else {
      if (retryMs === 0) options.log(`The trading engine cannot write (${problem}).`);
      retryMs = Math.min(retryCeilingMs, Math.max(retryFloorMs, retryMs * 2));
    }
  }
}

/** Null when the event was written, or else a word on why not. */
async function apply(pool: Pool, event: LiveEvent): Promise<string | null> {
  try {
    await writeEvent(pool, event);
    return null;
  } catch (error) {
    return error instanceof DatabaseError ? `SQLSTATE ${error.code}` : 'connection lost';
  }
}

/** From half to one and a half times the mean. */
function jitter(meanMs: number | null, chance: number): number | null {
  return meanMs === null ? null : meanMs * (0.5 + chance);
}

/** Whether the time passed; false when the end came first. A null waits for the end. */
async function pause(timeMs: number | null, ending: AbortSignal): Promise<boolean> {
  const longestMs = 2 ** 31 - 1;
  return delay(timeMs ?? longestMs, true, { signal: ending }).catch(() => false);
}
