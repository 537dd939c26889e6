import { isAlive } from './lock.mjs';
import { processFacts } from './process-group.mjs';

const POLL_MS = 100;

/**
 * Calls back once when npm, or the shell that npm puts between itself and a script, has gone: such
 * a shell ends at SIGTERM without passing it on, and nothing else tells the script.
 * @param {() => void} onGone
 */
export function watchNpm(onGone) {
  const { npm_lifecycle_event: runByNpm } = process.env;
  if (runByNpm === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const others = npmAbove(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && others.every(isAlive)) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}

/**
 * @param {number} parent
 * @returns {number[]}
 */
function npmAbove(parent) {
  const above = processFacts(parent).parent ?? 0;
  return processFacts(above).name?.startsWith('npm') ? [above] : [];
}
