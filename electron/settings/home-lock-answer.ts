import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { HomeError } from './home.ts';
import { parseJson } from './json-file.ts';
import { codeOf, replaceText } from './whole-file.ts';

const answerSchema = z.object({
  what: z.enum(['app', 'serve']),
  pid: z.int(),
  feed: z.nullable(z.string()),
});

/** What the holder of a home says of itself. */
export type Answer = z.infer<typeof answerSchema>;

/** What asking came to. */
export type AskedHolder =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'nobody' };

const keyBytes = 32;
const keyPattern = /^[0-9a-f]{64}$/;
const keyTries = 20;
const keyRetryMs = 10;
const answerMs = 2000;
const longestAnswer = 1024;
const gone: ReadonlySet<unknown> = new Set(['ENOENT', 'ECONNREFUSED']);

/**
 * The key in `HOME/lock-key`, readable by the owner alone: any program of the machine may take the lock's
 * name, and whoever asks its holder for the feed is going to send a token there. With `make`, one that is
 * absent or broken is made anew. Rejects with the system's error where it cannot be read or written, with a
 * {@link HomeError} where a broken one is to be left.
 */
export async function readKey(home: string, ifAbsent: 'make' | 'leave'): Promise<string> {
  const path = join(home, 'lock-key');
  if (ifAbsent === 'make') await makeKey(path);
  // Another process may be about to write it.
  for (let left = keyTries; left >= 0; left -= 1) {
    const key = (await readFile(path, 'utf8')).trim();
    if (keyPattern.test(key)) return key;
    await delay(keyRetryMs);
  }
  if (ifAbsent === 'leave') {
    throw new HomeError(`${path} holds no key; Plumbline makes another when it is started.`);
  }
  // Whoever was about to write it was killed, or had no room.
  await replaceText(path, newKey());
  return (await readFile(path, 'utf8')).trim();
}

const newKey = (): string => `${randomBytes(keyBytes).toString('hex')}\n`;

async function makeKey(path: string): Promise<void> {
  try {
    await writeFile(path, newKey(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** An answer with its seal, on one line. */
export const sealed = (answer: Answer, nonce: string, key: string): string => {
  const text = JSON.stringify(answer);
  return `${text} ${sealOf(text, nonce, key)}\n`;
};

/** The answer; null where the seal is not of this nonce and this key. */
export function openedAnswer(line: string, nonce: string, key: string): Answer | null {
  const at = line.lastIndexOf(' ');
  const text = line.slice(0, Math.max(0, at));
  const seal = Buffer.from(line.slice(at + 1).trim());
  const right = Buffer.from(sealOf(text, nonce, key));
  if (seal.length !== right.length || !timingSafeEqual(seal, right)) return null;
  const read = answerSchema.safeParse(parseJson(text));
  return read.success ? read.data : null;
}

const sealOf = (text: string, nonce: string, key: string): string =>
  createHmac('sha256', key).update(`${nonce} ${text}`).digest('hex');

/** Asks whoever listens there; a holder that says nothing in two seconds holds all the same. */
export function askHolder(path: string, nonce: string): Promise<AskedHolder> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path);
    const settle = (asked: AskedHolder): void => {
      socket.destroy();
      resolve(asked);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(answerMs, () => settle({ kind: 'silent' }));
    socket.once('connect', () => socket.write(`${nonce}\n`));
    socket.on('data', (part: string) => {
      text += part;
      if (text.length > longestAnswer) settle({ kind: 'silent' });
    });
    socket.once('end', () => settle({ kind: 'answered', text }));
    socket.on('error', (error) => settle({ kind: gone.has(codeOf(error)) ? 'nobody' : 'silent' }));
  });
}
