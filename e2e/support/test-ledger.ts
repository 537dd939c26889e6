import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../electron/demo/embedded-postgres.ts';
import { createLedgerTables } from '../../electron/demo/trading-engine/ledger-ddl.ts';

/** A server of the test's own with an empty ledger on it. */
export interface TestLedger {
  readonly server: EmbeddedPostgres;
  /** Signed in as the trading engine, the owner of the tables. */
  readonly engine: pg.Client;
  /** Signed in as the superuser. */
  readonly admin: pg.Client;
  /** Signs both in again, after the server was away. */
  signIn(): Promise<void>;
  /** One more connection of the trading engine's. */
  connect(): Promise<pg.Client>;
  /** A connection of the superuser's to another database. */
  connectTo(database: string): Promise<pg.Client>;
  /** Client backends of Plumbline, as the server sees them. */
  backends(): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** Starts a server and creates the tables. */
export async function startTestLedger(
  options: Omit<EmbeddedPostgresOptions, 'dir'> = {},
): Promise<TestLedger> {
  const dir = await mkdtemp(join(tmpdir(), 'plumbline-ledger-'));
  const server = await startEmbeddedPostgres({ ...options, dir });
  const connect = async (url: string): Promise<pg.Client> => {
    const client = new pg.Client(url);
    // The tests stop the server under it.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  let engine = await connect(server.engineUrl);
  let admin = await connect(server.admin());
  await createLedgerTables(engine);
  const signOut = async (): Promise<void> => {
    await Promise.allSettled([engine.end(), admin.end()]);
  };
  return {
    server,
    get engine() {
      return engine;
    },
    get admin() {
      return admin;
    },
    signIn: async () => {
      await signOut();
      engine = await connect(server.engineUrl);
      admin = await connect(server.admin());
    },
    connect: () => connect(server.engineUrl),
    connectTo: (database) => connect(server.admin(database)),
    backends: async () => {
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_stat_activity
         where application_name = 'plumbline' and backend_type = 'client backend' order by pid`,
      );
      return rows.map(({ pid }) => pid);
    },
    close: async () => {
      await signOut();
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
