import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { type ConnectionProfile, parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { type LedgerOptions, ledgerOptionsOf } from './ledger-options.ts';

let own: TestLedger;
let profile: ConnectionProfile;

beforeAll(async () => {
  own = await startTestLedger({ maxConnections: 24 });
  profile = parseConnectionUrl(own.server.readerUrl);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, status, realized_pnl, fees, resolved_at)
    values ('a', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 'closed', 2.5, 0.25, now()),
      ('b', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 'closed', -1, 'NaN', now()),
      ('c', 'unknown', 'm', 'v', 'buy', 'YES', 'NaN', 0.4, 0.02, 'open', null, 0, null),
      ('d', 'unknown', 'm', 'v', 'buy', 'YES', 7, 0.4, 0.02, 'open', null, 0, null)`);
});

afterAll(() => own.close());

async function withLedger<T>(
  options: Partial<LedgerOptions>,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const usual = ledgerOptionsOf(defaultSettings);
  const ledger = new Ledger(profile, () => undefined, { ...usual, ...options });
  try {
    return await work(ledger);
  } finally {
    await ledger.close(2000);
  }
}

const read = async (options: Partial<LedgerOptions>) =>
  (await withLedger(options, (ledger) => ledger.read(8000))).snapshot;

test('a gross P&L loses its fees, and is no P&L where the fees are no number', async () => {
  expect((await read({})).figures['all-time-pnl'].value).toBe('1.5');
  const gross = await read({ pnlIsGross: true });
  expect(gross.figures['all-time-pnl'].value).toBe('2.25');
  expect(gross.counts).toMatchObject({ scored: 1, unscored: 1 });
});

test('stakes and fees that are no numbers are left out of sums and counted', async () => {
  const { counts, figures } = await read({});
  expect(counts).toMatchObject({ open: 2, oddQuantities: 1, oddFees: 1 });
  const sums = [figures['open-exposure'], figures.turnover, figures.fees];
  expect(sums.map(({ value }) => value)).toEqual(['7', '27', '0.25']);
});

test.each(['public', 'Other Schema'])(
  'the relation may be named with the schema "%s"',
  async (schema) => {
    await own.admin.query(`create schema if not exists "${schema}"`);
    await own.admin.query(`grant usage on schema "${schema}" to plumbline_reader`);
    await own.admin.query(
      `create or replace view "${schema}"."Paper Trades" as select * from public.paper_trades`,
    );
    await own.admin.query(`grant select on "${schema}"."Paper Trades" to plumbline_reader`);
    const { counts } = await read({ paperTrades: { schema, name: 'Paper Trades' } });
    expect(counts.all).toBe(4);
  },
);

test('through a view every column may be null', async () => {
  const columns = await own.admin.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = 'paper_trades'::regclass and attnum > 0 order by attnum`,
  );
  const nulls = columns.rows.map(({ name, type }) => `null::${type} as ${name}`).join(', ');
  await own.admin.query(`create view all_null as select ${nulls} union all
    select ${columns.rows.map(({ name }) => name).join(', ')} from paper_trades`);
  await own.admin.query('grant select on all_null to plumbline_reader');
  const { counts, byStrategy } = await read({ paperTrades: { schema: null, name: 'all_null' } });
  expect(counts).toMatchObject({ all: 5, other: 1, executed: 5, anomalies: 0, oddQuantities: 2 });
  expect(byStrategy).toMatchObject([{ group: { kind: 'none' }, trades: 5 }]);
});

test('a view that hides one column is told apart from one that is not there', async () => {
  await own.admin.query('create view narrow as select id, created_at from paper_trades');
  await own.admin.query('grant select on narrow to plumbline_reader');
  const failureOf = (name: string) =>
    withLedger({ paperTrades: { schema: null, name } }, async (ledger) =>
      ledger.read(8000).then(
        () => null,
        (error: unknown) => ledger.failureOf(error),
      ),
    );
  expect(await failureOf('narrow')).toMatchObject({ code: 'missing-column' });
  expect(await failureOf('nowhere')).toMatchObject({ code: 'missing-relation' });
});

test('a type keeps all its groups, however many other types there are', async () => {
  await own.engine.query('create table many (like paper_trades including all)');
  await own.engine.query('grant select on many to plumbline_reader');
  await own.engine.query(`insert into many (opportunity_id, opportunity_type, market_id, venue, side,
      outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    select 'main-' || i, 'zz-main', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'open', null::numeric, null::timestamptz
      from generate_series(1, 1000) as i
    union all select 'loss', 'zz-main', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', -777, now()
    union all select 'one-' || i, 'type-' || i, 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'closed', 1, now()
      from generate_series(1, 900) as i`);
  const { byOpportunityType } = await read({ paperTrades: { schema: null, name: 'many' } });
  const named = { group: { kind: 'named', name: 'zz-main' }, pnl: { value: '-777' } };
  expect(byOpportunityType[0]).toMatchObject({ ...named, open: 1000, losses: 1 });
  expect(byOpportunityType.at(-1)).toMatchObject({ group: { kind: 'rest' }, trades: 881 });
});

test('on a server with few slots left one connection is enough, and it is asked less often', async () => {
  await withLedger({}, async (ledger) => {
    await ledger.read(8000);
    expect(ledger.crowded()).toBe(false);
  });
  const others = Array.from({ length: 14 }, () => own.connect());
  const clients = await Promise.all(others);
  await withLedger({}, async (ledger) => {
    await Promise.all([ledger.read(8000), ledger.probe(8000), ledger.probe(8000)]);
    expect(ledger.crowded()).toBe(true);
    expect(ledger.held()).toBe(1);
  });
  await Promise.all(clients.map((client) => client.end()));
});

test.each(['integer', 'bigint', 'smallint'])('a P&L kept as %s is read', async (type) => {
  await own.admin.query(`create or replace view public.whole_numbers as
    select id, created_at, opportunity_id, opportunity_type, market_id, venue, side, outcome,
      10::${type} as quantity, price, 0::${type} as expected_edge, 1::${type} as fees, strategy_id,
      risk_approved, risk_rejection_reason, 'closed'::text as status, exit_price,
      30000::${type} as realized_pnl, now() as resolved_at from public.paper_trades`);
  await own.admin.query('grant select on public.whole_numbers to plumbline_reader');
  const paperTrades = { schema: null, name: 'whole_numbers' };
  const { figures, recentCloses, largestWin } = await read({ paperTrades, pnlIsGross: true });
  expect(figures['all-time-pnl']).toEqual({ kind: 'value', value: '119996' });
  expect(figures.expectancy).toMatchObject({ value: '29999', plusMinus: '0', n: 4 });
  expect([recentCloses[0]?.pnl, largestWin?.pnl]).toEqual(['29999', '29999']);
  await own.admin.query('drop view public.whole_numbers');
});

test('a snapshot is of one set of settings, also when they change while it is read', async () => {
  const usual = ledgerOptionsOf(defaultSettings);
  await withLedger({}, async (ledger) => {
    const reading = ledger.read(8000);
    ledger.configure({ ...usual, pnlIsGross: true, bankroll: null });
    const { basis, figures } = (await reading).snapshot;
    expect(figures['all-time-pnl'].value).toBe(basis.pnlIsGross ? '2.25' : '1.5');
    expect(figures['max-drawdown-pct'].kind).toBe(
      basis.bankroll === null ? 'not-computable' : 'value',
    );
  });
});
