import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { say } from './stop.mjs';
import { unzip } from './unzip.mjs';

const STALL_MS = 20 * 1000;
const ANNOUNCE_EVERY = 0.25;

/** The version of the `electron` package, which the official runtime has to match. */
export async function officialVersion() {
  const file = createRequire(import.meta.url).resolve('electron/package.json');
  return /** @type {string} */ (JSON.parse(await readFile(file, 'utf8')).version);
}

/**
 * Fetches the official runtime of that version into the folder, its checksum verified against the
 * list that the `electron` package carries. ELECTRON_MIRROR and its kin are honoured.
 * @param {string} version
 * @param {string} folder
 */
export async function fetchOfficialRuntime(version, folder) {
  const { HTTPS_PROXY, https_proxy: lowerCase } = process.env;
  const { downloadArtifact, ElectronDownloadCacheMode, initializeProxy } = await import(
    '@electron/get'
  );
  // Node's fetch takes no notice of a proxy unless told so.
  if (HTTPS_PROXY || lowerCase) initializeProxy();
  const file = createRequire(import.meta.url).resolve('electron/checksums.json');
  const work = join(folder, '.work');
  await mkdir(work);
  const archive = await downloadArtifact({
    // An archive that another project fetched is used, but none is left behind: what is kept is
    // the unpacked runtime.
    cacheMode: ElectronDownloadCacheMode.ReadOnly,
    tempDirectory: work,
    version,
    artifactName: 'electron',
    checksums: JSON.parse(await readFile(file, 'utf8')),
    downloadOptions: stallGuard(),
    ...cacheRoot(),
  });
  await unzip(archive, folder);
  await rm(work, { recursive: true });
}

/** Ends a download that moves nothing for a while; a slow one may take its time. */
function stallGuard() {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error(`nothing arrived for ${STALL_MS / 1000} seconds`));
  const timer = setTimeout(stop, STALL_MS);
  // The download itself keeps the process going; the guard alone must not.
  timer.unref();
  let announced = 0;
  /** @param {{ percent: number }} progress */
  const getProgressCallback = ({ percent }) => {
    timer.refresh();
    if (percent === 1) clearTimeout(timer);
    if (percent < announced + ANNOUNCE_EVERY) return;
    announced = percent;
    say(`  ${Math.round(percent * 100)} %`);
  };
  return { signal: controller.signal, getProgressCallback, quiet: true };
}

function cacheRoot() {
  const { electron_config_cache: folder } = process.env;
  return folder === undefined ? {} : { cacheRoot: folder };
}
