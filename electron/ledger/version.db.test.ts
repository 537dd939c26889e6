import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { takeOverClock } from '../../e2e/support/ledger-clock.ts';
import { fillLedger } from '../../e2e/support/random-ledger.ts';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { ledgerOptionsOf } from './ledger-options.ts';

let own: TestLedger;
let ledger: Ledger;

const newLedger = () =>
  new Ledger(
    parseConnectionUrl(own.server.readerUrl),
    () => undefined,
    ledgerOptionsOf(defaultSettings),
  );

beforeAll(async () => {
  own = await startTestLedger();
  ledger = newLedger();
});

afterAll(async () => {
  await ledger.close(2000);
  await own.close();
});

const columns = `opportunity_id, opportunity_type, market_id, venue, side, outcome, quantity, price,
  expected_edge`;
const values = "'unknown', 'm', 'v', 'buy', 'YES', 1, 0.5, 0";

test('the version changes with a commit and with nothing else', async () => {
  await own.engine.query(`insert into paper_trades (${columns}) values ('one', ${values})`);
  const before = await ledger.read(8000);
  expect((await ledger.probe(1500)).token).toBe(before.token);
  await own.engine.query('begin');
  await own.engine.query('update paper_trades set fees = 1');
  expect((await ledger.probe(1500)).token).toBe(before.token);
  await own.engine.query('commit');
  expect((await ledger.probe(1500)).token).not.toBe(before.token);
});

test('rows committed while a snapshot begins are no rows from the future', async () => {
  await fillLedger(own.engine, []);
  const writers = await Promise.all([own.connect(), own.connect()]);
  let writing = true;
  const work = writers.map(async (writer, name) => {
    for (let row = 0; writing; row += 1) {
      await writer.query(`insert into paper_trades (${columns}) values ($1, ${values})`, [
        `busy-${name}-${row}`,
      ]);
      // Else the ledger outgrows the time of the test.
      await delay(1);
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

test('a rollover moves the figures without a commit, when the last reading said it would', async () => {
  await fillLedger(own.engine, []);
  await own.engine.query(`insert into paper_trades (${columns}, status, realized_pnl, resolved_at)
    values ('closed today', ${values}, 'closed', 5, '2026-11-23T12:00:00Z')`);
  const clock = await takeOverClock(own);
  await clock.goOnFrom('2026-11-23T23:59:57Z');
  const rolling = newLedger();
  try {
    const before = await rolling.read(8000);
    expect(before.snapshot.day.name).toBe('2026-11-23');
    expect(before.snapshot.today.pnl.value).toBe('5');
    expect(before.validUntil).toBe('2026-11-24T00:00:00.000000Z');
    await delay(3200);
    expect((await rolling.probe(1500)).token).toBe(before.token);
    const { snapshot, validUntil } = await rolling.read(8000);
    expect(snapshot.day.name).toBe('2026-11-24');
    expect(snapshot.today.pnl.value).toBe('0');
    expect(snapshot.figures['month-pnl'].value).toBe('5');
    expect(validUntil).toBe('2026-11-25T00:00:00.000000Z');
  } finally {
    await rolling.close(2000);
  }
});
