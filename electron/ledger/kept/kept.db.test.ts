import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomSituation } from '../../../e2e/support/random-settings.ts';
import { bringAbout } from '../../../e2e/support/situation.ts';
import { startTestLedger } from '../../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { parseConnectionUrl } from '../connection-profile.ts';
import { Ledger } from '../ledger.ts';
import { ledgerOptionsOf } from '../ledger-options.ts';
import type { Reading } from '../snapshot.ts';
import { openTestedLedger, type TestedLedger } from '../test-support/tested-ledger.ts';

let tested: TestedLedger;

beforeAll(async () => {
  tested = await openTestedLedger();
});

afterAll(() => tested.close());

async function refresh(ledger: Ledger = tested.ledger): Promise<Reading> {
  for (;;) {
    const reading = await ledger.refresh(8000);
    if (reading !== null) return reading;
  }
}

test('kept history says what plain SQL says, on random ledgers under random settings', async () => {
  let [runs, kepts] = [0, 0];
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      await bringAbout(situation, tested.own, tested.clock);
      tested.ledger.configure(ledgerOptionsOf(situation.settings));
      const kept = await refresh();
      const plain = await tested.ledger.read(8000);
      runs += 1;
      if (tested.ledger.history().unfit === null) kepts += 1;
      expect({ ...kept.snapshot, restatements: [] }).toEqual(plain.snapshot);
      expect(kept.validUntil).toBe(plain.validUntil);
    }),
    { numRuns: 150 },
  );
  // The others are views, or have names that are too long to be kept.
  expect(kepts / runs).toBeGreaterThan(0.2);
}, 200_000);

test('nothing is written, even by a role that may do everything', async () => {
  const own = await startTestLedger();
  await own.admin.query(`alter system set autovacuum = off`);
  await own.admin.query(`select pg_reload_conf()`);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side,
      outcome, quantity, price, expected_edge, created_at, status, realized_pnl, resolved_at)
    select i::text, 'type', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, now() - interval '1 hour' * i, 'closed', 1, now()
    from generate_series(1, 9000) as i`);
  const standing = async () => {
    const { rows } =
      await own.admin.query(`select pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
        sum(n_tup_ins + n_tup_upd + n_tup_del)::text as tuples, pg_stat_force_next_flush() is null as flushed
      from pg_stat_user_tables`);
    return rows[0];
  };
  const before = await standing();
  const ledger = new Ledger(
    parseConnectionUrl(own.server.admin()),
    () => undefined,
    ledgerOptionsOf(defaultSettings),
    { rowsSurveyedAlways: 0, surveyEveryMs: 0 },
  );
  await refresh(ledger);
  ledger.audit();
  for (let round = 0; round < 5; round += 1) {
    await ledger.probe(2000);
    await refresh(ledger);
  }
  await ledger.read(8000);
  const { loaded, rowsSwept } = ledger.history();
  expect(loaded).toBe(1);
  expect(rowsSwept / 9000).toBeGreaterThanOrEqual(2);
  await ledger.close(2000);
  expect(await standing()).toEqual(before);
  await own.close();
}, 60_000);

test('a first load comes in slices, and what is committed between them is not missed', async () => {
  const own = await startTestLedger();
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side,
      outcome, quantity, price, expected_edge, created_at, status, realized_pnl, resolved_at)
    select i::text, 'type', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, now() - interval '1 minute' * i, 'closed', 1, now()
    from generate_series(1, 80000) as i`);
  const options = ledgerOptionsOf(defaultSettings);
  const ledger = new Ledger(parseConnectionUrl(own.server.readerUrl), () => undefined, options);
  let slices = 0;
  let reading: Reading | null = null;
  while (reading === null) {
    reading = await ledger.refresh(8000);
    slices += 1;
    if (slices > 1) continue;
    expect(reading).toBeNull();
    expect(ledger.history().loaded).toBeGreaterThan(0);
    expect(ledger.history().loaded).toBeLessThan(1);
    // Rows on either side of what is loaded already.
    await own.engine.query(
      `update paper_trades set realized_pnl = 3 where opportunity_id in ('1', '79999')`,
    );
    await own.engine.query(`delete from paper_trades where opportunity_id in ('2', '79998')`);
  }
  expect(slices).toBeGreaterThanOrEqual(2);
  const plain = await ledger.read(8000);
  expect(reading.snapshot.figures).toEqual(plain.snapshot.figures);
  expect(reading.snapshot.restatements).toEqual([]);
  await ledger.close(2000);
  await own.close();
}, 60_000);

test('a table that was emptied and filled anew is read anew, and past days are restated', async () => {
  const own = await startTestLedger();
  const fill = (pnl: number) =>
    own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side,
        outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
      values ('one', 'type', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', ${pnl}, now() - interval '2 days')`);
  await fill(5);
  const options = ledgerOptionsOf(defaultSettings);
  const ledger = new Ledger(parseConnectionUrl(own.server.readerUrl), () => undefined, options);
  expect((await refresh(ledger)).snapshot.restatements).toEqual([]);
  await own.engine.query('truncate paper_trades');
  await fill(0.9);
  const { snapshot } = await refresh(ledger);
  expect(snapshot.figures['all-time-pnl']).toMatchObject({ value: '0.9' });
  expect(snapshot.restatements).toMatchObject([
    { found: 'reload', days: [{ pnl: '-4.1', closes: 0 }] },
  ]);
  await ledger.close(2000);
  await own.close();
}, 60_000);
