import { setTimeout as delay } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import pg from 'pg';
import { launchApp } from './support/app.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

let own: TestLedger;

test.beforeAll(async () => {
  own = await startTestLedger({ maxConnections: 100 });
  await own.engine.query(`insert into paper_trades (created_at, opportunity_id, opportunity_type,
      market_id, venue, side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    select now() - i * interval '4 minutes', 'seed-' || i, 'unknown', 'kalshi:m' || i % 200, 'kalshi',
      'buy', 'YES', 10, 0.4, 0.02, 'closed', 1.5 - i % 3, now() - i * interval '4 minutes'
    from generate_series(1, 10000) as i`);
  await own.engine.query('analyze paper_trades');
});

test.afterAll(() => own.close());

/** Watches pg_stat_activity until it is stopped; tells the most backends seen and every one of them. */
function watchBackends() {
  const seen = new Set<number>();
  let peak = 0;
  let samples = 0;
  let watching = true;
  const done = (async () => {
    while (watching) {
      const pids = await own.backends();
      for (const pid of pids) seen.add(pid);
      peak = Math.max(peak, pids.length);
      samples += 1;
      await delay(5);
    }
  })();
  return async () => {
    watching = false;
    await done;
    return { peak, samples, seen: [...seen].sort() };
  };
}

/** One trade of the engine, on a connection of its own; whether it was stored. */
async function insertTrade(index: number): Promise<boolean> {
  const client = new pg.Client(own.server.engineUrl);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      `insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome,
         quantity, price, expected_edge) values ($1, 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02)`,
      [`live-${performance.now()}-${index}`],
    );
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '53300') return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** The engine at work while something else happens: trades tried and trades lost. */
async function tradeDuring(work: () => Promise<unknown>) {
  let working = true;
  const result = { tried: 0, lost: 0 };
  const trading = (async () => {
    while (working) {
      result.tried += 1;
      if (!(await insertTrade(result.tried))) result.lost += 1;
      await delay(20);
    }
  })();
  await work();
  working = false;
  await trading;
  return result;
}

const refreshThousandTimes = (page: Page) =>
  page.evaluate(async () => {
    const calls = Array.from({ length: 1000 }, () => window.plumbline.monitor.refresh());
    return (await Promise.all(calls)).filter(({ ok }) => ok).length;
  });

test('a thousand refresh calls and fifty reloads: three backends at most, the same all along, none after', async () => {
  // Fifty reloads are a minute's work of a core.
  test.setTimeout(300_000);
  const running = await launchApp({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
  const { page } = running;
  await expect(page.getByTestId('freshness')).toHaveAttribute('data-state', 'live');
  const before = await own.backends();
  const stop = watchBackends();
  let answered = 0;
  const trades = await tradeDuring(async () => {
    answered += await refreshThousandTimes(page);
    for (let round = 0; round < 50; round += 1) {
      await page.reload();
      if (round % 10 === 0) answered += await refreshThousandTimes(page);
    }
    await expect(page.locator('data[data-testid=all-time-pnl]')).toHaveAttribute('value', /\d/);
  });
  const { peak, samples, seen } = await stop();
  process.stdout.write(
    `one pool: ${answered} refresh calls, 50 reloads, peak ${peak} backends in ${samples} samples, ${trades.lost} of ${trades.tried} trades lost\n`,
  );
  expect(answered).toBe(6000);
  expect(peak).toBeLessThanOrEqual(3);
  expect(seen).toEqual(before);
  expect(await own.backends()).toEqual(before);
  expect(trades).toMatchObject({ lost: 0 });
  expect(trades.tried).toBeGreaterThan(20);
  await running.close();
  expect(await own.backends()).toEqual([]);
});

/** The old dashboard: each viewer opens a pool of its own for each refresh. */
async function refreshWithFreshPool(): Promise<number> {
  const pool = new pg.Pool({ connectionString: own.server.engineUrl, max: 2 });
  pool.on('error', () => undefined);
  const answers = await Promise.allSettled([
    pool.query(
      `select count(*), sum(realized_pnl) from paper_trades where created_at > now() - interval '7 days'`,
    ),
    pool.query(
      `select * from paper_trades where created_at > now() - interval '1 day' order by created_at desc`,
    ),
  ]);
  await pool.end();
  return answers.filter(({ status }) => status === 'rejected').length;
}

test('beside it, a hundred viewers with a fresh pool a refresh exhaust the same server', async () => {
  let refused = 0;
  let rounds = 0;
  const trades = await tradeDuring(async () => {
    // A busy machine signs in so slowly that a round may leave room.
    for (; rounds < 3 || (refused === 0 && rounds < 20); rounds += 1) {
      const viewers = Array.from({ length: 100 }, refreshWithFreshPool);
      refused += (await Promise.all(viewers)).reduce((sum, failed) => sum + failed, 0);
    }
  });
  process.stdout.write(
    `fresh pools: ${refused} of ${rounds * 200} queries refused, ${trades.lost} of ${trades.tried} trades lost\n`,
  );
  expect(refused).toBeGreaterThan(0);
});
