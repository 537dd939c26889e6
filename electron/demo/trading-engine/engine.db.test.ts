import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres.ts';
import { readLiveStart } from './attach.ts';
import { CannotConnectError, startEngine } from './engine.ts';
import { createLedgerTables } from './ledger-ddl.ts';
import { writeEvent } from './ledger-writer.ts';
import { LiveFeed } from './live-feed.ts';
import { createMarkets } from './markets.ts';
import { createRandom } from './random.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

let dir: string;
let server: EmbeddedPostgres;
let admin: Client;
const lines: string[] = [];

/** The classes of the ledger, and what tells a change from none. */
const summary = `
  SELECT count(*)::int AS rows,
    count(*) FILTER (WHERE NOT risk_approved)::int AS rejected,
    count(*) FILTER (WHERE executed AND status = 'open')::int AS open,
    count(*) FILTER (WHERE executed AND status IN ('closed', 'resolved'))::int AS closed,
    coalesce(sum(realized_pnl), 0)::float8 AS pnl,
    coalesce(sum(realized_pnl) FILTER (WHERE resolved_at < now() - interval '1 day'), 0)::float8
      AS "oldPnl",
    count(*) FILTER (WHERE resolved_at < now() - interval '1 day')::int AS "oldRows",
    count(*) FILTER (WHERE resolved_at < created_at OR created_at > now() OR resolved_at > now()
      OR (realized_pnl IS NOT NULL AND executed AND status = 'open'))::int AS anomalies,
    (SELECT count(*)::int FROM live_trades) AS orders,
    (SELECT count(DISTINCT status)::int FROM live_trades) AS "orderStates"
  FROM (SELECT *, risk_approved AND risk_rejection_reason IS NULL AS executed FROM paper_trades) t`;

interface Summary {
  readonly rows: number;
  readonly rejected: number;
  readonly open: number;
  readonly closed: number;
  readonly pnl: number;
  readonly oldPnl: number;
  readonly oldRows: number;
  readonly anomalies: number;
  readonly orders: number;
  readonly orderStates: number;
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'plumbline-engine-'));
  server = await startEmbeddedPostgres({ dir });
  admin = await connect(server.admin());
});

afterAll(async () => {
  await admin.end();
  await server.stop('immediate');
  await rm(dir, { recursive: true, force: true });
});

beforeEach(async () => {
  lines.length = 0;
  await admin.query('DROP TABLE IF EXISTS paper_trades, live_trades');
});

/** Seeds, notes how things stand, lets so many events happen, and notes it again. */
async function play(scenario: ScenarioName, maxEvents: number) {
  const seeding = await startEngine({ ...options(scenario), maxEvents: 0 });
  await seeding.done;
  const before = await look();
  const trading = await startEngine({ ...options(scenario), maxEvents, intervalMs: 1 });
  await trading.done;
  expect(trading.seededRows).toBeNull();
  expect(lines).toEqual([]);
  return { before, after: await look() };
}

function options(scenario: ScenarioName) {
  const log = (line: string): void => void lines.push(line);
  return { url: server.engineUrl, scenario, seed: 11, log };
}

