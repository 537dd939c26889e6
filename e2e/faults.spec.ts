import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from './support/app.ts';
import {
  allTimePnl,
  banner,
  env,
  expectFailure,
  expectLive,
  freshness,
  seed,
  unaidedMs,
} from './support/faults.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

/** Locks the table, then commits something elsewhere, so that the next probe leads to a read. */
async function lockAndChange(own: TestLedger): Promise<void> {
  await own.engine.query('begin; lock table paper_trades in access exclusive mode');
  await own.admin.query('select pg_current_xact_id()');
}

/** The server itself waits, faster than any client could, for a session that rests in a transaction. */
const killBetweenQueries = `do $$ begin
  for round in 1..2000000 loop
    perform pg_stat_clear_snapshot();
    perform pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'plumbline' and state = 'idle in transaction';
    if found then return; end if;
  end loop;
  raise 'no session was found between two queries';
end $$`;

test.describe('while it runs', () => {
  let own: TestLedger;
  let running: RunningApp;

  test.beforeAll(async () => {
    own = await startTestLedger();
    await seed(own);
    running = await launchApp({ databaseUrl: own.server.readerUrl, env });
    await expectLive(running.page);
  });

  test.afterAll(async () => {
    await running.close();
    expect(await own.backends()).toEqual([]);
    await own.close();
  });

  test('backends killed again and again, idle or at work: no banner, no crash', async () => {
    const { page } = running;
    const banners = await page.evaluateHandle(() => {
      const seen = { count: 0 };
      new MutationObserver(() => {
        if (document.querySelector('[data-testid=error-banner]') !== null) seen.count += 1;
      }).observe(document.body, { childList: true, subtree: true });
      return seen;
    });
    const killed = new Set<number>();
    const killAll = async (): Promise<number> => {
      for (const pid of await own.backends()) {
        await own.admin.query('select pg_terminate_backend($1)', [pid]);
        killed.add(pid);
      }
      return killed.size;
    };
    await expect.poll(killAll, { intervals: [100, 170, 230], timeout: 75_000 }).toBeGreaterThan(10);
    await expectLive(page);
    expect(await banners.evaluate(({ count }) => count)).toBe(0);
  });

  test('a backend killed in the middle of a query', async () => {
    await lockAndChange(own);
    await expect
      .poll(
        async () => {
          const { rows } = await own.admin.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'plumbline' and wait_event_type = 'Lock'`,
          );
          return rows.length;
        },
        { intervals: [20], timeout: 20_000 },
      )
      .toBeGreaterThan(0);
    await own.engine.query('rollback');
    await expectLive(running.page);
  });

  test('a backend killed between two queries of one refresh', async () => {
    const { page } = running;
    const killed = own.admin.query(killBetweenQueries);
    const reading = setInterval(() => own.engine.query('select pg_current_xact_id()'), 300);
    await killed;
    clearInterval(reading);
    await expectLive(page);
  });

  test('server stopped and started: figures stay, marked, until it is back', async () => {
    const { page } = running;
    await own.server.stop();
    await expectFailure(page, 'refused');
    await expect(freshness(page)).toHaveAttribute('data-state', 'disconnected');
    await expect(allTimePnl(page)).toHaveAttribute('value', '30');
    await own.server.start();
    await own.signIn();
    await expectLive(page);
  });

  test('"Try now" does not wait for the countdown', async () => {
    const { page } = running;
    await own.server.stop();
    await expectFailure(page, 'refused');
    await expect(banner(page)).toContainText(/in ([5-9]|1\d) s/, { timeout: 45_000 });
    await own.server.start();
    await banner(page).getByRole('button').click();
    await expect(banner(page)).toHaveCount(0, { timeout: 3000 });
    await own.signIn();
    await expectLive(page);
  });

  test('table locked: stale, not disconnected', async () => {
    const { page } = running;
    await lockAndChange(own);
    await expectFailure(page, 'table-locked');
    await expect(freshness(page)).toHaveAttribute('data-state', 'stale');
    await own.engine.query('rollback');
    await expectLive(page);
  });

  test('postmaster that answers nothing', async () => {
    const { page } = running;
    const postmaster = own.server.pid() ?? 0;
    process.kill(postmaster, 'SIGSTOP');
    try {
      for (const pid of await own.backends()) {
        await own.admin.query('select pg_terminate_backend($1)', [pid]);
      }
      await expectFailure(page, 'unreachable', 20_000);
    } finally {
      process.kill(postmaster, 'SIGCONT');
    }
    await expectLive(page);
  });

  test('a column that goes missing under a running monitor is named', async () => {
    test.setTimeout(90_000);
    const { page } = running;
    await own.engine.query('alter table paper_trades rename column realized_pnl to pnl');
    await expectFailure(page, 'missing-column');
    await expect(banner(page)).toContainText('realized_pnl');
    await expect(freshness(page)).toHaveAttribute('data-state', 'stale');
    await own.engine.query('alter table paper_trades rename column pnl to realized_pnl');
    await expectLive(page, unaidedMs);
  });
});
