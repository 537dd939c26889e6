import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { atEnd } from './lifetime.mjs';
import { isAlive } from './lock.mjs';

/**
 * Fills a temporary folder beside the target and renames it: the target is whole or not there.
 * @param {string} target
 * @param {(folder: string) => Promise<void>} fill
 */
export async function makeWholeFolder(target, fill) {
  await mkdir(dirname(target), { recursive: true });
  await removeAbandoned(target);
  const work = `${target}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`;
  const discard = () => rm(work, { recursive: true, force: true, maxRetries: 3 });
  const forget = atEnd(discard);
  try {
    await mkdir(work);
    await fill(work);
    await renameUnlessThere(work, target);
  } finally {
    await discard();
    forget();
  }
}

/**
 * @param {string} work
 * @param {string} target
 */
async function renameUnlessThere(work, target) {
  try {
    await rename(work, target);
  } catch (thrown) {
    // A run on another machine with the same home may have been quicker; its folder is as good.
    if (!existsSync(target)) throw thrown;
  }
}

/**
 * What interrupted runs left beside the target.
 * @param {string} target
 */
async function removeAbandoned(target) {
  const prefix = `${basename(target)}.tmp-`;
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(prefix)) continue;
    const owner = Number.parseInt(name.slice(prefix.length), 10);
    if (owner !== process.pid && isAlive(owner)) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true, maxRetries: 3 });
  }
}
