import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ask } from './children.mjs';
import { Stop } from './stop.mjs';

const SET_USER_ID = 0o4000;

/**
 * Some systems keep users from making the namespaces that Chromium's sandbox is built of (Ubuntu
 * since 24.04, many containers). The app is not run without its sandbox there: the person is told
 * how to give it one.
 * @param {string} executable
 */
export function requireSandbox(executable) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  if (ask('unshare', ['--user', '--map-root-user', 'true']) !== undefined) return;
  const helper = join(dirname(executable), 'chrome-sandbox');
  const { uid, mode } = statSync(helper, { throwIfNoEntry: false }) ?? { uid: -1, mode: 0 };
  if (uid === 0 && (mode & SET_USER_ID) !== 0) return;
  throw new Stop(
    'This system does not let a user make the namespaces that the sandbox of Electron needs. ' +
      'Give it its helper instead, then run this again:\n' +
      `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
    2,
  );
}
