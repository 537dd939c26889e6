import { createServer, type Server } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import pg from 'pg';
import type { FailureCode } from '../shared/failure.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

const env = { PLUMBLINE_REFRESH_MS: '250' };
/** A failure that needs a person is tried again each half minute. */
const unaidedMs = 45 * 1000;

async function seed(own: TestLedger): Promise<void> {
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id,
      venue, side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    select 'seed-' || i, 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02, 'closed',
      1.5, now() from generate_series(1, 20) as i`);
}

const banner = (page: Page) => page.getByTestId('error-banner');
const freshness = (page: Page) => page.getByTestId('freshness');
const allTimePnl = (page: Page) => page.locator('data[data-testid=all-time-pnl]');

async function expectFailure(page: Page, code: FailureCode, timeout = 15_000): Promise<void> {
  await expect(banner(page)).toHaveAttribute('data-code', code, { timeout });
  await expect(banner(page).getByRole('button', { name: /try|trying/i })).toBeVisible();
}

async function expectLive(page: Page, timeout = 20_000): Promise<void> {
  await expect(banner(page)).toHaveCount(0, { timeout });
  await expect(freshness(page)).toHaveAttribute('data-state', /live|late/, { timeout: 5000 });
  await expect(allTimePnl(page)).toHaveAttribute('value', '30');
}

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
    await expect.poll(killAll, { intervals: [100, 170, 230], timeout: 40_000 }).toBeGreaterThan(10);
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

/** A fault that is there at the start, and what ends it. */
interface Fault {
  readonly name: string;
  readonly code: FailureCode;
  readonly says: string;
  inflict(own: TestLedger): Promise<unknown>;
  mend(own: TestLedger): Promise<unknown>;
}

const sqlFault = (
  name: string,
  code: FailureCode,
  says: string,
  breaking: string,
  mending: string,
): Fault => ({
  ...{ name, code, says },
  inflict: (own) => own.admin.query(breaking),
  mend: (own) => own.admin.query(mending),
});

let blockers: pg.Client[] = [];
const crowd: pg.Client[] = [];

const faults: readonly Fault[] = [
  {
    ...{ name: 'wrong password', code: 'authentication', says: 'plumbline_reader' },
    inflict: (own) => own.admin.query("alter role plumbline_reader password 'another'"),
    mend: (own) => {
      const password = decodeURIComponent(new URL(own.server.readerUrl).password);
      return own.admin.query(`alter role plumbline_reader password '${password}'`);
    },
  },
  sqlFault(
    'missing relation',
    'missing-relation',
    'paper_trades',
    'alter table paper_trades rename to elsewhere',
    'alter table elsewhere rename to paper_trades',
  ),
  sqlFault(
    'missing column',
    'missing-column',
    'resolved_at',
    'alter table paper_trades rename resolved_at to closed_at',
    'alter table paper_trades rename closed_at to resolved_at',
  ),
  sqlFault(
    'wrong type',
    'wrong-type',
    'realized_pnl',
    'alter table paper_trades alter realized_pnl type float8',
    'alter table paper_trades alter realized_pnl type numeric',
  ),
  sqlFault(
    'role without SELECT',
    'missing-privilege',
    'plumbline_reader',
    'revoke select on paper_trades from plumbline_reader',
    'grant select on paper_trades to plumbline_reader',
  ),
  {
    ...{ name: 'server full', code: 'too-many-connections', says: 'connection' },
    inflict: async (own) => {
      for (;;) {
        try {
          crowd.push(await own.connect());
        } catch (error) {
          if (error instanceof pg.DatabaseError && error.code === '53300') return;
          throw error;
        }
      }
    },
    mend: () => Promise.all(crowd.splice(0).map((client) => client.end())),
  },
  {
    ...{ name: 'role at its limit', code: 'too-many-connections', says: 'connection' },
    inflict: async (own) => {
      const reader = () => new pg.Client(own.server.readerUrl);
      blockers = [reader(), reader(), reader()];
      await Promise.all(blockers.map((client) => client.connect()));
    },
    mend: () => Promise.all(blockers.map((client) => client.end())),
  },
];

test('faults that are there at the start: each has its code and ends unaided', async () => {
  test.setTimeout(300_000);
  // Half at a time, each on a server of its own: most of the time is spent waiting for the next try.
  for (const batch of [faults.slice(0, 4), faults.slice(4)]) {
    await Promise.all(
      batch.map((fault) =>
        test.step(fault.name, async () => {
          const own = await startTestLedger({ maxConnections: 20 });
          await seed(own);
          await fault.inflict(own);
          const running = await launchApp({ databaseUrl: own.server.readerUrl, env });
          await expectFailure(running.page, fault.code);
          await expect(banner(running.page)).toContainText(fault.says);
          await fault.mend(own);
          await expectLive(running.page, unaidedMs);
          await running.close();
          await own.close();
        }),
      ),
    );
  }
});

/** Answers every sign-in with one error, as a server does that cannot be made to by other means. */
async function refusingServer(sqlState: string): Promise<{ server: Server; port: number }> {
  const fields = `SFATAL\0C${sqlState}\0Mraw text of the driver\0\0`;
  const message = Buffer.alloc(5 + fields.length);
  message.write('E', 0);
  message.writeInt32BE(4 + fields.length, 1);
  message.write(fields, 5);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return { server, port: address.port };
}

async function expectAtStart(databaseUrl: string, code: FailureCode): Promise<string> {
  const running = await launchApp({ databaseUrl, env });
  await expectFailure(running.page, code);
  await expect(freshness(running.page)).toHaveAttribute('data-state', /disconnected|stale/);
  const text = (await banner(running.page).textContent()) ?? '';
  expect(text + running.output()).not.toContain('hunter2');
  await running.close();
  return text;
}

test('addresses that lead nowhere: a sentence each, no secret, no text of the driver', async () => {
  test.setTimeout(120_000);
  const starting = await refusingServer('57P03');
  const unknown = await refusingServer('XX999');
  const at = (place: string) => `postgresql://reader:hunter2@${place}`;
  await expectAtStart(at('no-such-host.invalid/trading'), 'unknown-host');
  await expectAtStart(at(`127.0.0.1:${starting.port}/trading`), 'starting-up');
  const other = await expectAtStart(at(`127.0.0.1:${unknown.port}/trading`), 'other');
  expect(other).not.toContain('raw text');
  await expectAtStart('mysql://reader:hunter2@127.0.0.1/trading', 'other');
  starting.server.close();
  unknown.server.close();
});

test('a database that is not there, TLS that the server does not speak, a query without end', async () => {
  const own = await startTestLedger();
  const url = new URL(own.server.readerUrl);
  url.pathname = '/elsewhere';
  await expectAtStart(url.href, 'no-database');
  await expectAtStart(`${own.server.readerUrl}?sslmode=verify-full`, 'tls');
  await own.engine.query('alter table paper_trades rename to trades');
  await own.engine.query(
    'create view paper_trades as select trades.* from trades, pg_sleep(30) as slow',
  );
  await own.engine.query('grant select on paper_trades to plumbline_reader');
  await expectAtStart(own.server.readerUrl, 'too-slow');
  await own.close();
});
