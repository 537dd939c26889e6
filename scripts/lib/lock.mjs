import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd, stopIfInterrupted } from './lifetime.mjs';
import { inCache } from './places.mjs';
import { Stop, say } from './stop.mjs';

const POLL_MS = 200;
const HEARTBEAT_MS = 5 * 1000;
const STALE_AFTER_MS = 60 * 1000;
const GIVE_UP_AFTER_MS = 30 * 60 * 1000;

/**
 * Runs work that two runs must not do at once; the second waits, then usually finds it done.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const file = inCache('locks', `${name}.lock`);
  await acquire(file);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(unlessGone);
  }, HEARTBEAT_MS);
  const release = async () => {
    clearInterval(heartbeat);
    await rm(file, { force: true });
  };
  const forget = atEnd(release);
  try {
    return await work();
  } finally {
    forget();
    await release();
  }
}

/** @param {string} file */
async function acquire(file) {
  await mkdir(dirname(file), { recursive: true });
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (let said = false; !(await tryCreate(file)); ) {
    stopIfInterrupted();
    const holder = await holderOf(file);
    if (holder === undefined) continue;
    if (isStale(holder)) {
      await takeAway(file);
      continue;
    }
    if (!said) say(`Waiting for another run (process ${holder.pid}) to get this ready.`);
    said = true;
    if (Date.now() > deadline) throw new Stop(`Another run holds ${file}. Remove it if none runs.`);
    await sleep(POLL_MS);
  }
}

/**
 * @param {string} file
 * @returns {Promise<boolean>}
 */
async function tryCreate(file) {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

/** @param {string} file */
async function holderOf(file) {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { pid: Number(text), ageMs: Date.now() - mtimeMs };
  } catch {
    return undefined;
  }
}

/**
 * @param {{ pid: number, ageMs: number }} holder
 * @returns {boolean}
 */
function isStale({ pid, ageMs }) {
  // Between creating the file and writing the number into it there is none.
  if (pid === 0) return ageMs > HEARTBEAT_MS;
  return ageMs > STALE_AFTER_MS || !isAlive(pid);
}

/** @param {string} file */
async function takeAway(file) {
  const aside = `${file}.${process.pid}`;
  // Only one of several waiting runs wins the rename.
  await rename(file, aside).catch(unlessGone);
  const holder = await holderOf(aside);
  if (holder === undefined) return;
  if (isStale(holder)) await rm(aside, { force: true });
  else await rename(aside, file);
}

/**
 * Whether a process of this number runs, ours or somebody else's.
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/**
 * A lock may be given back at any moment; whatever else goes wrong with its file is an error.
 * @param {NodeJS.ErrnoException} error
 */
function unlessGone(error) {
  if (error.code !== 'ENOENT') throw error;
}
