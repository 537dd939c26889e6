import { constants } from 'node:os';
import { watchNpm } from './npm-parent.mjs';
import { reasonOf, Stop, say } from './stop.mjs';

/** A terminal's Ctrl-C arrives twice under npm: once from the terminal, once forwarded by npm. */
const REPEAT_WINDOW_MS = 2000;

/** @type {Set<(reason: NodeJS.Signals | undefined, hurry: boolean) => Promise<void>>} */
const endings = new Set();

/** @type {{ signal: NodeJS.Signals, at: number } | undefined} */
let interruption;

/**
 * Registers what has to be undone before the script ends; the last registered is undone first.
 * Returns the function that takes it off the list again.
 * @param {(reason: NodeJS.Signals | undefined, hurry: boolean) => Promise<void>} ending
 * @returns {() => void}
 */
export function atEnd(ending) {
  endings.add(ending);
  return () => endings.delete(ending);
}

/** Refuses to start anything new once a signal has come. */
export function stopIfInterrupted() {
  if (interruption) throw new Stop('Interrupted.', signalCode(interruption.signal));
}

/**
 * Runs a script's work, undoes what it registered, and exits with its code.
 * @param {() => Promise<number>} work
 */
export async function runScript(work) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => void onSignal(signal));
  }
  // A closed terminal takes no more text; that must not keep the script from ending its children.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  watchNpm(() => void onSignal('SIGTERM'));
  const code = await work().catch(explain);
  // The signal's own path ends everything and exits.
  if (interruption) return;
  await endAll(undefined, false);
  process.exit(code);
}

/** @param {NodeJS.Signals} signal */
async function onSignal(signal) {
  if (interruption && Date.now() - interruption.at < REPEAT_WINDOW_MS) return;
  const hurry = interruption !== undefined;
  interruption ??= { signal, at: Date.now() };
  await endAll(signal, hurry);
  process.exit(signalCode(interruption.signal));
}

/**
 * @param {NodeJS.Signals | undefined} reason
 * @param {boolean} hurry
 */
async function endAll(reason, hurry) {
  for (const ending of [...endings].reverse()) {
    await ending(reason, hurry).catch((thrown) => say(`While ending: ${reasonOf(thrown)}.`));
    endings.delete(ending);
  }
}

/**
 * @param {unknown} thrown
 * @returns {number}
 */
function explain(thrown) {
  if (thrown instanceof Stop) {
    if (!interruption) say(thrown.message);
    return thrown.exitCode;
  }
  say(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  return 1;
}

/**
 * The exit code that a shell reports for a process ended by this signal.
 * @param {NodeJS.Signals} signal
 * @returns {number}
 */
export function signalCode(signal) {
  return 128 + constants.signals[signal];
}
