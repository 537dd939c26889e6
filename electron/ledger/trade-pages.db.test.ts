import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillLedger, randomLedger } from '../../e2e/support/random-ledger.ts';
import { defaultSettings } from '../../shared/settings.ts';
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

/** What the pages must come to, by a plain question without pages. */
async function expected(condition: string, values: unknown[]): Promise<string[]> {
  const { rows } = await sql(
    `select id::text from paper_trades where isfinite(created_at) and created_at >= '0001-01-01'
       and ${condition} order by created_at desc, id desc`,
    values,
  );
  return rows.map(({ id }) => String(id));
}

/** Filters, with what they mean in SQL written once more by hand. */
const filters: fc.Arbitrary<[Partial<TradeQuery>, string, unknown[]]> = fc.oneof(
  fc.constant<[Partial<TradeQuery>, string, unknown[]]>([{}, 'true', []]),
  fc
    .constantFrom('poly', 'kalshi', "'; drop table paper_trades; --", '')
    .map((venue): [Partial<TradeQuery>, string, unknown[]] => [{ venue }, 'venue = $1', [venue]]),
  fc.constant<[Partial<TradeQuery>, string, unknown[]]>([
    { class: 'rejected' },
    'not risk_approved',
    [],
  ]),
  fc.constant<[Partial<TradeQuery>, string, unknown[]]>([
    { class: 'open' },
    "risk_approved and risk_rejection_reason is null and status = 'open'",
    [],
  ]),
  fc.constant<[Partial<TradeQuery>, string, unknown[]]>([
    { from: '2025-01-01T00:00:00Z', to: '2026-11-20T12:00:00.5Z' },
    "created_at >= '2025-01-01T00:00:00Z' and created_at < '2026-11-20T12:00:00.5Z'",
    [],
  ]),
);

test('all pages together are the rows of the filter, in order, on any ledger', async () => {
  const limits = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(randomLedger, filters, limits, async (rows, [wishes, where, values], each) => {
      await fillLedger(tested.own.engine, rows);
      expect(await walk(wishes, each)).toEqual(await expected(where, values));
    }),
    { numRuns: 40 },
  );
});

const insertAt = (createdAt: string, many = 1) =>
  sql(
    `insert into paper_trades (created_at, opportunity_id, opportunity_type, market_id, venue, side, outcome,
       quantity, price, expected_edge, status)
     select $1::timestamptz, gen_random_uuid()::text, 'arb', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'open' from generate_series(1, $2)`,
    [createdAt, many],
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

  test('trades that come while somebody pages do not shift the pages', async () => {
    const first = await page({ limit: 4 });
    await insertAt('2026-11-20T11:00:00Z', 5);
    const rest = await walk({ cursor: first.nextCursor ?? '' }, [100]);
    const whole = [...first.trades.map(({ id }) => id), ...rest];
    expect(whole).toHaveLength(10);
    expect(new Set(whole).size).toBe(10);
  });
});

describe('a cursor', () => {
  let cursor: string;

  beforeAll(async () => {
    await fillLedger(tested.own.engine, []);
    await insertAt('2026-11-20T10:00:00Z', 3);
    cursor = (await page({ limit: 1 })).nextCursor ?? '';
  });

  const refusal = (wishes: Partial<TradeQuery>): Promise<string> =>
    page(wishes).then(
      () => 'answered',
      (error: Error) => error.message,
    );

  test('of other filters is refused', async () => {
    expect(await refusal({ cursor, venue: 'v' })).toBe(
      'The cursor belongs to other filters; leave it out to begin at the newest trade.',
    );
  });

  test('of another relation is refused, as of another ledger', async () => {
    const settings = { ...defaultSettings, relations: { ...defaultSettings.relations } };
    settings.relations.paperTrades = 'elsewhere';
    tested.ledger.configure(ledgerOptionsOf(settings));
    const message = await refusal({ cursor });
    tested.ledger.configure(ledgerOptionsOf(defaultSettings));
    expect(message).toBe(
      'The cursor belongs to another ledger; leave it out to begin at the newest trade.',
    );
  });

  test.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['other JSON', Buffer.from('{"a":1}').toString('base64url')],
    [
      'SQL for an id',
      Buffer.from('[1,"a","b","2026-11-20T10:00:00.000000Z","\'; --"]').toString('base64url'),
    ],
  ])('that is %s is refused', async (_what, broken) => {
    expect(await refusal({ cursor: broken })).toMatch(/^The cursor is not understood; /);
  });

  test('says nothing of the ledger', () => {
    const text = Buffer.from(cursor, 'base64url').toString();
    expect(text).not.toMatch(/trading|127\.0\.0\.1|paper_trades|plumbline/);
  });
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
