import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { runNpm } from './npm.mjs';
import { cloneId, root } from './places.mjs';
import { Stop, say } from './stop.mjs';

const lockfile = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.plumbline-lockfile');

/** Installs the packages that package-lock.json names, unless exactly they are there already. */
export async function ensureDependencies() {
  requireNode();
  if (await areInstalled()) return;
  await withLock(`dependencies-${cloneId}`, async () => {
    if (await areInstalled()) return;
    say('Installing the npm packages of package-lock.json.');
    const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
      cwd: root,
    });
    if (code !== 0) {
      throw new Stop('The npm packages could not be installed; npm ci says above why.');
    }
    await writeFile(marker, await lockfileHash());
  });
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Stop(`Node 20.19 or newer is needed; this is ${process.versions.node}.`, 2);
}

/** @returns {Promise<boolean>} */
async function areInstalled() {
  const hash = await lockfileHash();
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === hash) return true;
  if (!(await matchesNpmRecord())) return false;
  await writeFile(marker, hash);
  return true;
}

/** @returns {Promise<string>} */
async function lockfileHash() {
  return createHash('sha256')
    .update(await readFile(lockfile))
    .digest('hex');
}

/**
 * npm writes what it installed into node_modules as its last step. Where a developer's own
 * `npm install` made exactly what the lockfile says, it need not be made again.
 * @returns {Promise<boolean>}
 */
async function matchesNpmRecord() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = await packagesOf(lockfile);
  const installed = await packagesOf(record);
  const missing = Object.entries(wanted).some(([path, { version, integrity, optional }]) => {
    if (path === '') return false;
    const found = installed[path];
    if (!found) return !optional;
    return found.version !== version || found.integrity !== integrity;
  });
  return !missing && Object.keys(installed).every((path) => path in wanted);
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Promise<Record<string, LockedPackage>>}
 */
async function packagesOf(file) {
  return JSON.parse(await readFile(file, 'utf8')).packages ?? {};
}
