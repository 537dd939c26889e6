import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { chooseRunAs } from './run-as.ts';

const isRoot = process.getuid?.() === 0;
const realPath = process.env.PATH;
let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'plumbline-run-as-'));
  // Without a search path there is no `unshare`, as on a system that forbids user namespaces.
  process.env.PATH = home;
});

afterEach(async () => {
  process.env.PATH = realPath;
  await rm(home, { recursive: true, force: true });
});

describe('a system without user namespaces', () => {
  it('makes root, and only root, take an unprivileged user', async () => {
    const { postgres } = await findPostgresBinaries();
    const { prefix, ids } = await chooseRunAs(postgres);
    expect(prefix).toEqual([]);
    expect(ids).toEqual(isRoot ? { uid: 65534, gid: 65534 } : null);
  });

  it('runs the server all the same', async () => {
    const server = await startEmbeddedPostgres({ dir: home });
    const client = new Client({ connectionString: server.admin() });
    await client.connect();
    const { rows } = await client.query('SELECT 1 AS one');
    await client.end();
    await server.stop();
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('tells root in a sentence when that user cannot enter the folder', async () => {
    const closed = path.join(home, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const starting = startEmbeddedPostgres({ dir: path.join(closed, 'demo') });
    if (isRoot) {
      await expect(starting).rejects.toThrow('an unprivileged user cannot enter');
    } else {
      await (await starting).stop();
    }
  });

  it('names the program that cannot be run', async () => {
    const choice = chooseRunAs(path.join(home, 'no-postgres'));
    if (isRoot) await expect(choice).rejects.toThrow('PostgreSQL does not run as root');
    else expect(await choice).toEqual({ prefix: [], ids: null });
  });
});
