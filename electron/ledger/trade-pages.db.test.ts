import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillLedger, randomLedger, withNulls } from '../../e2e/support/random-ledger.ts';
import type { RelationName } from '../../shared/relation-name.ts';
import { defaultSettings } from '../../shared/settings.ts';
import type { RowClass } from '../../shared/snapshot.ts';
import { type TradeQuery, tradeQuerySchema } from '../../shared/trade-page.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
import { openTestedLedger, type TestedLedger } from './test-support/tested-ledger.ts';

let tested: TestedLedger;

beforeAll(async () => {
  tested = await openTestedLedger();
});

afterAll(() => tested.close());

const deadlineMs = 5000;
const queryOf = (wishes: Partial<TradeQuery>): TradeQuery => tradeQuerySchema.parse(wishes);
const page = (wishes: Partial<TradeQuery>) => tested.ledger.trades(queryOf(wishes), deadlineMs);
const sql = (text: string, values: unknown[] = []) => tested.own.engine.query(text, values);

/** Ids of every page, one after the other. */
async function walk(wishes: Partial<TradeQuery>, limits: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages === 0 || cursor !== null; pages += 1) {
    const limit = limits[pages % limits.length] ?? 1;
    const got = await page({ ...wishes, limit, ...(cursor === null ? {} : { cursor }) });
    expect(got.trades.length).toBeLessThanOrEqual(limit);
    ids.push(...got.trades.map(({ id }) => id ?? ''));
    cursor = got.nextCursor;
  }
  return ids;
}

const approved = 'coalesce(risk_approved, true)';
const executed = `${approved} and risk_rejection_reason is null`;
const closed = `${executed} and status in ('closed', 'resolved')`;
const finite = "realized_pnl is not null and realized_pnl not in ('NaN', 'Infinity', '-Infinity')";

/** The classes once more, by hand. */
const classes: Readonly<Record<RowClass, string>> = {
  rejected: `not ${approved}`,
  failed: `${approved} and risk_rejection_reason is not null`,
  open: `${executed} and status = 'open'`,
  scored: `${closed} and ${finite}`,
  unscored: `${closed} and not (${finite})`,
  other: `${executed} and (status is null or status not in ('open', 'closed', 'resolved'))`,
};

const meanings = {
  strategy: "coalesce(strategy_id, '') = $",
  type: 'opportunity_type = $',
  venue: 'venue = $',
  market: 'market_id = $',
  side: 'side = $',
  from: 'created_at >= $',
  to: 'created_at < $',
} as const;

/** What the pages must come to, by a plain question without pages. */
async function expected(relation: string, wishes: Partial<TradeQuery>): Promise<string[]> {
  const values: unknown[] = [];
  const conditions = Object.entries(meanings).flatMap(([key, meaning]) => {
    const value = wishes[key as keyof typeof meanings];
    if (value === undefined) return [];
    values.push(value);
    return [`${meaning}${values.length}`];
  });
  const { rows } = await sql(
    `select id::text from ${relation}
     where ${['id is not null', ...conditions].join(' and ')}
       and isfinite(created_at) and created_at >= '0001-01-01'
       and (${wishes.class === undefined ? 'true' : classes[wishes.class]})
     order by created_at desc, id desc`,
    values,
  );
  return rows.map(({ id }) => String(id));
}

const hostile = ["'; drop table paper_trades; --", '<img src=x onerror=alert(1)>', '__proto__', ''];
const oneOf = (key: keyof TradeQuery, ...usual: readonly string[]) =>
  fc.constantFrom(...usual, ...hostile).map((value): Partial<TradeQuery> => ({ [key]: value }));
const minutesAgo = fc
  .integer({ min: -1000, max: 60 * 24 * 60 })
  .map((minutes) => new Date(Date.now() - minutes * 60_000).toISOString());

const filter: fc.Arbitrary<Partial<TradeQuery>> = fc.oneof(
  fc
    .constantFrom<RowClass>('rejected', 'failed', 'open', 'scored', 'unscored', 'other')
    .map((name): Partial<TradeQuery> => ({ class: name })),
  oneOf('strategy', 'oracle-sniper', 'cross-arb', 'none'),
  oneOf('type', 'cross_venue', 'unknown'),
  oneOf('venue', 'polymarket', 'kalshi', 'Kalshi'),
  oneOf('market', 'polymarket:btc-100k', 'kalshi:cpi'),
  oneOf('side', 'buy', 'sell', 'BUY'),
  minutesAgo.map((from): Partial<TradeQuery> => ({ from })),
  minutesAgo.map((to): Partial<TradeQuery> => ({ to })),
);
const filters = fc
  .array(filter, { maxLength: 2 })
  .map((some): Partial<TradeQuery> => Object.assign({}, ...some));
const limits = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });

