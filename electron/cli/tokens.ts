import { FeedError } from '../feed/feed-error.ts';
import { addToken, readTokens, revokeToken } from '../feed/token-file.ts';
import { HomeError, makeHome } from '../settings/home.ts';
import { codeOf } from '../settings/whole-file.ts';
import { type CommandIo, exitCodes, orUsage, readOptions, UsageError } from './command-io.ts';
import { oneSentence } from './failure-words.ts';
import { homeOf } from './find-ledger.ts';

const optionNames = {
  help: { type: 'boolean', short: 'h' },
  add: { type: 'string' },
  revoke: { type: 'string' },
} as const;

/** Lists who may read the feed of this home, lets one more in, or one out. */
export function runTokensCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return orUsage('tokens', io, async () => {
    const { help, add, revoke } = readOptions('tokens', args, optionNames);
    if (help === true) {
      io.stdout(tokensUsage);
      return exitCodes.fine;
    }
    if (add !== undefined && revoke !== undefined) {
      throw new UsageError('--add and --revoke exclude each other.');
    }
    const home = homeOf(io.env);
    await asUsage(async () => {
      if (add !== undefined) io.stdout(`${await makeToken(home, add)}\n`);
      else if (revoke !== undefined) await revokeToken(home, revoke);
      // The tokens themselves are shown once, when they are made.
      else for (const { name } of await readTokens(home)) io.stdout(`${name}\n`);
    });
    return exitCodes.fine;
  });
}

async function makeToken(home: string, name: string): Promise<string> {
  await makeHome(home);
  return addToken(home, name);
}

async function asUsage(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof FeedError || cause instanceof HomeError) {
      throw new UsageError(oneSentence(cause.message), { cause });
    }
    const code = codeOf(cause);
    if (typeof code !== 'string') throw cause;
    throw new UsageError(`feed-tokens.json could not be written (${code}).`, { cause });
  }
}

const tokensUsage = `tokens [--add NAME | --revoke NAME]

Lists the names of those who may read the feed: the tokens of feed-tokens.json in PLUMBLINE_HOME,
one a consumer. A running feed follows the file.

  --add NAME     make a token for one more and print it, this once
  --revoke NAME  take one away; whoever uses it is cut off at once

Examples:
  plumbline tokens
  TOKEN=$(plumbline tokens --add grafana)
  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8630/v1/snapshot
  plumbline tokens --revoke grafana

Exit codes: 0 fine, 2 usage or configuration, 70 a mistake of Plumbline itself.
`;
