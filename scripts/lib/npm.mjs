import { basename } from 'node:path';
import { startChild } from './children.mjs';

/**
 * Starts npm, the very one that runs this script when there is one.
 * @param {string[]} args
 * @param {import('./children.mjs').ChildOptions} [options]
 */
export function startNpm(args, options = {}) {
  const { npm_execpath: npmScript = '' } = process.env;
  if (basename(npmScript) === 'npm-cli.js') {
    return startChild(process.execPath, [npmScript, ...args], options);
  }
  if (process.platform !== 'win32') return startChild('npm', args, options);
  // Windows refuses to start npm.cmd without its command interpreter; the arguments are our own.
  return startChild('cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...args], options);
}

/**
 * Runs npm to its end.
 * @param {string[]} args
 * @param {import('./children.mjs').ChildOptions} [options]
 * @returns {Promise<number>}
 */
export function runNpm(args, options = {}) {
  return startNpm(args, options).finished;
}
