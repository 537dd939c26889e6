import { Readable } from 'node:stream';
import { Stop } from './stop.mjs';

/**
 * The first line that a just started server writes, which is how it says that it is ready.
 * @param {ReturnType<typeof import('./children.mjs').startChild>} server
 * @param {number} descriptor
 * @param {number} withinMs
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function firstLine(server, descriptor, withinMs, name) {
  const stream = server.child.stdio[descriptor];
  if (!(stream instanceof Readable)) throw new Error(`${name} was started without a pipe`);
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, fail) => {
    const seconds = withinMs / 1000;
    const stop = () => fail(new Stop(`${name} was not ready within ${seconds} seconds.`));
    timer = setTimeout(stop, withinMs);
  });
  const ended = server.finished.then((code) => {
    throw new Stop(`${name} ended at once, with code ${code}.`);
  });
  try {
    return await Promise.race([readLine(stream), late, ended]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Readable} stream
 * @returns {Promise<string>}
 */
function readLine(stream) {
  return new Promise((done) => {
    let text = '';
    stream.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')).trim());
    });
  });
}
