import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSession, type Session } from 'better-sse';
import { sampleSnapshot } from '../electron/cli/test-support/sample-snapshot.ts';
import { figuresDocument, freshnessDocument } from '../electron/feed/documents.ts';
import { openTestFeed } from '../electron/feed/test-support/open-test-feed.ts';
import { deafSocket, head } from '../electron/feed/test-support/raw-request.ts';
import { watchingState } from '../shared/test-fixtures.ts';
import type { Reached } from './feed-readers.ts';
import { quantile } from './quantile.ts';
import { type Bar, type BenchResult, type Finding, short } from './report.ts';

const rounds = 40;
const warmUp = 5;
const apartMs = 100;
const mostLoopMs = 20;
const deadlineMs = 30_000;
const unread = 10_000;
const bytesInMegabyte = 1024 * 1024;
const runner = join(import.meta.dirname, '..', 'scripts', 'lib', 'run-typescript.mjs');
const readersFile = join(import.meta.dirname, 'feed-readers.ts');

/** A server of events with its readers. */
interface Published {
  readonly port: number;
  readonly head: string;
  /** Sends a snapshot and a freshness to every reader. */
  publish(): void;
  close(): Promise<void>;
}

/** What one publication costs with so many readers. */
interface Cost {
  /** That the thread that publishes was busy until then. */
  readonly busyMs: number[];
  /** Until the last reader has it. */
  readonly lastMs: number[];
  readonly loopMs: number;
}

/** One snapshot to 1, 200 and 1,000 readers; and one that never reads. */
export async function benchFeed(): Promise<BenchResult> {
  const findings: Finding[] = [];
  const bars: Bar[] = [];
  for (const count of [1, 200, 1000]) {
    // In turn, so that a machine that drifts drifts for both.
    const feed = await costOf(await openOwn(), count);
    const naive = await costOf(await openNaive(), count);
    const [own, each] = [quantile(feed.busyMs, 0.5), quantile(naive.busyMs, 0.5)];
    findings.push({
      ...{ figure: 12, goal: `event loop ≤ ${mostLoopMs} ms` },
      what: `a snapshot to ${count} readers of the feed, against a text made for each`,
      result: `main is busy for ${short(own)} ms against ${short(each)} (${short(each / own)} × cheaper), the last has it after ${short(quantile(feed.lastMs, 0.5))} ms, event loop p99.9 ${short(feed.loopMs)} ms against ${short(naive.loopMs)}`,
      met: feed.loopMs <= mostLoopMs,
    });
    bars.push({ name: `${count} readers, one text for all`, ms: own });
    bars.push({ name: `${count} readers, a text for each`, ms: each });
    bars.push({ name: `${count} readers, until the last has it`, ms: quantile(feed.lastMs, 0.5) });
  }
  findings.push(await deafFinding());
  return { findings, bars };
}

async function openOwn(): Promise<Published> {
  const many = { burst: 10_000, perSecond: 10_000 };
  const feed = await openTestFeed({
    snapshot: sampleSnapshot(),
    limits: { subscribers: 2000, perToken: 2000, connections: 2100, rate: many },
  });
  const headers = { Host: `127.0.0.1:${feed.port}`, Authorization: `Bearer ${feed.token}` };
  return {
    port: feed.port,
    head: head('GET /v1/events HTTP/1.1', headers),
    publish: () => feed.publish(sampleSnapshot()),
    close: feed.close,
  };
}

/** The library as it is: every session makes its own text of every event, and nobody looks who reads. */
async function openNaive(): Promise<Published> {
  const sessions = new Set<Session>();
  const snapshot = sampleSnapshot();
  let sequence = 0;
  const publish = (): void => {
    sequence += 1;
    const state = watchingState({ sequence });
    const [figures, freshness] = [figuresDocument(state, snapshot), freshnessDocument(state)];
    for (const session of sessions) {
      session.push(figures, 'snapshot', `n-${sequence}`);
      session.push(freshness, 'freshness', `n-${sequence}`);
    }
  };
  const server = createServer(async (request, response) => {
    const session = await createSession(request, response, { keepAlive: null });
    sessions.add(session);
    session.once('disconnected', () => sessions.delete(session));
    session.push(figuresDocument(watchingState(), snapshot), 'snapshot', 'n-0');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const { port } = address;
  const closed = once(server, 'close');
  return {
    ...{ port, publish, head: head('GET / HTTP/1.1', { Host: `127.0.0.1:${port}` }) },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function costOf(published: Published, count: number): Promise<Cost> {
  const readers = startReaders(published, count);
  await readers.reached(1);
  const busyMs: number[] = [];
  const lastMs: number[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  for (let round = 0; round < rounds; round += 1) {
    await delay(apartMs);
    // The first rounds warm up.
    if (round === warmUp) loop.enable();
    const startMs = performance.now();
    const before = performance.eventLoopUtilization();
    published.publish();
    const atMs = (await readers.reached(round + 2)) - performance.timeOrigin - startMs;
    if (round < warmUp) continue;
    busyMs.push(performance.eventLoopUtilization(before).active);
    lastMs.push(atMs);
  }
  loop.disable();
  await readers.close();
  await published.close();
  return { busyMs, lastMs, loopMs: loop.percentile(99.9) / 1e6 };
}

function startReaders({ port, head: text }: Published, count: number) {
  const needs = JSON.stringify({ port, count, head: text });
  const child = fork(runner, [readersFile, needs], { stdio: 'inherit' });
  const seen: Reached[] = [];
  child.on('message', (reached: Reached) => seen.push(reached));
  return {
    reached: (events: number): Promise<number> => untilReached(seen, events),
    close: (): Promise<unknown> => ended(child),
  };
}

async function untilReached(seen: readonly Reached[], events: number): Promise<number> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const found = seen.find((reached) => reached.events >= events);
    if (found !== undefined) return found.atMs;
    if (performance.now() > deadline) throw new Error(`${events} events did not come to all.`);
    await delay(1);
  }
}

function ended(child: ChildProcess): Promise<unknown> {
  const exited = once(child, 'exit');
  child.disconnect();
  return exited;
}

/** Memory that a reader takes who never reads, of this process. */
async function deafFinding(): Promise<Finding> {
  const own = await growthOf(await openOwn());
  const naive = await growthOf(await openNaive());
  return {
    ...{ figure: null, goal: 'bounded', met: own <= 16 * bytesInMegabyte },
    what: `memory after ${unread} snapshots to a reader that never reads, against a server that does not look`,
    result: `${short(own / bytesInMegabyte)} MB against ${short(naive / bytesInMegabyte)} MB`,
  };
}

/** What is in use after all that can be cleared away was. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function growthOf(published: Published): Promise<number> {
  const socket = await deafSocket(published.port, published.head);
  // Warmed up, so that what is measured is what waits.
  for (let round = 0; round < 1000; round += 1) published.publish();
  await delay(apartMs);
  const before = usedBytes();
  for (let round = 0; round < unread; round += 1) {
    published.publish();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const growth = usedBytes() - before;
  socket.destroy();
  await published.close();
  return growth;
}
