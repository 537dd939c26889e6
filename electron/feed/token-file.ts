import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { parseJson } from '../settings/json-file.ts';
import { codeOf, readText, syncFolder } from '../settings/whole-file.ts';
import { FeedError } from './feed-error.ts';

const tokenBytes = 32;
const othersMay = 0o077;
/** For so long one and the same process may be changing the file; a change takes milliseconds. */
const changeMs = 2000;
const retryMs = 10;
/** For so long others may come first, one after the other. */
const patienceMs = 30 * 1000;
const namePattern = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

const storedSchema = z.object({
  version: z.literal(1),
  tokens: z.array(
    z.object({
      /** Whose it is: one a consumer. */
      name: z.string().check(z.regex(namePattern)),
      /** 256 random bits as base64url. */
      token: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
      createdAt: z.string(),
    }),
  ),
});

export type FeedToken = z.infer<typeof storedSchema>['tokens'][number];

/** The token that a browser view is opened with. */
export const browserName = 'browser';

export const tokenPath = (home: string): string => join(home, 'feed-tokens.json');

/**
 * Tokens of the feed under PLUMBLINE_HOME, none where there is no file. Throws a {@link FeedError} for a
 * file that others may read, or that is not understood: it is left as it is.
 */
export async function readTokens(home: string): Promise<readonly FeedToken[]> {
  const path = tokenPath(home);
  try {
    const text = await readText(path);
    if (text === null) return [];
    await mustBePrivate(path);
    const parsed = storedSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data.tokens;
  } catch (cause) {
    const code = codeOf(cause);
    if (typeof code !== 'string') throw cause;
    throw new FeedError(`${path} cannot be read (${code}); make it readable for its owner.`, {
      cause,
    });
  }
  throw new FeedError(
    `${path} is not understood; mend it, or delete it and start Plumbline again to have a new token made.`,
  );
}

/** Makes a token for one more consumer and returns it; throws a {@link FeedError} for a name that will not do. */
export async function addToken(home: string, name: string): Promise<string> {
  if (!namePattern.test(name)) {
    throw new FeedError(
      `"${name.slice(0, 40)}" is no name for a token: up to 40 letters, digits, dots and dashes are.`,
    );
  }
  const token = newToken(name);
  await changeTokens(home, (tokens) => {
    if (!tokens.some((each) => each.name === name)) return [...tokens, token];
    throw new FeedError(
      `There is a token named ${name} already; revoke it first, or choose another name.`,
    );
  });
  return token.token;
}

/** Makes a token for the browser where there is none at all, so that whoever starts can begin. */
export async function makeFirstToken(home: string): Promise<void> {
  if ((await readTokens(home)).length > 0) return;
  // Somebody else may have added one since.
  await changeTokens(home, (tokens) => (tokens.length > 0 ? tokens : [newToken(browserName)]));
}

/** Takes a token away; who uses it is cut at once. Throws a {@link FeedError} where there is none of that name. */
export async function revokeToken(home: string, name: string): Promise<void> {
  await changeTokens(home, (tokens) => {
    const others = tokens.filter((each) => each.name !== name);
    if (others.length < tokens.length) return others;
    const known = tokens.map((each) => each.name).join(', ') || 'none';
    throw new FeedError(`There is no token named ${name.slice(0, 40)}; known are: ${known}.`);
  });
}

const newToken = (name: string): FeedToken => ({
  ...{ name, createdAt: new Date().toISOString() },
  token: randomBytes(tokenBytes).toString('base64url'),
});

type Change = (tokens: readonly FeedToken[]) => readonly FeedToken[];

/**
 * Changes the file, one process after the other, so that no change is lost to another one. Who is next moves
 * a folder to the one name that all use, with a draft in it whose name nobody else uses; the draft then becomes
 * the file. Whoever takes too long, for it was killed or stopped, has its draft taken away, and so can put
 * nothing in the file's place that it has read too long ago: it begins anew.
 */
async function changeTokens(home: string, change: Change): Promise<void> {
  // What will not do needs no turn, and no folder either.
  change(await readTokens(home));
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const draft = await takeTurn(home, deadline);
    try {
      if (draft !== null && (await replaceBy(draft, home, change))) return;
    } finally {
      if (draft !== null) await endTurn(home, draft);
    }
  }
  throw new FeedError(
    `${tokenPath(home)} is being changed by others all the time; try again when they have ended.`,
  );
}

const turnPath = (home: string): string => join(home, '.feed-tokens-turn');

/** Waits for the turn and returns the path of an empty draft; null where it did not come. */
async function takeTurn(home: string, deadline: number): Promise<string | null> {
  const own = await mkdtemp(join(home, '.feed-tokens-'));
  const name = basename(own);
  try {
    await (await open(join(own, name), 'wx', 0o600)).close();
    let seen = { holder: '', sinceMs: 0 };
    while (performance.now() < deadline) {
      // A folder that is not empty is never replaced.
      if (await isMoved(own, turnPath(home))) return join(turnPath(home), name);
      const [holder = ''] = await orAbsent(readdir(turnPath(home)), []);
      if (holder !== seen.holder) seen = { holder, sinceMs: performance.now() };
      // By its name: the draft of whoever came next meanwhile stays.
      const isOver = holder === '' || performance.now() - seen.sinceMs > changeMs;
      if (isOver) await endTurn(home, join(turnPath(home), holder || name));
      await delay(retryMs);
    }
    return null;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Puts the draft in the file's place; false where it was taken away meanwhile. */
async function replaceBy(draft: string, home: string, change: Change): Promise<boolean> {
  const tokens = change(await readTokens(home));
  const file = await orAbsent(open(draft, 'r+'), null);
  if (file === null) return false;
  try {
    await file.writeFile(`${JSON.stringify({ version: 1, tokens }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const isReplaced = await orAbsent(
    rename(draft, tokenPath(home)).then(() => true),
    false,
  );
  // A token that was revoked stays so after a power cut.
  if (isReplaced) await syncFolder(home);
  return isReplaced;
}

/** Lets the next one in: takes the draft away, where it is still there, and the folder, where nobody else is in it. */
async function endTurn(home: string, draft: string): Promise<void> {
  await rm(draft, { force: true });
  await rmdir(turnPath(home)).catch((error: unknown) => {
    if (!isTaken(error) && codeOf(error) !== 'ENOENT') throw error;
  });
}

async function isMoved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

const takenCodes: ReadonlySet<unknown> = new Set(['ENOTEMPTY', 'EEXIST']);
/** What Windows says of a folder that is there or in use. */
const windowsCodes: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);

const isTaken = (error: unknown): boolean =>
  takenCodes.has(codeOf(error)) ||
  (process.platform === 'win32' && windowsCodes.has(codeOf(error)));

async function orAbsent<T, U>(work: Promise<T>, absent: U): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return absent;
    throw error;
  }
}

/** Windows has no such modes: a folder of the user's own is closed to others there. */
async function mustBePrivate(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const mode = (await stat(path)).mode & 0o777;
  if ((mode & othersMay) === 0) return;
  throw new FeedError(
    `${path} may be read by others (mode ${mode.toString(8)}); run chmod 600 on it, and revoke its tokens if somebody may have read them.`,
  );
}
