import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedState } from '../../shared/feed.ts';
import { fakeClock } from '../monitor/test-doubles.ts';
import { openFeed } from './feed.ts';
import { FollowedFeed } from './follow-feed.ts';
import { type TestParts, testParts } from './test-support/open-test-feed.ts';

let parts: TestParts;
let folder: string;
const time = fakeClock();
const opened: string[] = [];
let followed: FollowedFeed | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-follow-'));
  parts = await testParts(folder, { clock: time.clock });
  opened.length = 0;
});

afterEach(async () => {
  await followed?.close();
  await rm(folder, { recursive: true, force: true });
});

function follow(forcedPort: number | null = null): () => FeedState {
  const { port: _any, ...needs } = parts.needs;
  followed = new FollowedFeed({ ...needs, forcedPort, onOpen: (address) => opened.push(address) });
  return followed.state;
}

function setFeed(feed: { enabled: boolean; port: number }): void {
  const { settings } = parts.states;
  const state = settings.state();
  settings.tell({ ...state, settings: { ...state.settings, feed } });
}

async function takenPort() {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { port: address.port, free: () => once(server.close(), 'close') };
}

const addressOf = (state: FeedState): string => (state.kind === 'on' ? state.address : state.kind);

test('it is off until the settings switch it on, and off again with them', async () => {
  const state = follow();
  expect(state()).toEqual({ kind: 'off' });
  setFeed({ enabled: true, port: 0 });
  await expect.poll(() => state().kind).toBe('on');
  const address = addressOf(state());
  expect(opened).toEqual([address]);
  expect(await (await fetch(`${address}/livez`)).text()).toBe('ok\n');
  setFeed({ enabled: false, port: 0 });
  await expect.poll(() => state().kind).toBe('off');
  await expect(fetch(`${address}/livez`)).rejects.toThrow();
});

test('it moves with the port, and stays where it is for any other change', async () => {
  const state = follow();
  setFeed({ enabled: true, port: 0 });
  await expect.poll(() => state().kind).toBe('on');
  const before = addressOf(state());
  setFeed({ enabled: true, port: 0 });
  const { port, free } = await takenPort();
  await free();
  expect(addressOf(state())).toBe(before);
  setFeed({ enabled: true, port });
  await expect.poll(() => addressOf(state())).toBe(`http://127.0.0.1:${port}`);
  await expect(fetch(`${before}/livez`)).rejects.toThrow();
});

test('the environment switches it on whatever the settings say', async () => {
  const state = follow(0);
  await expect.poll(() => state().kind).toBe('on');
  setFeed({ enabled: false, port: 1 });
  expect(state().kind).toBe('on');
});

test('however often the settings change while the port is in use, it is tried once at a time', async () => {
  const { port, free } = await takenPort();
  const armed = new Set<object>();
  const { after } = time.clock;
  const clock = {
    ...time.clock,
    after: (ms: number, task: () => void) => {
      const timer = {};
      armed.add(timer);
      const disarm = after(ms, () => {
        armed.delete(timer);
        task();
      });
      return () => {
        armed.delete(timer);
        disarm();
      };
    },
  };
  parts = { ...parts, needs: { ...parts.needs, clock } };
  const state = follow(port);
  await expect.poll(() => state().kind).toBe('failed');
  for (let save = 0; save < 4; save += 1) setFeed({ enabled: true, port: 0 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect.poll(() => armed.size).toBe(1);
  await followed?.close();
  expect(armed.size).toBe(0);
  await free();
});

test('a port in use is a sentence, told once, until it is free', async () => {
  const { port, free } = await takenPort();
  const state = follow(port);
  await expect.poll(() => state().kind).toBe('failed');
  const sentence = `Port ${port} on 127.0.0.1 is in use; choose another by --port, PLUMBLINE_FEED_PORT or feed.port, or 0 for any.`;
  expect(state()).toEqual({ kind: 'failed', message: sentence });
  const tries = parts.logged;
  await time.tick(60_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(tries).toEqual([`The feed is off: ${sentence}`]);
  await free();
  await expect
    .poll(async () => {
      await time.tick(15_000);
      return state().kind;
    })
    .toBe('on');
});

test('a failure is tried again when the settings change', async () => {
  const { port, free } = await takenPort();
  setFeed({ enabled: true, port });
  const state = follow();
  await expect.poll(() => state().kind).toBe('failed');
  await free();
  setFeed({ enabled: true, port });
  await expect.poll(() => state().kind).toBe('on');
});

test('wishes that overtake each other end at the last, with no server left behind', async () => {
  const state = follow();
  for (let turn = 0; turn < 10; turn += 1) {
    setFeed({ enabled: true, port: 0 });
    setFeed({ enabled: false, port: 0 });
  }
  setFeed({ enabled: true, port: 0 });
  await expect.poll(() => state().kind).toBe('on');
  expect(parts.states.monitor.heard()).toBe(1);
  await followed?.close();
  expect(state().kind).toBe('off');
  expect(parts.states.monitor.heard()).toBe(0);
  expect(parts.states.settings.heard()).toBe(0);
});

test('the same port twice is refused by a feed too', async () => {
  const first = await openFeed(parts.needs);
  const { port } = new URL(first.address);
  await expect(openFeed({ ...parts.needs, port: Number(port) })).rejects.toThrow(/is in use/);
  // The one that failed listens to nobody.
  expect(parts.states.monitor.heard()).toBe(1);
  await first.close();
});
