import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findHolder,
  type HomeLock,
  heldSentence,
  lockHome,
  type TakenLock,
  takeHomeLock,
} from './home-lock.ts';
import { lockPlace } from './home-lock-place.ts';

let home: string;
const locks: HomeLock[] = [];
const children: ChildProcess[] = [];
const root = resolve(import.meta.dirname, '../..');

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(locks.splice(0).map((lock) => lock.release()));
  await rm(home, { recursive: true, force: true });
});

async function take(folder = home, platform: NodeJS.Platform = 'linux'): Promise<TakenLock> {
  const taken = await takeHomeLock(folder, 'serve', platform);
  if (taken.kind === 'taken') locks.push(taken.lock);
  return taken;
}

/** Holds the home from another process. */
async function holdElsewhere(platform: string): Promise<ChildProcess> {
  const program = 'electron/settings/test-support/hold-home.ts';
  const args = ['scripts/lib/run-typescript.mjs', program, home, platform];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = await once(child.stdout ?? child, 'data');
  expect(String(said)).toBe('taken\n');
  return child;
}

// The second keeps a file, as on macOS.
describe.each(['linux', 'darwin'] as const)('a home on %s', (platform) => {
  it('has a new key where the one before was cut off while it was written', async () => {
    await writeFile(join(home, 'lock-key'), 'ab', { mode: 0o600 });
    await expect(findHolder(home, platform)).rejects.toThrow('holds no key');
    expect((await take(home, platform)).kind).toBe('taken');
    expect(await findHolder(home, platform)).toMatchObject({ what: 'serve', pid: process.pid });
    expect((await stat(join(home, 'lock-key'))).mode & 0o777).toBe(0o600);
  });

  it('has one holder, however many ask at once', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(home, platform)));
    expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    const holder = { what: 'serve', pid: process.pid, feed: null };
    for (const one of taken) {
      if (one.kind === 'held') expect(one.holder).toEqual(holder);
    }
  });

  it('is free again once it was released', async () => {
    const first = await take(home, platform);
    if (first.kind === 'taken') await first.lock.release();
    expect(await findHolder(home, platform)).toBeNull();
    expect((await take(home, platform)).kind).toBe('taken');
  });

  it('is free as soon as its holder was killed, for one of those who wait', async () => {
    const child = await holdElsewhere(platform);
    expect(await take(home, platform)).toEqual({
      kind: 'held',
      holder: { what: 'app', pid: child.pid, feed: 'http://127.0.0.1:1234' },
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(home, platform)));
    expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  it('may have a path longer than a socket’s address', async () => {
    const long = join(home, 'x'.repeat(120), 'y'.repeat(120));
    await mkdir(long, { recursive: true });
    expect((await take(long, platform)).kind).toBe('taken');
    expect(await take(long, platform)).toMatchObject({ kind: 'held', holder: { what: 'serve' } });
    expect((await take(home, platform)).kind).toBe('taken');
  });

  it('tells where its feed is, and looking for that writes nothing', async () => {
    expect(await findHolder(home, platform)).toBeNull();
    expect(await readdir(home)).toEqual([]);
    const taken = await take(home, platform);
    if (taken.kind === 'taken') taken.lock.tellFeed(() => 'http://127.0.0.1:8630');
    expect(await findHolder(home, platform)).toMatchObject({ feed: 'http://127.0.0.1:8630' });
  });
});

it('a holder that cannot read the home is not believed', async () => {
  await take();
  for (const lock of locks.splice(0)) await lock.release();
  const { path } = await lockPlace(home, 'linux');
  const answer = JSON.stringify({ what: 'app', pid: 1, feed: 'http://127.0.0.1:6666' });
  const stranger = createServer((socket) => socket.end(`${answer} ${'0'.repeat(64)}\n`));
  stranger.listen(path);
  await once(stranger, 'listening');
  const unknown = { what: 'unknown', pid: null, feed: null };
  expect(await findHolder(home)).toEqual(unknown);
  expect(await take()).toEqual({ kind: 'held', holder: unknown });
  stranger.close();
});

it('the key is for its owner alone, and the same by whatever path the home is reached', async () => {
  await take();
  const key = await readFile(join(home, 'lock-key'), 'utf8');
  expect((await stat(join(home, 'lock-key'))).mode & 0o777).toBe(0o600);
  const moved = `${home}-moved`;
  await rename(home, moved);
  expect((await take(moved)).kind).toBe('held');
  expect(await readFile(join(moved, 'lock-key'), 'utf8')).toBe(key);
  await rename(moved, home);
});

it('a home that is missing or cannot be written to is an error of the system', async () => {
  await expect(take(join(home, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await findHolder(join(home, 'none'))).toBeNull();
  await chmod(home, 0o500);
  // Root may write everywhere.
  if (process.getuid?.() !== 0) await expect(take()).rejects.toMatchObject({ code: 'EACCES' });
  await chmod(home, 0o700);
  // A file in its place fails for everybody.
  await mkdir(join(home, 'lock-key'));
  await expect(take()).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(lockHome(home, 'app')).rejects.toThrow(/cannot be taken \(EISDIR\)/);
});

it.each([
  ['app', 12, 'The Plumbline app (process 12) watches with /h already: quit it first, or set'],
  ['serve', 12, 'plumbline serve (process 12) watches with /h already: end it first, or set'],
  ['unknown', null, 'Another program holds the lock of /h and does not say which: end it first'],
] as const)('%s is named in one sentence', (what, pid, sentence) => {
  const said = heldSentence({ what, pid, feed: null }, '/h');
  expect(said).toContain(sentence);
  expect(said).toMatch(/^[^\n]+ PLUMBLINE_HOME to another folder\.$/);
});
