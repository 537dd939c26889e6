import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inCache } from './places.mjs';

const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Whether the release page gave nothing within the last day, so that a start need not wait for it.
 * @param {string} version
 * @returns {Promise<boolean>}
 */
export async function refusedRecently(version) {
  try {
    const { mtimeMs } = await stat(noteFor(version));
    return Math.abs(Date.now() - mtimeMs) < RETRY_AFTER_MS;
  } catch {
    return false;
  }
}

/** @param {string} version */
export async function rememberRefusal(version) {
  const note = noteFor(version);
  await mkdir(dirname(note), { recursive: true });
  await writeFile(note, 'The download of this Electron version failed. Safe to remove.\n');
}

/** @param {string} version */
export async function forgetRefusal(version) {
  await rm(noteFor(version), { force: true });
}

/**
 * The note belongs to one source: naming a mirror asks anew. Hashed, as an address may hold a
 * password.
 * @param {string} version
 * @returns {string}
 */
function noteFor(version) {
  const { ELECTRON_MIRROR, npm_config_electron_mirror: npmMirror, HTTPS_PROXY } = process.env;
  const source = JSON.stringify([ELECTRON_MIRROR, npmMirror, HTTPS_PROXY]);
  const id = createHash('sha256').update(source).digest('hex').slice(0, 12);
  return inCache('electron', `unavailable-${version}-${id}`);
}
