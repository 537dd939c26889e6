import { startChild } from './children.mjs';
import { say } from './stop.mjs';

const SHOWN_LINES = 20;

/**
 * Runs a command to its end. What it writes is shown only when it fails, its last lines.
 * @param {string} command
 * @param {string[]} args
 * @param {import('./children.mjs').ChildOptions} [options]
 * @returns {Promise<number>}
 */
export async function runQuietly(command, args, options = {}) {
  const stdio = /** @type {const} */ (['ignore', 'pipe', 'pipe']);
  const { child, finished } = startChild(command, args, { ...options, stdio: [...stdio] });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      written += chunk;
    });
  }
  const code = await finished;
  if (code !== 0) say(written.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n'));
  return code;
}
