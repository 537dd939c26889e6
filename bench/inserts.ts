import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { launchWatching, type RunningApp } from '../e2e/support/app.ts';
import { head } from '../electron/feed/test-support/raw-request.ts';
import { addToken } from '../electron/feed/token-file.ts';
import { systemClock } from '../electron/monitor/clock.ts';
import { Monitor } from '../electron/monitor/monitor.ts';
import { type FilledLedger, fillLedger } from './ledgers.ts';
import { quantile } from './quantile.ts';
import { type BenchResult, type Finding, short } from './report.ts';

const viewers = 100;
const stormMs = 30_000;
const feedReaders = 1000;
const feedTokens = 10;
/** After which a reader that was turned away comes again. */
const againMs = 10_000;
const freshRounds = 10;
const blocks = 20;
const insertsABlock = 250;

let serial = 0;

/** One trade as the engine writes it, on a connection of its pool. */
const insertTrade = (client: pg.Client | pg.Pool): Promise<unknown> => {
  serial += 1;
  return client.query(
    `insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome,
       quantity, price, expected_edge) values ($1, 'cross', 'kalshi:m1', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02)`,
    [`bench-${serial}`],
  );
};

/** Trades of an engine whose pool opens a connection for each, while something else happens. */
async function tradesDuring({ own }: FilledLedger, work: () => Promise<unknown>) {
  let working = true;
  const trades = { tried: 0, lost: 0 };
  const trading = (async () => {
    while (working) {
      trades.tried += 1;
      const client = new pg.Client(own.server.engineUrl);
      client.on('error', () => undefined);
      try {
        await client.connect();
        await insertTrade(client);
      } catch {
        trades.lost += 1;
      }
      await client.end();
      await delay(20);
    }
  })();
  await work();
  working = false;
  await trading;
  return trades;
}

/** Connections of the app under a storm of calls and reloads, and the engine's trades beside it. */
export async function benchConnections(): Promise<BenchResult> {
  const filled = await fillLedger(10_000);
  const { own } = filled;
  const running = await launchWatching({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250', PLUMBLINE_FEED_PORT: '0' },
  });
  const readers = await besiegeFeed(running);
  let [peak, mostReaders, calls, isWatched] = [0, 0, 0, true];
  const watching = (async () => {
    while (isWatched) {
      peak = Math.max(peak, (await own.backends()).length);
      mostReaders = Math.max(mostReaders, readers.following());
      await delay(10);
    }
  })();
  const trades = await tradesDuring(filled, async () => {
    const until = performance.now() + stormMs;
    for (let round = 0; performance.now() < until || round < 50; round += 1) {
      calls += await running.page.evaluate(async () => {
        const asked = Array.from({ length: 1000 }, () => window.plumbline.monitor.refresh());
        return (await Promise.all(asked)).length;
      });
      if (round < 50) await running.page.reload();
    }
  });
  isWatched = false;
  await watching;
  readers.close();
  await running.close();
  const left = (await own.backends()).length;
  const fresh = await tradesDuring(filled, async () => {
    for (let round = 0; round < freshRounds; round += 1) {
      await Promise.all(
        Array.from({ length: viewers }, () => freshPoolRefresh(own.server.engineUrl)),
      );
    }
  });
  await filled.close();
  const findings: Finding[] = [
    {
      figure: 1,
      what: `server connections held under ${calls} refresh calls, 50 reloads and ${feedReaders} readers of the feed (${mostReaders} at a time are let in)`,
      ...{
        goal: '≤ 3, and 0 after quit',
        result: `${peak}, and ${left}`,
        met: peak <= 3 && left === 0,
      },
    },
    {
      ...{ figure: 2, what: 'trades lost beside that storm; beside 100 viewers with fresh pools' },
      goal: '0',
      result: `${trades.lost} of ${trades.tried}; ${fresh.lost} of ${fresh.tried}`,
      met: trades.lost === 0,
    },
  ];
  return { findings, bars: [] };
}

