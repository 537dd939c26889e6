import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './children.mjs';
import { root } from './places.mjs';

/**
 * Runs a command of an installed package with this very Node, without npx in between.
 * @param {string} packageName
 * @param {string} command
 * @param {string[]} args
 * @param {import('./children.mjs').ChildOptions} [options]
 * @returns {Promise<number>}
 */
export async function runTool(packageName, command, args, options = {}) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[command];
  return run(process.execPath, [join(folder, script), ...args], { cwd: root, ...options });
}
