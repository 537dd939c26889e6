import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { say } from './stop.mjs';

const usualPort = 8630;

/**
 * `PLUMBLINE_FEED_PORT` for an app without a display, which is looked at in a browser: as it is set, else
 * the usual port, else any that is free. Undefined where the settings have a feed already.
 * @param {number} [wished]
 * @returns {Promise<string | undefined>}
 */
export async function headlessFeedPort(wished = usualPort) {
  const set = process.env.PLUMBLINE_FEED_PORT;
  if (set) return set;
  if (await isInSettings()) return undefined;
  if (await isFree(wished)) return String(wished);
  say(`Port ${wished} is in use, so the browser view takes another.`);
  return '0';
}

/** Whether the settings switch the feed on. What is wrong with them the app itself tells. */
async function isInSettings() {
  const { PLUMBLINE_HOME, XDG_CONFIG_HOME } = process.env;
  // Only Linux has apps without a display; electron/settings/home.ts knows the other places.
  const home = PLUMBLINE_HOME || join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'plumbline');
  try {
    return JSON.parse(await readFile(join(home, 'settings.json'), 'utf8'))?.feed?.enabled === true;
  } catch {
    return false;
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
