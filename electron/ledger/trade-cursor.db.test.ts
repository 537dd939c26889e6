import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultSettings } from '../../shared/settings.ts';
import { type TradeQuery, tradeQuerySchema } from '../../shared/trade-page.ts';
import { type ConnectionProfile, parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
import { openTestedLedger, type TestedLedger } from './test-support/tested-ledger.ts';

let tested: TestedLedger;
let profile: ConnectionProfile;
/** Where a page of one trade ended, of three. */
let cursor: string;

beforeAll(async () => {
  tested = await openTestedLedger();
  profile = parseConnectionUrl(tested.own.server.readerUrl);
  await tested.own.engine.query(
    `insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome, quantity,
       price, expected_edge, status)
     select 'o-' || i, 'arb', 'm', 'v', 'buy', 'YES', 1, 0.5, 0, 'open' from generate_series(1, 3) as i`,
  );
  cursor = (await page({ limit: 1 })).nextCursor ?? '';
});

afterAll(() => tested.close());

const deadlineMs = 5000;
const options = ledgerOptionsOf(defaultSettings);

const page = (wishes: Partial<TradeQuery>, ledger = tested.ledger) =>
  ledger.trades(tradeQuerySchema.parse(wishes), deadlineMs);

const refusal = (wishes: Partial<TradeQuery>, ledger = tested.ledger): Promise<string> =>
  page(wishes, ledger).then(
    () => 'answered',
    (error: Error) => `${error.name}: ${error.message}`,
  );

const ofAnotherLedger =
  'TradeCursorError: The cursor belongs to another ledger; leave it out to begin at the newest trade.';

/** What a ledger of its own, opened anew, says to the cursor. */
async function refusalAt(other: Partial<ConnectionProfile>): Promise<string> {
  const ledger = new Ledger({ ...profile, ...other }, () => undefined, options);
  const said = await refusal({ cursor }, ledger);
  await ledger.close(2000);
  return said;
}

test('holds after a restart, for another role and for pages of another length', async () => {
  expect(await refusalAt({})).toBe('answered');
  const { user, password } = parseConnectionUrl(tested.own.server.engineUrl);
  expect(await refusalAt({ user, password })).toBe('answered');
  expect((await page({ cursor, limit: 7 })).trades).toHaveLength(2);
});

// None of them exists: the cursor is refused before anything is asked.
test.each<[string, Partial<ConnectionProfile>]>([
  ['database', { database: 'elsewhere' }],
  ['host', { host: 'ledger.invalid' }],
  ['port', { port: 1 }],
])('of another %s is refused', async (_what, other) => {
  expect(await refusalAt(other)).toBe(ofAnotherLedger);
});

test('of another relation is refused', async () => {
  tested.ledger.configure({ ...options, paperTrades: { schema: null, name: 'elsewhere' } });
  const said = await refusal({ cursor });
  tested.ledger.configure(options);
  expect(said).toBe(ofAnotherLedger);
});

test.each<Partial<TradeQuery>>([
  { venue: 'v' },
  { class: 'open' },
  { from: '2020-01-01T00:00:00Z' },
])('of other filters is refused: %o', async (wishes) => {
  expect(await refusal({ cursor, ...wishes })).toBe(
    'TradeCursorError: The cursor belongs to other filters; leave it out to begin at the newest trade.',
  );
});

const written = (parts: unknown): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The cursor with one part changed. */
function changed(index: number, part: unknown): string {
  const parts: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  return written(parts.with(index, part));
}

test.each<[string, () => string]>([
  ['nothing', () => ''],
  ['no base64', () => '%%%'],
  ['other JSON', () => written({ a: 1 })],
  ['of another version', () => changed(0, 2)],
  ['cut short', () => cursor.slice(0, -20)],
  ['SQL for an id', () => changed(4, "' or true; --")],
  ['a day that is none', () => changed(3, '2026-02-30T10:00:00.000000Z')],
  ['an hour that is none', () => changed(3, '2026-11-20T24:00:00.000001Z')],
  ['a year that PostgreSQL does not know', () => changed(3, '294277-01-01T00:00:00.000000Z')],
  ['a year before all', () => changed(3, '-000044-03-15T10:00:00.000000Z')],
])('that is %s is refused', async (_what, broken) => {
  expect(await refusal({ cursor: broken() })).toBe(
    'TradeCursorError: The cursor is not understood; leave it out to begin at the newest trade.',
  );
});

test('with any letter changed is refused or leads to some page, and costs no connection', async () => {
  const before = tested.ledger.held();
  const letters = [...'ABCXYZabcxyz0189-_'];
  await fc.assert(
    fc.asyncProperty(fc.nat(cursor.length - 1), fc.constantFrom(...letters), async (at, letter) => {
      const said = await refusal({
        cursor: `${cursor.slice(0, at)}${letter}${cursor.slice(at + 1)}`,
      });
      expect(said).toMatch(/^answered$|^TradeCursorError: The cursor (is not|belongs to) [^']+\.$/);
    }),
    { numRuns: 300 },
  );
  expect(tested.ledger.held()).toBe(before);
});

test('says nothing of the ledger', () => {
  const text = Buffer.from(cursor, 'base64url').toString();
  expect(text).not.toMatch(/trading|127\.0\.0\.1|paper_trades|plumbline|venue/);
});
