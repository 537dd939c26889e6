import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askOracle, askOracleByType } from '../../e2e/support/oracle.ts';
import { fillLedger, randomLedger } from '../../e2e/support/random-ledger.ts';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { addDecimals, parseDecimal, printDecimal, zero } from '../../shared/decimal.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { defaultRelations } from './schema.ts';
import { relationOf } from './scope.ts';

let own: TestLedger;
let engine: TestLedger['engine'];
let ledger: Ledger;

beforeAll(async () => {
  own = await startTestLedger();
  engine = own.engine;
  ledger = new Ledger(parseConnectionUrl(own.server.readerUrl), () => undefined);
});

afterAll(async () => {
  await ledger.close(2000);
  await own.close();
});

const textOf = (figure: Figure): string | null => (figure.kind === 'value' ? figure.value : null);

/** The snapshot's figures by the oracle's names. */
const figuresOf = (snapshot: Snapshot) => ({
  ...Object.fromEntries(
    Object.entries({ ...snapshot.counts, ...snapshot.outcomes }).map(([k, v]) => [k, String(v)]),
  ),
  allTimePnl: textOf(snapshot.allTimePnl),
  openExposure: textOf(snapshot.openExposure),
  fees: textOf(snapshot.fees),
  turnover: textOf(snapshot.turnover),
  dayPnl: textOf(snapshot.today.pnl),
  dayCloses: String(snapshot.today.closes),
  dayUnscored: String(snapshot.today.unscored),
  dayPeak: textOf(snapshot.today.peak),
  winRate: textOf(snapshot.winRate.rate),
  newestRow: snapshot.newestRowAt,
});

test('every figure equals independent SQL on random ledgers', async () => {
  await fc.assert(
    fc.asyncProperty(randomLedger, async (rows) => {
      await fillLedger(engine, rows);
      const { snapshot } = await ledger.read(8000);
      expect(figuresOf(snapshot)).toEqual(await askOracle(engine));
      const types = await askOracleByType(engine);
      const shown = snapshot.byOpportunityType.map(({ type, trades, open, pnl }) => ({
        ...{ type, trades, open, pnl: textOf(pnl) },
      }));
      const byName = (a: { type: string }, b: { type: string }) => (a.type < b.type ? -1 : 1);
      expect(shown.sort(byName)).toEqual(types.sort(byName));
    }),
    { numRuns: 150 },
  );
}, 120_000);

test('the predicates of the row classes agree with the class that each row is given', async () => {
  const { t, is } = relationOf({ paperTrades: defaultRelations.paperTrades, pnlIsGross: false });
  const closed = sql`${is.name} in ('scored', 'unscored')`;
  const pairs = [
    ...(['rejected', 'failed', 'open', 'other', 'scored', 'unscored'] as const).map(
      (name) => [is[name], sql`${is.name} = ${name}`] as const,
    ),
    [is.closed, closed] as const,
    [is.executed, sql`(${closed} or ${is.name} in ('open', 'other'))`] as const,
    [
      is.undated,
      sql`(${is.scored} and (${t.resolvedAt} is null or not isfinite(${t.resolvedAt})))`,
    ] as const,
  ];
  const disagreement = sql.join(
    pairs.map(([predicate, expected]) => sql`coalesce(${predicate}, false) <> (${expected})`),
    sql` or `,
  );
  await fc.assert(
    fc.asyncProperty(randomLedger, async (rows) => {
      await fillLedger(engine, rows);
      const found = await drizzle({ client: engine })
        .select({ id: t.id })
        .from(t)
        .where(disagreement);
      expect(found).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('rows by type add up to the total, also beyond twenty types', async () => {
  await fillLedger(engine, []);
  await engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    select 'many-' || i, 'type-' || i % 90, 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', i * 0.01 - 3, now()
    from generate_series(1, 900) as i`);
  const { byOpportunityType, allTimePnl, counts } = (await ledger.read(8000)).snapshot;
  expect(byOpportunityType).toHaveLength(21);
  expect(byOpportunityType.at(-1)?.type).toBe('all others');
  const pnl = byOpportunityType.reduce(
    (sum, row) => addDecimals(sum, parseDecimal(textOf(row.pnl) ?? '0')),
    zero,
  );
  expect(printDecimal(pnl)).toBe(textOf(allTimePnl));
  expect(byOpportunityType.reduce((sum, { trades }) => sum + trades, 0)).toBe(counts.executed);
});

test('the days add up to what closed in them, and rejections lose their amounts', async () => {
  await fillLedger(engine, []);
  await engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at, risk_approved, risk_rejection_reason)
    select 'day-' || i, 'unknown', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', 1.25,
      date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - i * interval '1 day', true, null
    from generate_series(0, 40) as i
    union all select 'no-' || i, 'unknown', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'open', null, null,
      false, 'Position would exceed limit: $' || i || '.5 > $1,000' from generate_series(1, 9) as i`);
  const { days, rejections, today } = (await ledger.read(8000)).snapshot;
  expect(days).toHaveLength(30);
  expect(new Set(days.map(({ pnl, closes }) => `${closes}:${pnl}`))).toEqual(new Set(['1:1.25']));
  expect(textOf(today.pnl)).toBe('1.25');
  expect(rejections).toEqual([{ reason: 'Position would exceed limit: $# > $#', count: 9 }]);
});

test('the version changes with a commit and with nothing else', async () => {
  const before = await ledger.read(8000);
  expect((await ledger.probe(1500)).token).toBe(before.token);
  await engine.query('begin');
  await engine.query('update paper_trades set fees = 1');
  expect((await ledger.probe(1500)).token).toBe(before.token);
  await engine.query('commit');
  expect((await ledger.probe(1500)).token).not.toBe(before.token);
});

test('rows committed while a snapshot begins are no rows from the future', async () => {
  await fillLedger(engine, []);
  const writers = await Promise.all([own.connect(), own.connect()]);
  let writing = true;
  const work = writers.map(async (writer, name) => {
    for (let row = 0; writing; row += 1) {
      await writer.query(
        `insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome,
           quantity, price, expected_edge) values ($1, 'unknown', 'm', 'v', 'buy', 'YES', 1, 0.5, 0)`,
        [`busy-${name}-${row}`],
      );
    }
  });
  let contradictions = 0;
  let rows = 0;
  for (let round = 0; round < 100; round += 1) {
    const { counts } = (await ledger.read(8000)).snapshot;
    contradictions += counts.anomalies;
    rows = counts.all;
  }
  writing = false;
  await Promise.all(work);
  await Promise.all(writers.map((writer) => writer.end()));
  expect(rows).toBeGreaterThan(100);
  expect(contradictions).toBe(0);
});

test('a quiet ledger is read again when the slots of its server changed', async () => {
  const { snapshot, token } = await ledger.read(8000);
  const later = performance.now() + 11_000;
  const crowd = await Promise.all([own.connect(), own.connect(), own.connect()]);
  expect((await ledger.probe(1500)).token).toBe(token);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => later);
  await vi.waitFor(async () => expect((await ledger.probe(1500)).token).not.toBe(token), 3000);
  clock.mockRestore();
  expect((await ledger.read(8000)).snapshot.server.inUse).toBe(snapshot.server.inUse + 3);
  await Promise.all(crowd.map((client) => client.end()));
});
