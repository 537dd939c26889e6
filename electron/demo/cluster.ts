import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stopOrphan, writeOwner } from './orphan.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { randomPassword } from './roles.ts';
import { chooseRunAs, handOver, type RunAs, run } from './run-as.ts';

/** What a server is started with. */
export interface EmbeddedPostgresOptions {
  /** Folder of its own, made when missing; the data in it is thrown away at each start. */
  readonly dir: string;
  /** Gets one line at each step worth knowing. */
  readonly log?: (line: string) => void;
  /** Connections in all, superuser's included. */
  readonly maxConnections?: number;
  /** Further server settings, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** An initialised data directory and how to run a server on it. */
export interface Cluster {
  readonly dataDir: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly superuserPassword: string;
  readonly settings: readonly string[];
}

/** The only address the server listens on. */
export const host = '127.0.0.1';
/** The role that initdb creates. */
export const superuser = 'postgres';

/** Ends what an earlier run left behind and initialises the data directory anew. */
export async function prepareCluster(
  options: EmbeddedPostgresOptions,
  log: (line: string) => void,
): Promise<Cluster> {
  const dir = path.resolve(options.dir);
  const dataDir = path.join(dir, 'data');
  const logFile = path.join(dir, 'postgres.log');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chmod(dir, 0o700);
  const binaries = await findPostgresBinaries();
  const runAs = await chooseRunAs(binaries.postgres);
  if ((await stopOrphan(dir, dataDir, binaries, runAs)) === 'stopped') {
    log('Stopped a PostgreSQL server that an earlier run had left behind.');
  }
  await handOver(dir, runAs);
  await rm(dataDir, { recursive: true, force: true });
  await rm(logFile, { force: true });
  const superuserPassword = randomPassword();
  await initialise(dir, dataDir, superuserPassword, binaries, runAs);
  await writeOwner(dir);
  return {
    dataDir,
    logFile,
    binaries,
    runAs,
    superuserPassword,
    settings: serverSettings(options),
  };
}

/** Durability is switched off: the data is thrown away at the next start anyway. */
function serverSettings(options: EmbeddedPostgresOptions): readonly string[] {
  const settings = {
    listen_addresses: host,
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 40),
    shared_buffers: '32MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    io_method: 'sync', // PostgreSQL 18 would keep three worker processes for reading otherwise
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  return Object.entries(settings).map(([name, value]) => `${name}=${value}`);
}

async function initialise(
  dir: string,
  dataDir: string,
  password: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<void> {
  const passwordFile = path.join(dir, 'initial-password');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await handOver(passwordFile, runAs);
    const options = ['-D', dataDir, '-U', superuser, `--pwfile=${passwordFile}`];
    const kind = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
    const speed = ['--no-sync', '--no-instructions', '-c', 'max_connections=40'];
    const command = [binaries.initdb, ...options, ...kind, ...speed];
    const { code, output } = await run(command, runAs);
    if (code !== 0) throw new Error(explainInitFailure(output, dir, runAs));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function explainInitFailure(output: string, dir: string, runAs: RunAs): string {
  if (runAs.ids !== null && output.includes('Permission denied')) {
    return (
      `PostgreSQL does not run as root, and an unprivileged user cannot enter ${dir}: set ` +
      'PLUMBLINE_HOME to a folder whose parents others may enter, or start as an ordinary user.'
    );
  }
  return `PostgreSQL could not be initialised: ${output.trim()}`;
}
