import { expect, test } from 'vitest';
import { someAlerts } from '../../shared/alerts/test-fixtures.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { defaultSettings, type SettingsState } from '../../shared/settings.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { openFeed } from './feed-client.ts';
import { PageLook } from './feed-look.ts';
import { freshnessOf, ManualClock, ManualFeed, settled } from './manual-feed.ts';
import { MonitorStore } from './monitor-store.ts';
import { memoryStorage } from './page-storage.ts';
import { emptySnapshot } from './test-fixtures.ts';

const settings: SettingsState = { settings: defaultSettings, warnings: [], path: 'settings.json' };
const snapshotAt = (time: string) => emptySnapshot(`2026-11-23T${time}.000000Z`);

async function setUp() {
  const feed = new ManualFeed();
  feed.answer('monitor.state', watchingState());
  feed.answer('monitor.snapshot', snapshotAt('14:03:20'));
  feed.answer('settings.state', settings);
  feed.answer('alerts.state', someAlerts());
  const clock = new ManualClock();
  const storage = memoryStorage();
  const look = new PageLook(storage, {});
  const { client, link, close } = openFeed({
    ...{ fetch: feed.fetch, token: 'secret-token', clock, random: () => 1, look },
  });
  const links: string[] = [];
  link.subscribe(() => links.push(link.state().kind));
  await settled();
  return { feed, clock, storage, client, link, links, close };
}

function statesOf({ client }: Pick<Awaited<ReturnType<typeof setUp>>, 'client'>): MonitorState[] {
  const states: MonitorState[] = [];
  client.monitor.changed((state) => states.push(state));
  return states;
}

test('asks with the token in a header, and never in an address', async () => {
  const { feed, client } = await setUp();
  const answer = await client.monitor.state();
  expect(answer).toEqual({ ok: true, value: watchingState() });
  for (const { path, headers } of feed.asked) {
    expect(path).not.toContain('secret-token');
    expect(headers.get('authorization')).toBe('Bearer secret-token');
  }
});

test('a payload goes along as JSON', async () => {
  const { feed, client } = await setUp();
  await client.alerts.history({ text: 'a & b', offset: 0 });
  expect(feed.asked.at(-1)?.path).toBe(
    `/v1/calls/alerts.history?payload=${encodeURIComponent('{"text":"a & b","offset":0}')}`,
  );
});

test('what acts is refused without asking anybody', async () => {
  const { feed, client } = await setUp();
  const before = feed.asked.length;
  for (const refused of [client.monitor.refresh(), client.alerts.addPresets()]) {
    expect(await refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  }
  expect(feed.asked).toHaveLength(before);
});

test('an answer that is not as agreed tells of another version', async () => {
  const { feed, client } = await setUp();
  feed.answer('monitor.snapshot', { asOf: 'yesterday' });
  expect(await client.monitor.snapshot()).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('another version') },
  });
});

test('a call says why Plumbline would not answer, or that it did not', async () => {
  const { feed, client } = await setUp();
  const error = { code: 'too-many', message: 'Too many requests; wait a second.' };
  feed.answers.set('/v1/calls/monitor.snapshot', { status: 429, body: { error } });
  expect(await client.monitor.snapshot()).toMatchObject({ error: { message: error.message } });
  feed.isDown = true;
  expect(await client.monitor.snapshot()).toMatchObject({
    error: { code: 'internal', message: 'Plumbline did not answer.' },
  });
});

test('freshness is pushed as it comes; alerts and settings are asked for when they change', async () => {
  const { feed, client } = await setUp();
  const states = statesOf({ client });
  const told: string[] = [];
  client.alerts.changed(({ unacked }) => told.push(`${unacked} unacked`));
  client.settings.changed(({ path }) => told.push(path));
  await feed.send('snapshot', 'a-1', {});
  told.length = 0;
  states.length = 0;
  await feed.send('freshness', 'a-2', freshnessOf(watchingState({ connections: 2 })));
  feed.answer('alerts.state', someAlerts({ unacked: 3 }));
  await feed.send('alert', 'a-3', {});
  await feed.send('settings', 'a-4', {});
  expect(states.map(({ connections }) => connections)).toEqual([2]);
  expect(told).toEqual(['3 unacked', 'settings.json']);
});

test('a connection that is new asks for all that was missed', async () => {
  const { feed, clock, client } = await setUp();
  await feed.send('snapshot', 'a-1', {});
  await feed.cut();
  clock.pass(500);
  await settled();
  const states = statesOf({ client });
  feed.answer('monitor.state', watchingState({ ageMs: 9000 }));
  const asked = feed.times('/v1/calls/settings.state');
  await feed.send('freshness', 'a-2', freshnessOf(watchingState()));
  // What is told once more was true when it was first told: the last word is of now.
  expect(states.at(-1)?.ageMs).toBe(9000);
  expect(feed.times('/v1/calls/settings.state')).toBe(asked + 1);
});

