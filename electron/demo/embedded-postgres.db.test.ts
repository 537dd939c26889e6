import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { isRunning } from './postmaster.ts';
import { bundleEntry } from './test-support/bundle-entry.ts';

let home: string;
let dir: string;
let server: EmbeddedPostgres;
const lines: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'plumbline demo '));
  dir = path.join(home, 'a folder with spaces');
  server = await startEmbeddedPostgres({
    dir,
    log: (line) => lines.push(line),
    maxConnections: 25,
    settings: { work_mem: '3MB' },
  });
});

afterAll(async () => {
  await server.stop('immediate');
  await rm(home, { recursive: true, force: true });
});

describe('the embedded server', () => {
  it('answers with the settings that were asked for', async () => {
    expect(await ask(server.admin(), 'SHOW max_connections')).toBe('25');
    expect(await ask(server.admin(), 'SHOW work_mem')).toBe('3MB');
    expect(await ask(server.admin(), 'SHOW fsync')).toBe('off');
    expect(await ask(server.admin(), 'SHOW listen_addresses')).toBe('127.0.0.1');
    expect(await ask(server.admin(), 'SHOW unix_socket_directories')).toBe('');
    expect(await ask(server.admin(), 'SHOW server_encoding')).toBe('UTF8');
    expect(await ask(server.admin(), 'SELECT datcollate FROM pg_database LIMIT 1')).toBe('C');
  });

  it('lets nobody in without the right password', async () => {
    const wrong = server.admin().replace(server.superuserPassword, 'guess');
    await expect(ask(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const rules = await ask(
      server.admin(),
      "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules",
    );
    expect(rules).toBe('scram-sha-256');
  });

  it('keeps its folders closed to others and leaves no password behind', async () => {
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(dir, 'data'))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(dir, 'postgres.log'))).mode & 0o777).toBe(0o600);
    expect((await readdir(dir)).sort()).toEqual(['data', 'owner.pid', 'postgres.log']);
  });

  it('stops and starts again on the same port with the same data', async () => {
    await ask(server.admin(), 'CREATE TABLE kept AS SELECT 7 AS n');
    for (const mode of ['fast', 'immediate'] as const) {
      const pid = server.pid();
      await server.stop(mode);
      expect(server.pid()).toBeNull();
      expect(isRunning(pid ?? 0)).toBe(false);
      expect(await portIsOpen(server.port)).toBe(false);
      await server.start();
      expect(await ask(server.admin(), 'SELECT n::text FROM kept')).toBe('7');
    }
  });

  it('stops with sessions open, and twice does no harm', async () => {
    const client = new Client({ connectionString: server.admin() });
    client.on('error', () => undefined);
    await client.connect();
    await server.stop();
    await server.stop();
    await server.start();
    await server.start();
    expect(await ask(server.admin(), 'SELECT 1::text')).toBe('1');
  });

  it('says which port is taken when it cannot start', async () => {
    const { port } = server;
    await server.stop();
    const squatter = await listen(port);
    await expect(server.start()).rejects.toThrow(/PostgreSQL did not start \(could not create/);
    squatter.kill();
    await once(squatter, 'exit');
    await server.start();
    expect(server.port).toBe(port);
  });
});

describe('a folder of an earlier run', () => {
  it('has its orphaned server stopped and its data thrown away', async () => {
    const orphanDir = path.join(home, 'orphan');
    const orphan = await startEmbeddedPostgres({ dir: orphanDir });
    const orphanPid = orphan.pid() ?? 0;
    await ask(orphan.admin(), 'CREATE TABLE leftover ()');
    const fresh = await startEmbeddedPostgres({ dir: orphanDir, log: (line) => lines.push(line) });
    expect(commandOf(orphanPid)).not.toContain(orphanDir);
    expect(lines).toContain('Stopped a PostgreSQL server that an earlier run had left behind.');
    expect(await ask(fresh.admin(), "SELECT to_regclass('leftover')")).toBeNull();
    await fresh.stop();
  });

  it('is refused while its app is alive, and taken over when the app was killed', async () => {
    const held = path.join(home, 'held');
    const program = await bundleEntry('electron/demo/test-support/hold-server.ts');
    const app = spawn(process.execPath, [program.file, held], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await once(app.stdout, 'data');
    await expect(startEmbeddedPostgres({ dir: held })).rejects.toThrow(
      `is in use by another Plumbline (process ${app.pid})`,
    );
    app.kill('SIGKILL');
    await once(app, 'exit');
    expect(isRunning(Number(pid))).toBe(true);
    const taken = await startEmbeddedPostgres({ dir: held });
    expect(commandOf(Number(pid))).not.toContain(held);
    await taken.stop();
    await program.remove();
  });

  it('leaves a foreign process alone that got the number of the old server', async () => {
    const reused = path.join(home, 'reused');
    const first = await startEmbeddedPostgres({ dir: reused });
    await first.stop();
    const foreign = spawn('sleep', ['60']);
    await writeFile(path.join(reused, 'data', 'postmaster.pid'), `${foreign.pid}\n`);
    const second = await startEmbeddedPostgres({ dir: reused });
    expect(isRunning(foreign.pid ?? 0)).toBe(true);
    await second.stop();
    foreign.kill();
    await once(foreign, 'exit');
  });
});

async function ask(url: string, sql: string): Promise<string | null> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0] ?? null;
  } finally {
    await client.end();
  }
}

function portIsOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** The command line of a process, empty when there is none: it is the server or it is gone. */
function commandOf(pid: number): string {
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

/** A program of somebody else that listens on the port. */
async function listen(port: number): Promise<ReturnType<typeof spawn>> {
  const source = `require('net').createServer().listen(${port},'127.0.0.1',()=>console.log('up'))`;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
