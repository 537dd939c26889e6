import {
  type Cluster,
  type EmbeddedPostgresOptions,
  host,
  prepareCluster,
  superuser,
} from './cluster.ts';
import type { Postmaster, StopMode } from './postmaster.ts';
import { createRoles, engineRole, randomPassword, readerRole } from './roles.ts';
import { type Started, startOnFreePort, startOnPort, superuserClient } from './server-start.ts';

export type { EmbeddedPostgresOptions } from './cluster.ts';

/** A running PostgreSQL of our own, with the two roles of a ledger and no tables yet. */
export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly superuserPassword: string;
  readonly databaseName: string;
  /** The read-only role's connection URL, the one to watch with. */
  readonly readerUrl: string;
  /** The trading engine's connection URL. */
  readonly engineUrl: string;
  /** The superuser's connection URL, of the ledger's database unless another is named. */
  admin(databaseName?: string): string;
  /** The server's process id, or null while it is stopped. */
  pid(): number | null;
  /** Resolves when the process is gone; a stopped server stays stopped. */
  stop(mode?: StopMode): Promise<void>;
  /** Starts a stopped server again, on the same port with the same data. */
  start(): Promise<void>;
}

const databaseName = 'trading';

/** A fresh server each time: it is seeded anew, so nothing of an earlier run can confuse a figure. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const cluster = await prepareCluster(options, log);
  const first = await startOnFreePort(cluster);
  log(`PostgreSQL answers on ${host}:${first.plan.port}, process ${first.server.pid}.`);
  const passwords = { engine: randomPassword(), reader: randomPassword() };
  try {
    await createLedgerDatabase(cluster, first.plan.port, passwords);
  } catch (error) {
    await first.server.stop('immediate');
    throw error;
  }
  return makeHandle(cluster, first, passwords);
}

function makeHandle(
  cluster: Cluster,
  { plan, server: first }: Started,
  passwords: { readonly engine: string; readonly reader: string },
): EmbeddedPostgres {
  let server: Postmaster | null = first;
  const { superuserPassword } = cluster;
  const { port } = plan;
  const url = (user: string, password: string, database = databaseName): string =>
    `postgresql://${user}:${password}@${host}:${port}/${database}`;
  return {
    host,
    port,
    superuser,
    superuserPassword,
    databaseName,
    readerUrl: url(readerRole, passwords.reader),
    engineUrl: url(engineRole, passwords.engine),
    admin: (database) => url(superuser, superuserPassword, database),
    pid: () => (server === null || server.exited() ? null : server.pid),
    stop: async (mode = 'fast') => {
      await server?.stop(mode);
      server = null;
    },
    start: async () => {
      if (server !== null && !server.exited()) return;
      server = await startOnPort(superuserPassword, plan);
    },
  };
}

async function createLedgerDatabase(
  { superuserPassword }: Cluster,
  port: number,
  passwords: { readonly engine: string; readonly reader: string },
): Promise<void> {
  const client = superuserClient(port, superuserPassword, 'template1');
  await client.connect();
  try {
    // Renaming the empty database is at once; creating one takes a tenth of a second more.
    await client.query(`ALTER DATABASE postgres RENAME TO ${databaseName}`);
  } finally {
    await client.end();
  }
  const inside = superuserClient(port, superuserPassword, databaseName);
  await inside.connect();
  try {
    await createRoles(inside, databaseName, passwords);
  } finally {
    await inside.end();
  }
}
