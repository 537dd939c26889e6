/** An expected end of a script: its sentence is for the person, without a stack. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'Stop';
    this.exitCode = exitCode;
  }
}

/**
 * Progress goes to stderr, so that stdout holds data only.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * The one sentence of anything thrown, with the cause that fetch hides below it.
 * @param {unknown} thrown
 * @returns {string}
 */
export function reasonOf(thrown) {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause instanceof Error ? `: ${thrown.cause.message}` : '';
  return `${thrown.message}${cause}`.replace(/\s+/g, ' ').replace(/\.$/, '');
}
