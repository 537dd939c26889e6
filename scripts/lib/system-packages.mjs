import { existsSync } from 'node:fs';
import { ask } from './children.mjs';
import { withLock } from './lock.mjs';
import { runQuietly } from './run-quietly.mjs';
import { Stop, say } from './stop.mjs';

/** libnotify is opened at run time only, so that no list of linked libraries shows it. */
const libraries = [
  'libgtk-3-0',
  'libnss3',
  'libgbm1',
  'libasound2',
  'libxss1',
  'libxtst6',
  'libnotify4',
];
const display = ['xvfb', 'xauth'];
const headless = [...libraries, ...display, 'dbus'];
/** For the tests of the browser view; Google's will do as well (e2e/support/browser.ts). */
const browser = existsSync('/usr/bin/google-chrome') ? [] : ['chromium'];

/** The Debian packages that each purpose needs. */
export const packagesFor = Object.freeze({
  window: libraries,
  headless,
  // The client examples of the feed are run with curl and Python.
  tests: [...headless, 'dunst', 'python3-dbusmock', 'curl', 'python3', ...browser],
});

/**
 * Installs what is missing as root on Debian and its kin, and says so; for a user, stops with the
 * command. Elsewhere nothing is done here: the libraries are looked at when Electron is there.
 * @param {keyof typeof packagesFor} purpose
 */
export async function ensureSystemPackages(purpose) {
  if (!isDebian()) return;
  const missing = missingPackages(purpose);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Stop(commandFor(missing), 2);
  await withLock('apt', () => install(missing));
}

/**
 * As above, but a user is told and goes on: what follows may do without.
 * @param {keyof typeof packagesFor} purpose
 */
export async function offerSystemPackages(purpose) {
  if (!isDebian()) return;
  if (process.getuid?.() === 0) await ensureSystemPackages(purpose);
  else {
    const missing = missingPackages(purpose);
    if (missing.length > 0) say(commandFor(missing));
  }
}

/**
 * Where packages are somebody else's business, says which libraries Electron does not find.
 * @param {string} executable
 */
export function requireLibraries(executable) {
  if (process.platform !== 'linux' || isDebian()) return;
  const missing = [...(ask('ldd', [executable]) ?? '').matchAll(/^\s*(\S+) => not found$/gm)];
  if (missing.length === 0) return;
  const names = missing.map(([, name]) => name).join(', ');
  throw new Stop(
    `Electron needs libraries that this system does not have: ${names}. ` +
      'Install the packages that carry them (GTK 3, NSS, GBM, ALSA, XScrnSaver, XTest, libnotify).',
    2,
  );
}

/** @param {string[]} missing */
async function install(missing) {
  say(`Installing system packages with apt-get, as root: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // SIGTERM would leave packages half configured; on SIGINT apt-get finishes the one at hand.
  const options = /** @type {const} */ ({ env, endSignal: 'SIGINT', graceMs: 120 * 1000 });
  const apt = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300'];
  // A repository that fails to answer need not matter: the packages may come from another.
  if ((await runQuietly('apt-get', [...apt, 'update'], options)) !== 0) {
    say('apt-get update met errors, as it says above.');
  }
  const names = missing.map(nameOnThisRelease);
  const args = [...apt, 'install', '--no-install-recommends', ...names];
  if ((await runQuietly('apt-get', args, options)) === 0) return;
  throw new Stop(`apt-get could not install ${names.join(' ')}, as it says above.`);
}

/** @returns {boolean} */
function isDebian() {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get');
}

/**
 * @param {keyof typeof packagesFor} purpose
 * @returns {string[]}
 */
function missingPackages(purpose) {
  const field = /** @param {string} name */ (name) => `$\{${name}}`;
  const format = ['-W', '-f', `${field('db:Status-Status')} ${field('Package')}\n`];
  const wanted = packagesFor[purpose];
  const listed = new Set((ask('dpkg-query', format) ?? '').split('\n'));
  const has = /** @param {string} name */ (name) => listed.has(`installed ${name}`);
  return wanted.filter((name) => !has(name) && !has(`${name}t64`));
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some libraries for their 64-bit times.
 * @param {string} name
 * @returns {string}
 */
function nameOnThisRelease(name) {
  if (ask('apt-cache', ['show', '--no-all-versions', name])) return name;
  return ask('apt-cache', ['show', '--no-all-versions', `${name}t64`]) ? `${name}t64` : name;
}

/**
 * @param {string[]} missing
 * @returns {string}
 */
function commandFor(missing) {
  const names = missing.map(nameOnThisRelease).join(' ');
  return `System packages are missing. Install them, then run this again:\n  sudo apt-get install ${names}`;
}