describe('the engine on a real ledger', () => {
  it('seeds an empty database with thirty days and their statistics', async () => {
    const { before } = await play('steady', 0);
    expect(before.rows).toBeGreaterThan(5_900);
    expect(before.anomalies).toBe(0);
    expect(before.open).toBeGreaterThan(9);
    expect(before.pnl).toBeGreaterThan(200);
    expect(before.orderStates).toBe(6);
    const { rows } = await admin.query(
      "SELECT reltuples::int AS n FROM pg_class WHERE relname = 'paper_trades'",
    );
    expect(rows).toEqual([{ n: before.rows }]);
  });

  it('opens, closes, rejects and orders when steady', async () => {
    const { before, after } = await play('steady', 250);
    expect(after.rows).toBeGreaterThan(before.rows + 60);
    expect(after.closed).toBeGreaterThan(before.closed + 60);
    expect(after.rejected).toBeGreaterThan(before.rejected);
    expect(after.orders).toBeGreaterThan(before.orders);
    expect(after.open).toBeLessThan(60);
    expect({ rows: after.oldRows, pnl: after.oldPnl, anomalies: after.anomalies }).toEqual({
      rows: before.oldRows,
      pnl: before.oldPnl,
      anomalies: 0,
    });
  });

  it('only loses in a losing streak', async () => {
    const { before, after } = await play('losing-streak', 250);
    expect(after.pnl).toBeLessThan(before.pnl - 100);
  });

  it('corrects old rows in an amendment', async () => {
    const { before, after } = await play('amendment', 120);
    expect(after.oldPnl).not.toBe(before.oldPnl);
    expect(after.oldRows).toBe(before.oldRows);
  });

  it('deletes old rows in a deletion', async () => {
    const { before, after } = await play('deletion', 120);
    expect(after.oldRows).toBeLessThan(before.oldRows);
  });

  it('never closes when all is open', async () => {
    const { before, after } = await play('all-open', 150);
    expect(before.closed).toBe(0);
    expect(after.closed).toBe(0);
    expect(after.open).toBeGreaterThan(before.open + 60);
    const { rows } = await admin.query(
      'SELECT DISTINCT status, opportunity_type, fees, realized_pnl FROM paper_trades',
    );
    expect(rows).toEqual([
      { status: 'open', opportunity_type: 'unknown', fees: '0', realized_pnl: null },
    ]);
  });

  it.each(['quiet', 'engine-dead'] as const)('leaves the history alone when %s', async (name) => {
    const engine = await startEngine(options(name));
    const before = await look();
    await delay(300);
    await engine.stop();
    expect(await look()).toEqual(before);
  });

  it('writes about twenty times a second in a burst', async () => {
    const engine = await startEngine(options('burst'));
    const before = await look();
    await delay(2_500);
    await engine.stop();
    const after = await look();
    const changes = after.rows + after.closed + after.orders;
    expect(changes - before.rows - before.closed - before.orders).toBeGreaterThanOrEqual(15);
  });

  it('dips and recovers in the ledger itself, told in fast motion', async () => {
    const { before } = await play('steady', 0);
    const scenario = scenarios['dip-and-recovery'];
    const random = createRandom(5, 'fast motion');
    const world = { random, scenario, markets: createMarkets(11, Date.now()) };
    const feed = new LiveFeed(world, await readLiveStart(admin));
    const depths: number[] = [];
    for (let ms = 0; ms < 150_000; ms += scenario.intervalMs(ms) ?? Number.POSITIVE_INFINITY) {
      const event = feed.next(Date.now(), ms);
      await writeEvent(admin, event);
      feed.applied(event);
      if (event.kind === 'close') depths.push((await sumPnl()) - before.pnl);
    }
    expect(Math.min(...depths)).toBeLessThan(-60);
    expect(Math.abs(depths.at(-1) ?? Number.NaN)).toBeLessThan(15);
  });

  it('adds no history to rows that are there', async () => {
    await createLedgerTables(admin);
    await admin.query('GRANT ALL ON paper_trades, live_trades TO plumbline_engine');
    await admin.query(`INSERT INTO paper_trades
      (opportunity_id, opportunity_type, market_id, venue, side, outcome, quantity, price, expected_edge)
      VALUES ('mine', 'unknown', 'kalshi:x', 'kalshi', 'buy', 'YES', 10, 'NaN', 'Infinity')`);
    const engine = await startEngine({ ...options('steady'), maxEvents: 5, intervalMs: 1 });
    await engine.done;
    expect(engine.seededRows).toBeNull();
    expect((await look()).rows).toBeLessThan(15);
  });

  it('holds two connections at most, under its own name, and none after its end', async () => {
    const engine = await startEngine({ ...options('burst'), intervalMs: 2 });
    const counts: number[] = [];
    for (let look = 0; look < 20; look += 1) {
      counts.push(await countSessions());
      await delay(10);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(2);
    expect(Math.max(...counts)).toBeGreaterThan(0);
    await engine.stop();
    await expect.poll(countSessions, { timeout: 3_000 }).toBe(0);
  });

  it('survives a restart of the server and writes again', async () => {
    const engine = await startEngine({ ...options('steady'), intervalMs: 5 });
    await admin.end();
    await server.stop('fast');
    await delay(300);
    await server.start();
    admin = await connect(server.admin());
    const { rows } = await look();
    await expect.poll(async () => (await look()).rows, { timeout: 8_000 }).toBeGreaterThan(rows);
    await engine.stop();
    expect(lines.join()).toContain('cannot write');
    expect(lines.at(-1)).toBe('The trading engine writes again.');
  });

  it('says that it cannot connect, apart from other errors', async () => {
    const url = server.engineUrl.replace(/:[0-9a-f]{48}@/, ':wrong@');
    await expect(startEngine({ ...options('steady'), url })).rejects.toThrow(CannotConnectError);
    await expect(startEngine({ ...options('steady'), url: server.readerUrl })).rejects.not.toThrow(
      CannotConnectError,
    );
  });
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function look(): Promise<Summary> {
  const { rows } = await admin.query<Summary>(summary);
  if (!rows[0]) throw new Error('The summary has no row.');
  return rows[0];
}

async function sumPnl(): Promise<number> {
  const { rows } = await admin.query<{ pnl: number }>(
    'SELECT sum(realized_pnl)::float8 AS pnl FROM paper_trades',
  );
  return rows[0]?.pnl ?? 0;
}

async function countSessions(): Promise<number> {
  const { rows } = await admin.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'trading-engine'",
  );
  return rows[0]?.n ?? 0;
}
