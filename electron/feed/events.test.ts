import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { someAlert, someAlerts } from '../../shared/alerts/test-fixtures.ts';
import {
  feedAlertSchema,
  feedFiguresSchema,
  feedFreshnessSchema,
  feedHeartbeatSchema,
} from '../../shared/feed.ts';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { failure, fakeClock } from '../monitor/test-doubles.ts';
import { type Follower, followEvents } from './test-support/follow-events.ts';
import { openTestFeed, type TestFeed, type TestFeedWishes } from './test-support/open-test-feed.ts';
import { head } from './test-support/raw-request.ts';

let feed: TestFeed | undefined;
const followers: Follower[] = [];

afterEach(async () => {
  for (const follower of followers.splice(0)) follower.close();
  await feed?.close();
});

async function open(wishes: TestFeedWishes = {}): Promise<TestFeed> {
  feed = await openTestFeed({ snapshot: sampleSnapshot(), ...wishes });
  return feed;
}

async function follow(...args: Parameters<typeof followEvents>): Promise<Follower> {
  const follower = await followEvents(...args);
  followers.push(follower);
  return follower;
}

const confirm = ({ states }: TestFeed): void => states.monitor.tell(states.monitor.state());

const subscribers = ({ feed: { state } }: TestFeed): number => {
  const now = state();
  return now.kind === 'on' ? now.subscribers : Number.NaN;
};

const idOf = (follower: Follower, index: number): string => follower.events.at(index)?.id ?? '';

test('whoever begins is told at once how things stand', async () => {
  const follower = await follow(await open());
  await follower.until(3);
  expect(follower.names()).toEqual(['snapshot', 'freshness', 'alert']);
  const [figures, freshness, alert] = follower.events.map(({ data }) => JSON.parse(data));
  expect(feedFiguresSchema.parse(figures)).toEqual(figures);
  expect(figures.figures['day-pnl'].figure).toEqual(sampleSnapshot().figures['day-pnl']);
  expect(feedFreshnessSchema.parse(freshness)).toEqual(freshness);
  expect(feedAlertSchema.parse(alert)).toEqual(alert);
  expect(follower.raw()).toMatch(/^retry:2000\n/);
});

test('whoever asks for events before its last answer has come is told to wait for it', async () => {
  const { port, token, ...own } = await open();
  const headers = {
    ...{ Connection: 'keep-alive', Host: `127.0.0.1:${port}` },
    Authorization: `Bearer ${token}`,
  };
  const asked = ['/v1/alerts', '/v1/events'].map((path) => head(`GET ${path} HTTP/1.1`, headers));
  const socket = connect(port, '127.0.0.1', () => socket.write(asked.join('')));
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  expect(answer).toContain('"pipelined"');
  expect(subscribers({ port, token, ...own })).toBe(0);
});

test('each change is one event, with all that it is about', async () => {
  const own = await open();
  const follower = await follow(own);
  await follower.until(3);
  own.publish(sampleSnapshot({ asOf: '2026-11-23T14:03:21.000000Z' }));
  confirm(own);
  own.states.alerts.tell(someAlerts({ current: [someAlert()], unacked: 1 }));
  own.states.settings.tell(own.states.settings.state());
  // The same once more is told to nobody.
  own.states.alerts.tell(someAlerts({ current: [someAlert()], unacked: 1 }));
  confirm(own);
  await follower.until(9);
  const names = ['snapshot', 'freshness', 'freshness', 'alert', 'settings', 'freshness'];
  expect(follower.names().slice(3)).toEqual(names);
  const sequences = follower.events.slice(2).map(({ id }) => Number(id?.split('-')[1]));
  expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const alert = JSON.parse(follower.events[6]?.data ?? '');
  expect(alert).toMatchObject({ worst: 'warning', unacked: 1 });
  expect(follower.events[7]?.data).toBe('{}');
});

test('a heartbeat comes each ten seconds, whatever else', async () => {
  const { clock, tick } = fakeClock();
  const own = await open({ clock });
  const follower = await follow(own);
  await follower.until(3);
  await tick(9_999);
  confirm(own);
  await follower.until(4);
  await tick(10_001);
  await follower.until(6);
  expect(follower.names().slice(3)).toEqual(['freshness', 'heartbeat', 'heartbeat']);
  const heartbeat = JSON.parse(follower.events[5]?.data ?? '');
  expect(feedHeartbeatSchema.parse(heartbeat)).toEqual(heartbeat);
  expect(heartbeat).toMatchObject({ subscribers: 1, status: 'watching' });
});