test('goes on where it was, after waits that grow up to fifteen seconds', async () => {
  const { feed, clock, link, links } = await setUp();
  await feed.send('snapshot', 'a-7', {});
  feed.isDown = true;
  await feed.cut();
  const waits: number[] = [];
  for (let failure = 0; failure < 7; failure += 1) {
    const state = link.state();
    if (state.kind !== 'lost' || state.nextTryAt === null) throw new Error(state.kind);
    waits.push(state.nextTryAt - clock.now());
    clock.pass(state.nextTryAt - clock.now());
    await settled();
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  feed.isDown = false;
  clock.pass(15_000);
  await settled();
  expect(feed.asked.at(-1)?.headers.get('last-event-id')).toBe('a-7');
  expect([links[0], links.at(-1)]).toEqual(['open', 'open']);
});

test('a person need not wait for the next try', async () => {
  const { feed, link } = await setUp();
  await feed.cut();
  expect(link.state().kind).toBe('lost');
  link.tryNow();
  await settled();
  expect(link.state().kind).toBe('open');
});

test('silence for 25 seconds is a lost connection; anything that comes breaks it', async () => {
  const { feed, clock, link } = await setUp();
  await feed.send('heartbeat', 'a-1', {});
  clock.pass(20_000);
  await feed.send('heartbeat', 'a-2', {});
  clock.pass(20_000);
  await settled();
  expect(link.state().kind).toBe('open');
  clock.pass(5000);
  await settled();
  expect(link.state().kind).toBe('lost');
  clock.pass(500);
  await settled();
  expect(link.state().kind).toBe('open');
});

test('what lay waiting while the page was frozen is not taken for new', async () => {
  const { feed, clock, client, link } = await setUp();
  await feed.send('heartbeat', 'a-1', {});
  const states = statesOf({ client });
  clock.pass(60_000, { isFrozen: true });
  await feed.send('freshness', 'a-2', freshnessOf(watchingState()));
  expect(states).toEqual([]);
  expect(link.state().kind).toBe('lost');
});

test('freshness of another version ends the connection and says so', async () => {
  const { feed, link } = await setUp();
  await feed.send('freshness', 'a-1', { sequence: 'one' });
  expect(link.state()).toMatchObject({
    kind: 'lost',
    reason: expect.stringContaining('Reload the page'),
  });
});

test('another version is tried less and less often, for all that it says in between', async () => {
  const { feed, clock, link } = await setUp();
  const waitsMs: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await feed.send('snapshot', 'a-0', {});
    await feed.send('freshness', 'a-0', { sequence: 'one' });
    const state = link.state();
    if (state.kind !== 'lost' || state.nextTryAt === null) throw new Error('It is not lost.');
    waitsMs.push(state.nextTryAt - clock.now());
    clock.pass(state.nextTryAt - clock.now());
    await settled();
  }
  expect(waitsMs.at(-1)).toBeGreaterThan(8 * (waitsMs[0] ?? 0));
});

test('a refusal with a reason is told by its reason', async () => {
  const { feed, clock, link } = await setUp();
  const message = 'There are 64 subscribers already; close one.';
  feed.refusal = { status: 429, body: { error: { code: 'too-many', message } } };
  await feed.cut();
  clock.pass(500);
  await settled();
  expect(link.state()).toMatchObject({ kind: 'lost', reason: message });
});

test('a token that is no longer known ends all, by the stream or by a call', async () => {
  const byStream = await setUp();
  byStream.feed.refusal = { status: 401, body: {} };
  await byStream.feed.cut();
  byStream.clock.pass(500);
  await settled();
  expect(byStream.link.state().kind).toBe('refused');
  const byCall = await setUp();
  byCall.feed.answers.set('/v1/calls/monitor.snapshot', { status: 401, body: {} });
  await byCall.client.monitor.snapshot();
  expect(byCall.link.state().kind).toBe('refused');
  const streams = byCall.feed.times('/v1/events');
  byCall.clock.pass(60_000);
  await settled();
  expect(byCall.feed.times('/v1/events')).toBe(streams);
});

test('figures of an earlier run are not confirmed by the same number of another', async () => {
  const { feed, clock, client } = await setUp();
  const store = new MonitorStore(client.monitor, clock.now);
  store.start();
  await feed.send('freshness', 'run1-1', freshnessOf(watchingState()));
  expect(store.view().figures?.snapshot.asOf).toContain('14:03:20');
  await feed.cut();
  feed.answer('monitor.snapshot', snapshotAt('15:00:00'));
  clock.pass(500);
  await settled();
  await feed.send('freshness', 'run2-1', freshnessOf(watchingState()));
  await settled();
  expect(store.view().figures?.snapshot.asOf).toContain('15:00:00');
});

test('its look is a page’s own, and follows the settings where it is the same', async () => {
  const { feed, storage, client } = await setUp();
  const themes: string[] = [];
  client.settings.changed((state) => themes.push(state.settings.appearance.theme));
  await client.settings.setAppearance({ theme: 'dark' });
  feed.isDown = true;
  await client.settings.setAppearance({ privacy: true });
  expect(themes).toEqual(['dark', 'dark']);
  expect(new PageLook(storage, {}).over(settings).settings.appearance).toMatchObject({
    theme: 'dark',
    privacy: true,
  });
  await client.settings.setAppearance({ theme: 'system', privacy: false });
  expect(storage.get('plumbline.look')).toBe('{}');
});

test('when it is closed it leaves nothing behind', async () => {
  const { feed, clock, close } = await setUp();
  close();
  const asked = feed.asked.length;
  clock.pass(120_000);
  await settled();
  expect(feed.asked).toHaveLength(asked);
});
