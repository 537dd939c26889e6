import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cloneId, root } from './places.mjs';
import { Stop, say } from './stop.mjs';
import { runTool } from './tools.mjs';

const sourceFolders = ['electron', 'renderer', 'shared'];
const sourceFiles = [
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const marker = join(root, 'out', '.sources');

/** Builds the app into out/ unless what stands there was made from the present sources. */
export async function ensureBuild() {
  if (await isFresh()) return;
  await withLock(`build-${cloneId}`, async () => {
    if (!(await isFresh())) await build();
  });
}

/** Builds the app into out/. */
export async function buildAnew() {
  await withLock(`build-${cloneId}`, build);
}

async function build() {
  say('Building the app.');
  // Taken before: what is edited meanwhile makes the build stale.
  const sources = await hashSources();
  await rm(marker, { force: true });
  const code = await runTool('electron-vite', 'electron-vite', ['build', '--logLevel', 'warn']);
  if (code !== 0) throw new Stop('The app could not be built, as it says above.', code);
  await writeFile(marker, sources);
}

/** @returns {Promise<boolean>} */
async function isFresh() {
  if (!existsSync(marker)) return false;
  return (await readFile(marker, 'utf8')) === (await hashSources());
}

/** @returns {Promise<string>} */
async function hashSources() {
  const hash = createHash('sha256');
  for (const name of [...sourceFiles, ...(await filesBelow(sourceFolders))]) {
    if (!existsSync(join(root, name))) continue;
    hash.update(`${name}\0`).update(await readFile(join(root, name)));
  }
  return hash.digest('hex');
}

/**
 * @param {string[]} folders
 * @returns {Promise<string[]>}
 */
async function filesBelow(folders) {
  const lists = await Promise.all(
    folders.map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
  );
  return lists
    .flat()
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