/** Readers of the app's feed, more than it lets in; whoever is turned away comes again. */
async function besiegeFeed({ home, page }: RunningApp) {
  const tokens: string[] = [];
  for (let token = 0; token < feedTokens; token += 1) {
    tokens.push(await addToken(home, `bench-${token}`));
  }
  // The app takes notice of the file by itself.
  await delay(2000);
  const feed = await page.evaluate(() => window.plumbline.feed.state());
  if (!feed.ok || feed.value.kind !== 'on') throw new Error('The feed is not on.');
  const port = Number(new URL(feed.value.address).port);
  const sockets = new Map<number, Socket>();
  const following = new Set<number>();
  const read = (reader: number): void => {
    const authorization = `Bearer ${tokens[reader % feedTokens] ?? ''}`;
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(head('GET /v1/events HTTP/1.1', { Host: `127.0.0.1:${port}`, authorization })),
    );
    sockets.set(reader, socket);
    socket.on('data', (data) => {
      if (data.includes('text/event-stream')) following.add(reader);
      else if (data.includes('HTTP/1.1 429')) socket.destroy();
    });
    // A refused connection ends with an error; it is closed either way.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      following.delete(reader);
      if (sockets.has(reader)) setTimeout(() => read(reader), againMs);
    });
  };
  for (let reader = 0; reader < feedReaders; reader += 1) read(reader);
  return {
    following: () => following.size,
    close: (): void => {
      const all = [...sockets.values()];
      sockets.clear();
      for (const socket of all) socket.destroy();
    },
  };
}

async function freshPoolRefresh(connectionString: string): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 2 });
  pool.on('error', () => undefined);
  await Promise.allSettled([
    pool.query(`select count(*), sum(realized_pnl) from paper_trades`),
    pool.query(`select * from paper_trades order by created_at desc limit 200`),
  ]);
  await pool.end();
}

/** The engine's insert with the monitor at 1 s against without it, in alternating blocks. */
export async function benchInserts(): Promise<BenchResult> {
  const filled = await fillLedger(100_000);
  const client = await filled.own.connect();
  const ratios: { p50: number[]; p99: number[] } = { p50: [], p99: [] };
  const monitor = new Monitor({
    clock: systemClock,
    profile: { name: 'bench', label: 'LEDGER', host: 'localhost' },
    ...{ baseIntervalMs: 1000, connectionBudget: 3 },
    log: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  monitor.start(filled.ledger, { name: 'bench', label: 'LEDGER', host: 'localhost' });
  await delay(5000);
  for (let block = 0; block < blocks; block += 1) {
    // Which comes first changes, so that a drift of the machine hits both.
    const order = block % 2 === 0 ? [true, false] : [false, true];
    const times = new Map<boolean, number[]>();
    for (const watched of order) {
      monitor.setPaused(!watched);
      times.set(watched, await insertBlock(client));
    }
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const [withIt, without] = [times.get(true) ?? [], times.get(false) ?? []];
      ratios[name].push(quantile(withIt, share) / quantile(without, share));
    }
  }
  monitor.stop();
  await client.end();
  await filled.close();
  const findings = (['p50', 'p99'] as const).map((name): Finding => {
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios[name], share));
    return {
      ...{
        figure: 3,
        what: `the engine's insert with the monitor at 1 s against without, ${name}`,
      },
      goal: '≤ 1.05 × within the spread',
      result: `${short(middle ?? 0)} × (half of the blocks ${short(low ?? 0)} to ${short(high ?? 0)})`,
      met: (middle ?? 9) <= 1.05 || (low ?? 9) <= 1.05,
    };
  });
  return { findings, bars: [] };
}

async function insertBlock(client: pg.Client): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < insertsABlock; index += 1) {
    const started = performance.now();
    await insertTrade(client);
    times.push(performance.now() - started);
    await delay(8);
  }
  return times;
}
