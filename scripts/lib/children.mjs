import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd, signalCode, stopIfInterrupted } from './lifetime.mjs';
import { endGroup, hasGroups, signalGroup } from './process-group.mjs';
import { Stop } from './stop.mjs';

const GRACE_MS = 15 * 1000;

/**
 * @typedef {object} ChildOptions
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {NodeJS.Signals} [endSignal] sent first; without it the signal that came, else SIGTERM
 * @property {number} [graceMs] from the first signal to SIGKILL
 */

/**
 * Starts a child in its own process group: a terminal's Ctrl-C reaches this script only, which
 * then ends its children in order. `finished` is the exit code, once the whole group is gone.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options]
 */
export function startChild(command, args, options = {}) {
  stopIfInterrupted();
  const { stdio = ['ignore', 2, 2], cwd, env = process.env } = options;
  const child = spawn(command, args, { stdio, env, detached: hasGroups, ...(cwd && { cwd }) });
  const finished = exitOf(child, command)
    .finally(() => child.pid && endGroup(child.pid))
    .finally(() => forget());
  // Whoever awaits it hears of a failure; an unawaited helper's must not end the process.
  finished.catch(() => undefined);

  /** @param {NodeJS.Signals} signal @param {boolean} hurry */
  async function end(signal, hurry) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill(signal);
    const graceMs = hurry ? 0 : (options.graceMs ?? GRACE_MS);
    const late = sleep(graceMs, true, { ref: false });
    if ((await Promise.race([finished, late])) === true) signalGroup(child.pid, 'SIGKILL');
    await finished;
  }
  const forget = atEnd((reason, hurry) => end(options.endSignal ?? reason ?? 'SIGTERM', hurry));
  return { child, finished, end: () => end(options.endSignal ?? 'SIGTERM', false) };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} command
 * @returns {Promise<number>}
 */
function exitOf(child, command) {
  return new Promise((done, fail) => {
    child.once('error', (error) =>
      fail(new Stop(`${command} could not be run: ${error.message}.`)),
    );
    child.once('exit', (code, signal) => done(signal ? signalCode(signal) : (code ?? 1)));
  });
}

/**
 * Runs a command to its end, its output on stderr.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return startChild(command, args, options).finished;
}

/**
 * Asks a quick command and returns its stdout, or undefined when it fails or is not there.
 * @param {string} command
 * @param {string[]} args
 * @returns {string | undefined}
 */
export function ask(command, args) {
  const answer = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 30 * 1000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return answer.status === 0 ? answer.stdout : undefined;
}
