import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdingsOf, leftoversOf, stillRunning } from './lib/holdings.mjs';
import { runScript } from './lib/lifetime.mjs';
import { startNpm } from './lib/npm.mjs';
import { root } from './lib/places.mjs';
import { signalGroup } from './lib/process-group.mjs';
import { Stop } from './lib/stop.mjs';
import { temporaryFolder } from './lib/temporary-folder.mjs';

const WATCHING_WITHIN_MS = 10 * 60 * 1000;
const GONE_WITHIN_MS = 30 * 1000;
const POLL_MS = 100;

/**
 * Starts `npm start` as a newcomer would, with empty settings, and waits until it watches.
 * @param {string} variable as NAME=VALUE, to know its processes again
 */
async function startAndWatch(variable) {
  const folder = await temporaryFolder('start-check');
  const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
  await mkdir(temporary);
  const [name = '', value] = variable.split('=');
  const { DATABASE_URL: _unused, ...inherited } = process.env;
  const env = { ...inherited, PLUMBLINE_HOME: home, TMPDIR: temporary, [name]: value };
  const npm = startNpm(['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([watchingLine(npm.child.stdout), late(), endedEarly(npm.finished)]);
  return { npm, temporary };
}

/** @param {import('node:stream').Readable | null} stdout */
async function watchingLine(stdout) {
  if (!stdout) throw new Error('npm was started without a pipe');
  const lines = createInterface({ input: stdout });
  await new Promise((done) => {
    lines.on('line', (line) => {
      process.stdout.write(`${line}\n`);
      if (line.startsWith('Watching ')) done(undefined);
    });
  });
}

async function late() {
  await sleep(WATCHING_WITHIN_MS, undefined, { ref: false });
  throw new Stop(`npm start did not watch anything within ${WATCHING_WITHIN_MS / 1000} seconds.`);
}

/** @param {Promise<number>} finished */
async function endedEarly(finished) {
  throw new Stop(`npm start ended with code ${await finished} before it watched anything.`);
}

/**
 * @param {string} variable
 * @param {import('./lib/holdings.mjs').Holdings} held
 * @returns {Promise<string[]>}
 */
async function leftAfterAWhile(variable, held) {
  const deadline = Date.now() + GONE_WITHIN_MS;
  for (;;) {
    const left = leftoversOf(variable, held);
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(POLL_MS);
  }
}

/**
 * SIGTERM goes to npm alone, as from a supervisor; SIGINT to its group, as by Ctrl-C.
 * @param {number} npm
 * @param {'SIGTERM' | 'SIGINT'} signal
 */
function endAsUser(npm, signal) {
  if (signal === 'SIGINT') signalGroup(npm, 'SIGINT');
  else process.kill(npm, 'SIGTERM');
}

/** @param {number} since */
const secondsSince = (since) => ((performance.now() - since) / 1000).toFixed(1);

await runScript(async () => {
  const signal = process.argv[2] === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
  const variable = `PLUMBLINE_START_CHECK=${randomUUID()}`;
  const startedAt = performance.now();
  const { npm, temporary } = await startAndWatch(variable);
  process.stdout.write(`Watching after ${secondsSince(startedAt)} s.\n`);
  const held = holdingsOf(variable);
  const endedAt = performance.now();
  endAsUser(npm.child.pid ?? 0, signal);
  const left = await leftAfterAWhile(variable, held);
  const files = readdirSync(temporary).map((name) => `temporary file ${name}`);
  if (left.length + files.length === 0) {
    process.stdout.write(
      `${signal}: ${held.processes.length} processes, ${held.ports.length} ports and ` +
        `${held.files.length} socket files gone after ${secondsSince(endedAt)} s.\n`,
    );
    return 0;
  }
  for (const { pid } of stillRunning(variable, held)) process.kill(pid, 'SIGKILL');
  throw new Stop(`Left behind after ${signal}:\n  ${[...left, ...files].join('\n  ')}`);
});
