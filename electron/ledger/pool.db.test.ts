import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { LedgerError } from './failures.ts';
import { LedgerPool, type Session } from './pool.ts';

let own: TestLedger;
let pool: LedgerPool;
const notes: string[] = [];

beforeAll(async () => {
  own = await startTestLedger();
});

afterAll(() => own.close());

beforeEach(() => {
  notes.length = 0;
  pool = new LedgerPool(parseConnectionUrl(own.server.readerUrl), (note) => notes.push(note));
});

afterEach(async () => {
  await pool.close(2000);
  await vi.waitFor(async () => expect(await own.backends()).toEqual([]), 5000);
});

const backendOf = async ({ db }: Session): Promise<number> => {
  const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return rows[0]?.pid ?? 0;
};

const sleep = (seconds: number) => (session: Session) =>
  session.db.execute(sql`select pg_sleep(${seconds})`);

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'no failure';
  } catch (error) {
    return error instanceof LedgerError ? error.failure.code : `unclassified: ${String(error)}`;
  }
};

const kill = (pid: number) => own.admin.query('select pg_terminate_backend($1)', [pid]);

test('sessions share one connection, and the session cannot write', async () => {
  const first = await pool.withSession(1000, backendOf);
  expect(await pool.withSession(1000, backendOf)).toBe(first);
  expect(await own.backends()).toEqual([first]);
  expect(
    await codeOf(pool.withSession(1000, ({ db }) => db.execute(sql`create temp table t (i int)`))),
  ).toBe('not-read-only');
});

test('a backend killed while idle is told, noted once and replaced', async () => {
  const lost = vi.fn();
  pool.onLost(lost);
  const first = await pool.withSession(1000, backendOf);
  expect(lost).not.toHaveBeenCalled();
  await kill(first);
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce(), 3000);
  expect(notes).toEqual(['A connection was lost (57P01).']);
  expect(await pool.withSession(1000, backendOf)).not.toBe(first);
});

test('a backend killed in the middle of a query rejects that query alone', async () => {
  const first = await pool.withSession(1000, backendOf);
  const slow = codeOf(pool.withSession(9000, sleep(8)));
  await delay(200);
  await kill(first);
  expect(await slow).toBe('terminated');
  expect(await pool.withSession(1000, backendOf)).not.toBe(first);
});

test('a backend killed between two queries of one session fails the session as a whole', async () => {
  const work = async (session: Session): Promise<string> => {
    await session.db.execute(sql`begin isolation level repeatable read read only`);
    await kill(await backendOf(session));
    await delay(200);
    await session.db.execute(sql`select 1`);
    return 'went on';
  };
  expect(await codeOf(pool.withSession(5000, work))).toBe('terminated');
  expect(await pool.withSession(1000, backendOf)).toBeGreaterThan(0);
});

test('a session that outlives its deadline is cancelled at the server', async () => {
  const before = performance.now();
  expect(await codeOf(pool.withSession(300, sleep(30)))).toBe('too-slow');
  expect(performance.now() - before).toBeLessThan(1200);
  const { rows } = await own.admin.query(
    "select 1 from pg_stat_activity where query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()",
  );
  expect(rows).toEqual([]);
});

test('the server stops a statement before the client gives up on it', async () => {
  expect(await codeOf(pool.withSession(20_000, sleep(30)))).toBe('too-slow');
}, 15_000);

test('a backend that answers nothing is left behind, counted, and ended once the server can', async () => {
  const stuck = await pool.withSession(1000, backendOf);
  process.kill(stuck, 'SIGSTOP');
  try {
    expect(await codeOf(pool.withSession(300, backendOf))).toBe('unreachable');
    const next = await pool.withSession(2000, backendOf);
    expect(next).not.toBe(stuck);
    expect(pool.held()).toBe(2);
    expect((await own.backends()).length).toBeLessThanOrEqual(3);
  } finally {
    process.kill(stuck, 'SIGCONT');
  }
  await vi.waitFor(async () => {
    await pool.withSession(1000, backendOf);
    expect(pool.held()).toBe(1);
  }, 5000);
});

test('a hundred sessions at once take one connection, or two when two are allowed', async () => {
  const together = () =>
    Promise.all(Array.from({ length: 100 }, () => pool.withSession(5000, backendOf)));
  expect(new Set(await together()).size).toBe(1);
  pool.allow(2);
  expect(new Set(await together()).size).toBe(2);
  pool.allow(1);
  await together();
  expect(pool.held()).toBe(1);
});

test('closing ends what is under way at the server too', async () => {
  const slow = codeOf(pool.withSession(20_000, sleep(30)));
  await vi.waitFor(async () => expect(await own.backends()).toHaveLength(1), 2000);
  await delay(100);
  const before = performance.now();
  await pool.close(2000);
  expect(performance.now() - before).toBeLessThan(1000);
  expect(await slow).toBe('too-slow');
  expect(await codeOf(pool.withSession(1000, backendOf))).not.toBe('no failure');
});

test('a cancel that comes too late for its query does not hit the next one', async () => {
  for (let round = 0; round < 30; round += 1) {
    await codeOf(pool.withSession(20, sleep(0.02)));
    expect(await codeOf(pool.withSession(2000, sleep(0.01)))).toBe('no failure');
  }
});

test('nothing of the environment fills in for a password that is not given', async () => {
  const url = new URL(own.server.readerUrl);
  vi.stubEnv('PGPASSWORD', decodeURIComponent(url.password));
  url.password = '';
  const bare = new LedgerPool(parseConnectionUrl(url.href), () => undefined);
  expect(await codeOf(bare.withSession(1000, backendOf))).toBe('authentication');
  await bare.close(1000);
  vi.unstubAllEnvs();
});
