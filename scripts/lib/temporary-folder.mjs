import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './lifetime.mjs';

/**
 * A folder that only this user can read, removed when the script ends.
 * @param {string} purpose
 * @returns {Promise<string>}
 */
export async function temporaryFolder(purpose) {
  const folder = await mkdtemp(join(tmpdir(), `plumbline-${purpose}-`));
  atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
