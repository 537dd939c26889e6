import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '..', '..');

/**
 * The folder for what is fetched once and kept, outside the repository.
 * @param {string[]} parts
 * @returns {string}
 */
export function inCache(...parts) {
  return join(systemCache(), 'plumbline', ...parts);
}

/** A short name for the repository's place, for locks that belong to one clone. */
export const cloneId = createHash('sha256').update(root).digest('hex').slice(0, 12);

/** @returns {string} */
function systemCache() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME || join(homedir(), '.cache');
}
