import Ajv from 'ajv/dist/2020.js';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { emptyRule } from '../../shared/alerts/rule.ts';
import { someAlert, someAlerts, someEpisode } from '../../shared/alerts/test-fixtures.ts';
import { type FeedEvent, feedEvents, viewCalls } from '../../shared/feed.ts';
import type { TradePage } from '../../shared/trade-page.ts';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { failedError, NotAvailableError } from '../monitor/not-available.ts';
import { failure, fakeClock } from '../monitor/test-doubles.ts';
import { openApi } from './openapi.ts';
import { followEvents } from './test-support/follow-events.ts';
import { openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';

const content = z.record(z.string(), z.object({ schema: z.unknown() }));
const operationSchema = z.object({
  responses: z.object({ 200: z.object({ content }), default: z.object({ content }) }),
  security: z.optional(z.array(z.unknown())),
});
const describedSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.enum(['get', 'post']), z.optional(operationSchema))),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

const ajv = new Ajv({ strict: false });
const description = describedSchema.parse(openApi());
ajv.addSchema({ ...openApi(), $id: 'feed' });

/** What keeps a document from being as its schema says, null for nothing. */
function faultOf(schema: string | undefined, document: unknown): string | null {
  const validate = ajv.getSchema(`feed${schema}`);
  if (validate === undefined) throw new Error(`Nothing is described at ${schema}.`);
  return validate(document) ? null : ajv.errorsText(validate.errors);
}

const referenceSchema = z.object({ $ref: z.string() });
const referenceOf = (schema: unknown): string | undefined =>
  referenceSchema.safeParse(schema).data?.$ref;

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }],
  ),
);

const page: TradePage = {
  asOf: '2026-11-23T14:03:20.000000Z',
  trades: [
    {
      ...{ id: '7', rowClass: 'scored', createdAt: '2026-11-23T13:00:00.000000Z' },
      ...{ resolvedAt: null, venue: 'kalshi', marketId: 'm', side: 'buy', outcome: 'yes' },
      ...{ opportunityType: 'arb', strategy: null, status: 'closed', quantity: '10' },
      ...{ price: '0.45', expectedEdge: null, fees: '0', pnl: '-1.25', reason: null },
    },
  ],
  nextCursor: 'next',
};

let feed: TestFeed | undefined;
afterEach(() => feed?.close());

/** A feed with something in every place. */
async function openFull(wishes: Parameters<typeof openTestFeed>[0] = {}): Promise<TestFeed> {
  feed = await openTestFeed({
    snapshot: sampleSnapshot({ openTrades: page.trades, largestLoss: page.trades[0] ?? null }),
    answers: { 'monitor.trades': () => page },
    ...wishes,
  });
  feed.states.alerts.tell(fullAlerts);
  return feed;
}

const fullAlerts = someAlerts({
  current: [someAlert({ severity: 'critical' })],
  rules: [{ rule: emptyRule('day-loss', 'day-pnl-low'), instances: [], count: 0 }],
  ...{ recent: [someEpisode()], unacked: 1 },
});

const addressesOf = (path: string): string[] =>
  path.includes('{call}') ? viewCalls.map((call) => path.replace('{call}', call)) : [path];

test.each(operations)(
  '$method $path answers as it is described',
  async ({ method, path, operation }) => {
    const { address, token } = await openFull();
    const headers = { authorization: `Bearer ${token}` };
    const [[type, { schema }] = ['', { schema: null }]] = Object.entries(
      operation.responses[200].content,
    );
    for (const asked of addressesOf(path)) {
      const answer = await fetch(address + asked, { method, headers });
      expect({ asked, status: answer.status }).toEqual({ asked, status: 200 });
      expect(answer.headers.get('content-type')).toContain(type);
      const reference = referenceOf(schema);
      if (reference === undefined) await answer.body?.cancel();
      else expect(faultOf(reference, await answer.json())).toBeNull();
    }
  },
);

