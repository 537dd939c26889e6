import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { type Follower, followEvents } from './test-support/follow-events.ts';
import { openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { deafReader } from './test-support/raw-request.ts';

let feed: TestFeed;
const sockets: Socket[] = [];
const followers: Follower[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const follower of followers.splice(0)) follower.close();
  await feed.close();
});

const onOf = ({ feed: { state } }: TestFeed) => {
  const now = state();
  if (now.kind !== 'on') throw new Error(`The feed is ${now.kind}.`);
  return now;
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function publishMany(count: number): Promise<void> {
  for (let published = 0; published < count; published += 1) {
    feed.publish(sampleSnapshot());
    // Others get to read in between, as between two refreshes.
    await turn();
  }
}

async function deaf(count: number): Promise<void> {
  for (let opened = 0; opened < count; opened += 1)
    sockets.push(await deafReader(feed.port, feed.token));
  await expect.poll(() => onOf(feed).subscribers).toBeGreaterThanOrEqual(count);
}

test('who never reads is cut in time, and others miss nothing', async () => {
  feed = await openTestFeed({
    snapshot: sampleSnapshot(),
    pressure: { coalesceBytes: 1024 * 1024, cutBytes: 4 * 1024 * 1024, drainMs: 300 },
  });
  const good = await followEvents(feed);
  followers.push(good);
  await deaf(3);
  // What the kernel takes for a connection is some megabytes; this is more.
  const count = 1500;
  await publishMany(count);
  await expect.poll(() => onOf(feed).cut, { timeout: 10_000 }).toBe(3);
  await expect.poll(() => onOf(feed).subscribers).toBe(1);
  await good.until(3 + 2 * count);
  const sequences = good.events.slice(3).map(({ id }) => Number(id?.split('-')[1]));
  expect(sequences).toEqual(Array.from({ length: 2 * count }, (_, index) => index + 1));
});

test('what waits for readers that never read is bounded', async () => {
  feed = await openTestFeed({ snapshot: sampleSnapshot() });
  await deaf(6);
  // Once each of them has what it may have, more changes nothing.
  await publishMany(1500);
  const before = process.memoryUsage().rss;
  await publishMany(1500);
  const growth = process.memoryUsage().rss - before;
  // Without a bound it would be six times 1,500 events of some ten kilobytes.
  expect(growth).toBeLessThan(40 * 1024 * 1024);
  expect(onOf(feed)).toMatchObject({ subscribers: 6, cut: 0 });
});

test('who reads on after a while finds the latest of each event', async () => {
  feed = await openTestFeed({ snapshot: sampleSnapshot() });
  await deaf(1);
  await publishMany(1500);
  const last = '2026-11-23T15:00:00.000000Z';
  feed.states.monitor.tell({ ...feed.states.monitor.state(), asOf: last });
  let text = '';
  const [socket] = sockets;
  socket?.setEncoding('utf8');
  socket?.on('data', (more: string) => {
    text += more;
  });
  socket?.resume();
  await expect.poll(() => text.includes(`"asOf":"${last}"`), { timeout: 10_000 }).toBe(true);
  const ids = [...text.matchAll(/^id:[0-9a-f]+-(\d+)$/gm)].map(([, id]) => Number(id));
  expect(ids.slice(2)).toEqual(ids.slice(2).toSorted((a, b) => a - b));
  expect(ids.at(-1)).toBe(3001);
  expect(ids.length).toBeLessThan(3000);
  expect(onOf(feed)).toMatchObject({ subscribers: 1, cut: 0 });
});
