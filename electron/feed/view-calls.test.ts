import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { someAlerts } from '../../shared/alerts/test-fixtures.ts';
import { contractEntries } from '../../shared/contract.ts';
import { viewCalls } from '../../shared/feed.ts';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';

const secret = 'very-secret-topic';
let feed: TestFeed;
let payload: unknown;

beforeAll(async () => {
  feed = await openTestFeed({
    snapshot: sampleSnapshot(),
    answers: {
      'monitor.oddRows': (asked) => {
        payload = asked;
        return { asOf: '2026-11-23T14:03:20.000000Z', total: 0, rows: [], internal: secret };
      },
      'alerts.dailyCloseText': () => {
        throw new Error(`The file with ${secret} is gone.`);
      },
    },
  });
  feed.states.alerts.tell(
    someAlerts({
      delivery: {
        quietHours: null,
        webhook: { preset: 'ntfy', url: `https://ntfy.example/${secret}`, from: 'info' },
        tellsDailyClose: true,
      },
      warnings: [`What was in the file is in ${feed.home}/alert-state.json.corrupt-1.`],
    }),
  );
});

afterAll(() => feed.close());

const resultSchema = z.object({ ok: z.boolean(), value: z.optional(z.unknown()) });

async function ask(channel: string, query = '') {
  const answer = await fetch(`${feed.address}/v1/calls/${channel}${query}`, {
    headers: { authorization: `Bearer ${feed.token}` },
  });
  const text = await answer.text();
  return { status: answer.status, text, result: resultSchema.safeParse(JSON.parse(text)).data };
}

test('every call of the view is one of the contract, and no other is there', async () => {
  const calls = contractEntries.filter(({ kind }) => kind === 'call').map(({ channel }) => channel);
  expect(calls).toEqual(expect.arrayContaining([...viewCalls]));
  const allowed = new Set<string>(viewCalls);
  for (const channel of calls.filter((each) => !allowed.has(each)))
    expect((await ask(channel)).status, channel).toBe(404);
});

test('the figures are those of the window', async () => {
  expect((await ask('monitor.snapshot')).result).toEqual({ ok: true, value: sampleSnapshot() });
});

test('an argument goes as JSON, and is checked', async () => {
  const asked = await ask('monitor.oddRows', `?payload=${encodeURIComponent('"anomalies"')}`);
  expect([asked.result?.ok, payload]).toEqual([true, 'anomalies']);
  expect(asked.text).not.toContain(secret);
  for (const query of ['', '?payload=', '?payload={', '?payload="nothing"', '?payload=[1]'])
    expect((await ask('monitor.oddRows', query)).result?.ok, query).toBe(false);
});

test('where alerts are sent and where files lie stays in Plumbline', async () => {
  const alerts = await ask('alerts.state');
  expect(alerts.result?.ok).toBe(true);
  expect(alerts.text).not.toContain(secret);
  expect(alerts.text).not.toContain(feed.home);
  expect(alerts.text).toContain('is in PLUMBLINE_HOME/alert-state.json.corrupt-1.');
  const settings = await ask('settings.state');
  expect(settings.text).toContain('"path":"settings.json"');
  expect(settings.text).not.toContain(feed.home);
});

test('an exception is told to the log alone', async () => {
  const { status, text } = await ask('alerts.dailyCloseText', '?payload="2026-11-23"');
  expect([status, text.includes(secret)]).toEqual([200, false]);
  expect(feed.logged.join()).toContain(secret);
});