test.each(operations)(
  '$method $path refuses as it is described',
  async ({ method, path, operation }) => {
    const { address } = await openFull();
    const { status, document } = await refusalOf(address, path, method);
    // What needs a token is refused without one; what needs none, with a method that is not its own.
    expect(status).toBe(operation.security === undefined ? 401 : 405);
    const [{ schema } = { schema: null }] = Object.values(operation.responses.default.content);
    expect(referenceOf(schema)).toBe('#/components/schemas/Error');
    expect(faultOf(referenceOf(schema), document)).toBeNull();
  },
);

async function refusalOf(address: string, path: string, method: string) {
  const isOpen = description.paths[path]?.get?.security !== undefined;
  const answer = await fetch(address + path, { method: isOpen ? 'POST' : method });
  return { status: answer.status, document: await answer.json() };
}

test.each([
  ['/v1/trades?limit=0', 400],
  ['/v1/trades?colour=red', 400],
  ['/v1/trades?from=yesterday', 400],
  ['/v1/calls/monitor.refresh', 404],
  ['/v1/nowhere', 404],
])('the refusal of %s is as it is described', async (path, status) => {
  const { address, token } = await openFull();
  const answer = await fetch(address + path, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(status);
  expect(faultOf('#/components/schemas/Error', await answer.json())).toBeNull();
});

test.each([
  {
    why: 'a database that cannot be asked',
    error: failedError(failure('unreachable')),
    status: 503,
  },
  {
    why: 'a cursor that leads nowhere',
    error: new NotAvailableError('It failed.', 'bad-request'),
    status: 400,
  },
  {
    why: 'more questions than may wait',
    error: new NotAvailableError('It failed.', 'too-many-requests'),
    status: 429,
  },
])('$why is a refusal too, with its cause', async ({ error, status }) => {
  const fail = () => {
    throw error;
  };
  const { address, token } = await openFull({ answers: { 'monitor.trades': fail } });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${address}/v1/trades`, { headers });
  const document = await answer.json();
  const code = error.code === 'bad-request' ? 'bad-query' : error.code;
  expect({ status: answer.status, document }).toEqual({
    status,
    document: { error: { code, message: 'It failed.' } },
  });
  expect(answer.headers.get('retry-after')).toBe(status === 429 ? '1' : null);
  expect(faultOf('#/components/schemas/Error', document)).toBeNull();
});

test('before the first figures the answers are as described too', async () => {
  const { address, token } = await openFull({ snapshot: null });
  const headers = { authorization: `Bearer ${token}` };
  const document = await (await fetch(`${address}/v1/snapshot`, { headers })).json();
  expect(document).toMatchObject({ figures: null, snapshot: null });
  expect(faultOf('#/components/schemas/Snapshot', document)).toBeNull();
});

test('each event is as the schema of its name says', async () => {
  const { clock, tick } = fakeClock();
  const own = await openFull({ clock });
  const follower = await followEvents(own);
  await follower.until(3);
  own.publish(sampleSnapshot());
  own.states.settings.tell(own.states.settings.state());
  own.states.alerts.tell(someAlerts());
  await tick(10_000);
  await follower.until(8);
  follower.close();
  const seen = new Set<FeedEvent>();
  for (const { event, data } of follower.events) {
    const name = z.parse(z.enum(feedEvents), event);
    expect(faultOf(eventSchema(name), JSON.parse(data)), name).toBeNull();
    seen.add(name);
  }
  expect(seen).toEqual(new Set(feedEvents));
});

test('a description that says something else is found out', () => {
  expect(faultOf('#/components/schemas/Ticket', { ticket: 1, expiresInMs: 30_000 })).not.toBeNull();
  expect(faultOf(eventSchema('alert'), { worst: null })).not.toBeNull();
  expect(faultOf(eventSchema('settings'), { secret: '' })).not.toBeNull();
});

const eventSchema = (name: FeedEvent): string =>
  `#/components/schemas/${name.charAt(0).toUpperCase()}${name.slice(1)}Event`;
