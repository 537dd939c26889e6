// Stands in for Electron's own default app in a runtime that came without one. It has to be an ES
// module with top-level await: Electron holds back `ready` until it has loaded, so the app's main
// still runs early enough for protocol.registerSchemesAsPrivileged.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as publicApp } from 'electron';

/**
 * What Electron's own default app calls, and its type declarations leave out.
 * @typedef {{ setVersion: (version: string) => void, setAppPath: (path: string) => void }} Untold
 */
const app = /** @type {import('electron').App & Untold} */ (publicApp);

// Names are looked up from the folder it was started in, as on a command line.
const require = createRequire(join(process.cwd(), 'package.json'));

/** @param {string[]} args */
function parseArguments(args) {
  /** @type {string[]} */
  const modules = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '-r' || arg === '--require') modules.push(args[++index] ?? '');
    else if (!arg.startsWith('-')) return { modules, target: arg };
  }
  return { modules, target: undefined };
}

/** @param {string} folder */
function introduce(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return;
  const { version, productName, name, desktopName } = JSON.parse(readFileSync(file, 'utf8'));
  if (version) app.setVersion(version);
  if (productName ?? name) app.setName(productName ?? name);
  app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  app.setPath('userData', join(app.getPath('appData'), app.name));
  app.setAppPath(folder);
}

/** @param {string} target */
async function load(target) {
  const path = resolve(target);
  const main = require.resolve(path);
  if (existsSync(join(path, 'package.json'))) introduce(path);
  else app.setAppPath(dirname(main));
  await import(pathToFileURL(main).href);
}

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
const { modules, target } = parseArguments(process.argv.slice(1));
try {
  for (const name of modules) require(name);
  if (target === undefined) throw new Error('No app was named. Start it as: electron FOLDER');
  await load(target);
} catch (thrown) {
  console.error('The app could not be loaded.', thrown);
  app.exit(1);
}
