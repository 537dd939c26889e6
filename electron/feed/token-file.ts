import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '../settings/json-file.ts';
import { codeOf, readText, replaceText } from '../settings/whole-file.ts';
import { FeedError } from './feed-error.ts';

const tokenBytes = 32;
const othersMay = 0o077;
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
  throw new FeedError(`${path} is not understood; mend it, or delete it to have a new token made.`);
}

/** Makes a token for one more consumer and returns it; throws a {@link FeedError} for a name that will not do. */
export async function addToken(home: string, name: string): Promise<string> {
  if (!namePattern.test(name)) {
    throw new FeedError(
      `"${name.slice(0, 40)}" is no name for a token: up to 40 letters, digits, dots and dashes are.`,
    );
  }
  const tokens = await readTokens(home);
  if (tokens.some((each) => each.name === name)) {
    throw new FeedError(
      `There is a token named ${name} already; revoke it first, or choose another name.`,
    );
  }
  const token = randomBytes(tokenBytes).toString('base64url');
  await write(home, [...tokens, { name, token, createdAt: new Date().toISOString() }]);
  return token;
}

/** Takes a token away; who uses it is cut at once. Throws a {@link FeedError} where there is none of that name. */
export async function revokeToken(home: string, name: string): Promise<void> {
  const tokens = await readTokens(home);
  if (!tokens.some((each) => each.name === name)) {
    const known = tokens.map((each) => each.name).join(', ') || 'none';
    throw new FeedError(`There is no token named ${name.slice(0, 40)}; known are: ${known}.`);
  }
  await write(
    home,
    tokens.filter((each) => each.name !== name),
  );
}

const write = (home: string, tokens: readonly FeedToken[]): Promise<void> =>
  replaceText(tokenPath(home), `${JSON.stringify({ version: 1, tokens }, null, 2)}\n`);

/** Windows has no such modes: a folder of the user's own is closed to others there. */
async function mustBePrivate(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const mode = (await stat(path)).mode & 0o777;
  if ((mode & othersMay) === 0) return;
  throw new FeedError(
    `${path} may be read by others (mode ${mode.toString(8)}); run chmod 600 on it, and revoke its tokens if somebody may have read them.`,
  );
}
