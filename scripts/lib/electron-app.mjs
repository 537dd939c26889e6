import { createInterface } from 'node:readline';
import { startChild } from './children.mjs';
import { isNoise } from './electron-noise.mjs';
import { root } from './places.mjs';

/**
 * Runs the built app in Electron until it quits. Its stdout passes as it is; of stderr, what
 * Chromium has to say about a machine without a graphics card is left out.
 * @param {string} executable
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<number>}
 */
export async function runElectronApp(executable, args, environment) {
  const { child, finished } = startChild(executable, [...rootSwitches(), root, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'pipe'],
    endSignal: 'SIGTERM',
  });
  if (child.stderr) {
    const lines = createInterface({ input: child.stderr, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => isNoise(line) || process.stderr.write(`${line}\n`));
  }
  return finished;
}

/** Chromium refuses to run as root inside its sandbox; nobody else goes without it. */
function rootSwitches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