test('all pages together are the rows of the filter, in order, on any ledger', async () => {
  await fc.assert(
    fc.asyncProperty(randomLedger, filters, limits, async (rows, wishes, each) => {
      await fillLedger(tested.own.engine, rows);
      expect(await walk(wishes, each)).toEqual(await expected('paper_trades', wishes));
    }),
    { numRuns: 60 },
  );
});

const readFrom = (paperTrades: RelationName): void =>
  tested.ledger.configure({ ...ledgerOptionsOf(defaultSettings), paperTrades });

test('the same through a view in which any column may be null', async () => {
  const holed = randomLedger.chain((rows) =>
    rows.length === 0 ? fc.constant(rows) : withNulls(rows),
  );
  readFrom({ schema: 'desk', name: 'loose_view' });
  await fc.assert(
    fc.asyncProperty(holed, filters, limits, async (rows, wishes, each) => {
      await fillLedger(tested.own.engine, rows, { table: 'desk.loose_trades' });
      expect(await walk(wishes, each)).toEqual(await expected('desk.loose_view', wishes));
    }),
    { numRuns: 30 },
  );
  readFrom(ledgerOptionsOf(defaultSettings).paperTrades);
});

const insertAt = (createdAt: string, many = 1, venue = 'v') =>
  sql(
    `insert into paper_trades (created_at, opportunity_id, opportunity_type, market_id, venue, side, outcome,
       quantity, price, expected_edge, status)
     select $1::timestamptz, gen_random_uuid()::text, 'arb', 'm', $3, 'buy', 'YES', 1, 0.5, 0, 'open' from generate_series(1, $2)`,
    [createdAt, many, venue],
  );

describe('with ten trades of one instant', () => {
  beforeAll(async () => {
    await fillLedger(tested.own.engine, []);
    await insertAt('2026-11-20T10:00:00.123456Z', 10);
  });

  test('none comes twice and none is left out', async () => {
    const ids = await walk({}, [3]);
    expect(new Set(ids).size).toBe(10);
    expect(ids).toHaveLength(10);
  });

  test('"from" includes its instant and "to" does not, to the microsecond', async () => {
    const count = async (wishes: Partial<TradeQuery>) => (await walk(wishes, [50])).length;
    expect(await count({ from: '2026-11-20T10:00:00.123456Z' })).toBe(10);
    expect(await count({ from: '2026-11-20T10:00:00.123457Z' })).toBe(0);
    expect(await count({ to: '2026-11-20T10:00:00.123456Z' })).toBe(0);
    expect(await count({ to: '2026-11-20T10:00:00.123457Z' })).toBe(10);
  });

  test('trades that come or go while somebody pages do not shift the pages', async () => {
    const first = await page({ limit: 4 });
    await insertAt('2026-11-20T11:00:00Z', 5);
    // The one that the page ended with, too.
    await sql('delete from paper_trades where id = $1', [first.trades.at(-1)?.id]);
    const rest = await walk({ cursor: first.nextCursor ?? '' }, [100]);
    const whole = [...first.trades.map(({ id }) => id), ...rest];
    expect(whole).toHaveLength(10);
    expect(new Set(whole).size).toBe(10);
  });
});

test('years that a Date does not know are paged over, times without an end are on no page', async () => {
  await fillLedger(tested.own.engine, []);
  const finiteOnes = [
    '0001-01-01 00:00:00+00',
    '12026-07-04 00:00:00+00',
    '275761-01-01 00:00:00+00',
  ];
  const last = '294276-12-31 23:59:59.999999+00';
  const others = ['infinity', '-infinity', '0001-12-31 23:59:59+00 BC'];
  for (const createdAt of [...finiteOnes, last, ...others]) await insertAt(createdAt);
  expect(await walk({}, [1])).toHaveLength(4);
});

test.each([
  ['quotes', `'"; drop table paper_trades; -- \\' $1 $$`],
  ['a name of 300 characters', 'x'.repeat(300)],
  ['other scripts and signs', '市场 🎲 \u202egnp.exe\t\n'],
  ['patterns', '%_*'],
])('a filter of %s finds its rows and no others', async (_what, venue) => {
  await fillLedger(tested.own.engine, []);
  await insertAt('2026-11-20T10:00:00Z', 2, venue);
  await insertAt('2026-11-20T10:00:00Z', 3, 'another');
  expect(await walk({ venue }, [50])).toHaveLength(2);
});

test.each([
  ['a NUL', { venue: 'a\0b' }],
  ['a long name', { venue: 'x'.repeat(301) }],
  ['a day that is none', { from: '2026-02-30T00:00:00Z' }],
  ['no instant', { from: 'yesterday' }],
  ['too many rows', { limit: 201 }],
  ['a class that is none', { class: 'won' }],
  ['another parameter', { offset: 3 }],
])('%s is no query', (_what, wishes) => {
  expect(tradeQuerySchema.safeParse(wishes).success).toBe(false);
});
