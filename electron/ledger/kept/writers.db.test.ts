import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLedger, type TestLedger } from '../../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { parseConnectionUrl } from '../connection-profile.ts';
import { ledgerOptionsOf } from '../ledger-options.ts';
import { LedgerPool } from '../pool.ts';
import { relationOf } from '../scope.ts';
import { askPlainly, openScope, readingOf, withSeries } from '../snapshot.ts';
import { startWriters, type Writers } from '../test-support/writers.ts';
import { KeptHistory, type Tuning } from './kept-history.ts';

const settings = { ...defaultSettings, tradingDay: { zone: 'America/New_York', rollHour: 17 } };
const options = ledgerOptionsOf(settings);

let own: TestLedger;
let pool: LedgerPool;
let clients: pg.Client[];

beforeAll(async () => {
  own = await startTestLedger();
  pool = new LedgerPool(parseConnectionUrl(own.server.readerUrl), () => undefined);
  clients = await Promise.all([1, 2, 3, 4, 5, 6].map(() => own.connect()));
});

afterAll(async () => {
  await Promise.allSettled(clients.map((client) => client.end()));
  await pool.close(2000);
  await own.close();
});

/** Between two surveys where they are rare. */
const healMs = 500;

interface Comparison {
  readonly kept: Snapshot;
  /** Names of what kept history said otherwise than plain SQL in the same database snapshot. */
  readonly wrong: readonly string[];
  readonly atMs: number;
  /** How long the next survey may be away: it comes after a hundred times what the last one cost. */
  readonly healsWithinMs: number;
}

/** Reads kept history and plain SQL in one transaction; null while history is loaded. */
async function compare(history: KeptHistory): Promise<Comparison | null> {
  const both = await pool.withSession(8000, async ({ db }) => {
    const source = { db, ...relationOf(options), options };
    const opened = await openScope(source);
    const answers = await history.read(opened, '');
    const plain = await askPlainly(opened.scope);
    await db.execute('commit');
    return { opened, answers, plain };
  });
  const { opened, answers, plain } = both;
  if (answers === null) return null;
  const whole = await history.finish(answers, options);
  const shared = { options, roleCanWrite: false };
  const note = (sentence: string): void => {
    throw new Error(sentence);
  };
  const kept = readingOf({ ...whole, ...shared }, note);
  const truth = readingOf(
    { answers: withSeries(plain, opened), restatements: [], ...shared },
    note,
  );
  const [said, meant] = [flat(kept), flat(truth)];
  const names = new Set([...said.keys(), ...meant.keys()]);
  const wrong = [...names].filter((name) => said.get(name) !== meant.get(name));
  const healsWithinMs = 2 * Math.max(healMs, 100 * (history.report().surveyMs ?? 0));
  return { kept: kept.snapshot, wrong, atMs: performance.now(), healsWithinMs };
}

/** Every published value by its path; the server's slots are of the moment, restatements are marks. */
function flat({ snapshot, validUntil }: { snapshot: Snapshot; validUntil: string }) {
  const values = new Map<string, string>();
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) add(`${name}.${key}`, each);
    } else values.set(name, String(value));
  };
  const { server: _slots, restatements: _marks, ...figures } = snapshot;
  add('', { ...figures, validUntil });
  return values;
}

async function watch(history: KeptHistory, writers: Writers, forMs: number) {
  const seen: Comparison[] = [];
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    const comparison = await compare(history);
    if (comparison !== null) seen.push(comparison);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await writers.stop();
  return seen;
}

const seconds = Number(process.env.PLUMBLINE_WRITERS_S ?? '12');

test('a ledger that every refresh surveys is never wrong, whatever writers do at once', async () => {
  const writers = await startWriters(own, clients, { truncates: true });
  const history = new KeptHistory();
  const seen = await watch(history, writers, seconds * 1000);
  expect(seen.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(seen.length).toBeGreaterThan(20);
  // Each kind of write took place.
  expect(Object.values(writers.done).every((count) => count > 0)).toBe(true);
  expect(await compare(history)).toMatchObject({ wrong: [] });
  console.info(`${seen.length} comparisons, 0 misses; writes: ${JSON.stringify(writers.done)}`);
}, 120_000);

const rare: Tuning = { rowsSurveyedAlways: 0, surveyEveryMs: healMs };

test('where surveys are rare, what is wrong heals in time and leaves its mark', async () => {
  const writers = await startWriters(own, clients, { truncates: false });
  const history = new KeptHistory(false, rare);
  const seen = await watch(history, writers, seconds * 1000);
  let misses = 0;
  let wrongSince: Comparison | null = null;
  const unhealed: string[] = [];
  const unmarked: string[] = [];
  for (const comparison of seen) {
    if (comparison.wrong.length > 0) {
      misses += 1;
      wrongSince ??= comparison;
      if (comparison.atMs - wrongSince.atMs > comparison.healsWithinMs)
        unhealed.push(...comparison.wrong);
      continue;
    }
    if (wrongSince === null) continue;
    const { restatements } = comparison.kept;
    const before = wrongSince.kept.asOf;
    if (!restatements.some(({ at }) => at > before)) unmarked.push(...wrongSince.wrong);
    wrongSince = null;
  }
  console.info(
    `${seen.length} comparisons, ${misses} misses; writes: ${JSON.stringify(writers.done)}`,
  );
  expect({ unhealed, unmarked }).toEqual({ unhealed: [], unmarked: [] });
  expect(seen.length).toBeGreaterThan(20);
  // Amendments and deletions of old rows cannot be seen without a survey: the test would be no test.
  expect(misses).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, seen.at(-1)?.healsWithinMs ?? healMs));
  expect(await compare(history)).toMatchObject({ wrong: [] });
}, 120_000);
