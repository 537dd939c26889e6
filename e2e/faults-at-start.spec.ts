import { createServer, type Server } from 'node:net';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import type { FailureCode } from '../shared/failure.ts';
import { launchApp } from './support/app.ts';
import {
  banner,
  env,
  expectFailure,
  expectLive,
  freshness,
  seed,
  unaidedMs,
} from './support/faults.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

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

/** Starts the app on a fault of its own server and mends it; gives the way to the end, which takes its time. */
async function meetFault(fault: Fault): Promise<() => Promise<void>> {
  const own = await startTestLedger({ maxConnections: 20 });
  await seed(own);
  await fault.inflict(own);
  const running = await launchApp({ databaseUrl: own.server.readerUrl, env });
  await expectFailure(running.page, fault.code);
  await expect(banner(running.page)).toContainText(fault.says);
  await fault.mend(own);
  return async () => {
    await expectLive(running.page, unaidedMs);
    await running.close();
    await own.close();
  };
}

test('faults that are there at the start: each has its code and ends unaided', async () => {
  test.setTimeout(300_000);
  // One starts at a time, for the machine's sake; they wait for their next try together.
  const ends: Promise<void>[] = [];
  for (const fault of faults) {
    await test.step(fault.name, async () => {
      const endsUnaided = await meetFault(fault);
      ends.push(test.step(`${fault.name} ends`, endsUnaided));
    });
  }
  await Promise.all(ends);
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
