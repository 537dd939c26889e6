import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { HomeError } from './home.ts';
import { type Answer, askHolder, openedAnswer, readKey, sealed } from './home-lock-answer.ts';
import { type LockPlace, lockPlace, sweepStale } from './home-lock-place.ts';
import { codeOf } from './whole-file.ts';

/** Who may hold a home. */
export type LockOwner = 'app' | 'serve';

/** Who holds a home, as far as the holder can prove that it may read its files. */
export interface Holder {
  readonly what: LockOwner | 'unknown';
  /** Its process; null where it did not say. */
  readonly pid: number | null;
  /** Address of its feed, `http://127.0.0.1:8630`; null while that is off. */
  readonly feed: string | null;
}

/** A home that nobody else watches on, until it is released or this process ends, in whatever way. */
export interface HomeLock {
  /** Who asks from now on is told where the feed listens then; null for nowhere. */
  tellFeed(address: () => string | null): void;
  release(): Promise<void>;
}

/** How taking it went. */
export type TakenLock =
  | { readonly kind: 'taken'; readonly lock: HomeLock }
  | { readonly kind: 'held'; readonly holder: Holder };

const tries = 5;
const retryMs = 50;
const readMs = 2000;
const longestNonce = 64;
const mostAsking = 16;
const unknownHolder: Holder = { what: 'unknown', pid: null, feed: null };

/**
 * Takes the one lock of a home, which must exist. It is a name that the kernel gives to one process and takes
 * back when that ends, so nothing has to be cleared away after a kill. Rejects with the system's error where
 * the home cannot be looked at, or nothing can be written to it.
 */
export async function takeHomeLock(
  home: string,
  what: LockOwner,
  platform: NodeJS.Platform = process.platform,
): Promise<TakenLock> {
  const place = await lockPlace(home, platform);
  const key = await readKey(home, 'make');
  for (let left = tries; ; left -= 1) {
    const held: Held = { what, key, feed: () => null };
    const server = await listenAt(place, (socket) => answerTo(socket, held));
    if (server !== null) return { kind: 'taken', lock: lockOf(server, held) };
    const holder = await holderAt(place, key);
    if (holder !== null || left === 0) return { kind: 'held', holder: holder ?? unknownHolder };
    // It has ended since: a file of that name may be left.
    if (place.isFile) await sweepStale(place.path);
    await delay(retryMs);
  }
}

/** The same for whoever cannot do without: rejects with a {@link HomeError}, whose message says who has it. */
export async function lockHome(home: string, what: LockOwner): Promise<HomeLock> {
  try {
    const taken = await takeHomeLock(home, what);
    if (taken.kind === 'taken') return taken.lock;
    throw new HomeError(heldSentence(taken.holder, home));
  } catch (cause) {
    const code = codeOf(cause);
    if (typeof code !== 'string') throw cause;
    throw new HomeError(
      `The lock of ${home} cannot be taken (${code}): set PLUMBLINE_HOME to a folder of your own.`,
      { cause },
    );
  }
}

/** Who holds a home; null for nobody. Writes nothing. */
export async function findHolder(
  home: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Holder | null> {
  try {
    const place = await lockPlace(home, platform);
    return await holderAt(place, await readKey(home, 'leave'));
  } catch (error) {
    // No home yet, or no key in it: nobody has ever held it.
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Why somebody else has to wait, in a sentence. */
export function heldSentence({ what, pid }: Holder, home: string): string {
  const process = pid === null ? '' : ` (process ${pid})`;
  const next = 'or set PLUMBLINE_HOME to another folder';
  switch (what) {
    case 'app':
      return `The Plumbline app${process} watches with ${home} already: quit it first, ${next}.`;
    case 'serve':
      return `plumbline serve${process} watches with ${home} already: end it first, ${next}.`;
    case 'unknown':
      return `Another program holds the lock of ${home} and does not say which: end it first, ${next}.`;
  }
}

interface Held {
  readonly what: LockOwner;
  readonly key: string;
  feed: () => string | null;
}

function lockOf(server: Server, held: Held): HomeLock {
  return {
    tellFeed: (address) => {
      held.feed = address;
    },
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Null where the name is taken. */
function listenAt(
  { path }: LockPlace,
  onConnect: (socket: Socket) => void,
): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnect);
    server.maxConnections = mostAsking;
    // The lock is no reason to go on running.
    server.unref();
    server.once('error', (error) => {
      if (codeOf(error) === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

/** Says who holds the home, sealed with the nonce that was sent: only who can read the home can. */
function answerTo(socket: Socket, held: Held): void {
  let nonce = '';
  // Whoever asks may go before it has its answer.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(readMs, () => socket.destroy());
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    nonce += text;
    if (nonce.length > longestNonce) socket.destroy();
    else if (nonce.endsWith('\n')) socket.end(sealed(answerOf(held), nonce.trim(), held.key));
  });
}

const answerOf = ({ what, feed }: Held): Answer => ({ what, pid: process.pid, feed: feed() });

async function holderAt(place: LockPlace, key: string): Promise<Holder | null> {
  const nonce = randomBytes(16).toString('hex');
  const asked = await askHolder(place.path, nonce);
  if (asked.kind === 'nobody') return null;
  if (asked.kind === 'silent') return unknownHolder;
  return openedAnswer(asked.text, nonce, key) ?? unknownHolder;
}