test('before the first figures there are none, and nothing stands in for them', async () => {
  const follower = await follow(await open({ snapshot: null }));
  await follower.until(3);
  expect(JSON.parse(follower.events[0]?.data ?? '')).toMatchObject({ figures: null, sequence: 0 });
});

test('all readers get the same bytes', async () => {
  const own = await open();
  const all = await Promise.all([follow(own), follow(own), follow(own)]);
  await Promise.all(all.map((each) => each.until(3)));
  for (let turn = 0; turn < 20; turn += 1) own.publish(sampleSnapshot());
  await Promise.all(all.map((each) => each.until(43)));
  const texts = all.map((each) => each.raw());
  expect(new Set(texts).size).toBe(1);
});

test('whoever comes back is told what it has missed, and nothing twice', async () => {
  const own = await open();
  const first = await follow(own);
  await first.until(3);
  confirm(own);
  await first.until(4);
  first.close();
  for (let turn = 0; turn < 100; turn += 1) confirm(own);
  const second = await follow(own, { lastEventId: idOf(first, -1) });
  confirm(own);
  await second.until(101);
  const seen = [...first.events.slice(3), ...second.events].map(({ id }) =>
    Number(id?.split('-')[1]),
  );
  expect(seen).toEqual(Array.from({ length: 102 }, (_, index) => index + 1));
});

test.each([
  ['of another run', () => '00ff00ff00ff-7'],
  ['that never was', (id: string) => id.replace(/\d+$/, '999')],
  ['that is none', () => '"><script>'],
])('whoever comes with an id %s is told how things stand first', async (_what, made) => {
  const own = await open();
  const first = await follow(own);
  await first.until(3);
  const second = await follow(own, { lastEventId: made(idOf(first, -1)) });
  await second.until(3);
  expect(second.names()).toEqual(['snapshot', 'freshness', 'alert']);
});

test('whoever was away for longer than is kept is told how things stand first', async () => {
  const own = await open();
  const first = await follow(own);
  confirm(own);
  await first.until(4);
  const id = idOf(first, -1);
  for (let turn = 0; turn < 257; turn += 1) confirm(own);
  const second = await follow(own, { lastEventId: id });
  await second.until(3);
  expect(second.names()).toEqual(['snapshot', 'freshness', 'alert']);
});

test('no more may follow than the limits say, however they hurry', async () => {
  const own = await open();
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => (await follow(own)).status),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(8);
  expect(statuses.filter((status) => status === 429)).toHaveLength(12);
  expect(subscribers(own)).toBe(8);
  for (const each of followers.splice(0)) each.close();
  await expect.poll(() => subscribers(own)).toBe(0);
  expect((await follow(own)).status).toBe(200);
});

test('whoever leaves before it was let in leaves nothing behind', async () => {
  const own = await open({ limits: { rate: { burst: 1000, perSecond: 1000 } } });
  const text = head('GET /v1/events HTTP/1.1', {
    ...{ Host: `127.0.0.1:${own.port}`, Authorization: `Bearer ${own.token}` },
  });
  for (let turn = 0; turn < 60; turn += 1) {
    const socket = connect(own.port, '127.0.0.1', () => {
      socket.write(text);
      // At once, or somewhere on the way through the server.
      setTimeout(() => socket.resetAndDestroy(), turn % 4);
    });
    socket.on('error', () => undefined);
    await delay(3);
  }
  await expect.poll(() => subscribers(own)).toBe(0);
  // Seats are free too.
  const statuses = await Promise.all(
    Array.from({ length: 8 }, async () => (await follow(own)).status),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(own.logged).toEqual([]);
});

test('a feed that closes ends every stream and listens to nobody any more', async () => {
  const own = await open();
  const follower = await follow(own);
  await own.feed.close();
  await follower.ended;
  expect(Object.values(own.states).map((state) => state.heard())).toEqual([0, 0, 0]);
  await expect(fetch(`${own.address}/livez`)).rejects.toThrow();
});

test('a connection that is lost shows in the events as it does in the window', async () => {
  const own = await open();
  const follower = await follow(own);
  await follower.until(3);
  const state = own.states.monitor.state();
  const failing = {
    kind: 'failing',
    failure: failure('unreachable'),
    nextTryInMs: 500,
    attempts: 1,
  } as const;
  own.states.monitor.tell({ ...state, status: failing });
  await follower.until(4);
  const told = z.object({ freshness: z.object({ kind: z.string() }) });
  expect(told.parse(JSON.parse(follower.events[3]?.data ?? '')).freshness.kind).toBe(
    'disconnected',
  );
});
