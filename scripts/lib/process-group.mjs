import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 5 * 1000;
const POLL_MS = 20;
/** Counted from the state, which follows the name. */
const STARTED_FIELD = 19;

/** Windows has no process groups; a child there shares its console's. */
export const hasGroups = process.platform !== 'win32';

/**
 * What a child left behind in its group (helpers of a crashed Electron, a database server) is
 * asked to go, then made to.
 * @param {number} leader
 */
export async function endGroup(leader) {
  if (!hasGroups || !signalGroup(leader, 'SIGTERM')) return;
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline) {
    await sleep(POLL_MS);
    if (!isGroupAlive(leader)) return;
  }
  signalGroup(leader, 'SIGKILL');
}

/**
 * Signals a whole group, on Windows its leader alone.
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether it still had a member
 */
export function signalGroup(leader, signal) {
  try {
    return process.kill(hasGroups ? -leader : leader, signal);
  } catch {
    return false;
  }
}

/**
 * @param {number} leader
 * @returns {boolean}
 */
function isGroupAlive(leader) {
  if (!signalGroup(leader, 0)) return false;
  if (process.platform !== 'linux') return true;
  // In a container nobody may collect the dead for a while: they still count as members.
  return readdirSync('/proc').some((pid) => {
    const { group, state } = /^\d+$/.test(pid) ? processFacts(pid) : {};
    return group === leader && state !== 'Z';
  });
}

/**
 * A process on Linux; empty when there is none of that number. `started` tells it from a later
 * one of the same number.
 * @param {string | number} pid
 * @returns {{ state?: string, parent?: number, group?: number, name?: string, started?: string }}
 */
export function processFacts(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold spaces and brackets itself.
    const nameEnd = text.lastIndexOf(')');
    const fields = text.slice(nameEnd + 2).split(' ');
    const [state = '', parent, group] = fields;
    const started = fields[STARTED_FIELD] ?? '';
    const name = text.slice(text.indexOf('(') + 1, nameEnd);
    return { state, parent: Number(parent), group: Number(group), name, started };
  } catch {
    return {};
  }
}
