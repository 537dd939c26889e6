import type { MonitorState } from '../../shared/monitor-state.ts';
import { FeedError } from '../feed/feed-error.ts';
import { readTokens } from '../feed/token-file.ts';
import { addressOf } from '../ledger/connection-profile.ts';
import { findHolder, type Holder } from '../settings/home-lock.ts';
import { namedBySettings } from '../settings/ledger-identity.ts';
import { readSettings } from '../settings/settings-file.ts';
import { askFeed, FeedAskError, type WatchedAlerts } from './ask-feed.ts';
import type { CommandIo } from './command-io.ts';
import { homeOf, profileOf } from './find-ledger.ts';
import type { StatusSource } from './status-print.ts';

/** What whoever watches on this home says, or why nobody is to be asked. */
export type Watched =
  | {
      readonly kind: 'answered';
      readonly source: Exclude<StatusSource, { kind: 'once' }>;
      readonly answer: WatchedAlerts;
    }
  /** Goes on "one reading just now: …". */
  | { readonly kind: 'unanswered'; readonly why: string };

const names = { app: 'the app', serve: 'plumbline serve', unknown: 'something' } as const;

/** Asks whoever watches on this home over its feed. Writes nothing. */
export async function watchedAlerts(
  io: Pick<CommandIo, 'env' | 'stdout' | 'stderr'>,
): Promise<Watched> {
  const home = homeOf(io.env);
  const holder = await holderOf(home);
  const unanswered = (why: string): Watched => ({ kind: 'unanswered', why });
  if (holder === null) return unanswered('nothing watches on this PLUMBLINE_HOME');
  const runs = `${names[holder.what]} runs on this PLUMBLINE_HOME`;
  if (holder.what === 'unknown' || holder.feed === null) {
    return unanswered(`${runs}, but its feed is off`);
  }
  const token = await anyToken(home);
  if (token === null) return unanswered(`${runs}, but no token of its feed can be read`);
  try {
    const answer = await askFeed(holder.feed, token);
    if (!(await isMeant(answer.state, io))) return unanswered(`${runs} and watches another ledger`);
    return { kind: 'answered', source: { kind: holder.what, pid: holder.pid }, answer };
  } catch (error) {
    if (!(error instanceof FeedAskError)) throw error;
    return unanswered(`${runs}, but ${error.message}`);
  }
}

/** Null as well where the home cannot be looked at: what reads it next says why. */
async function holderOf(home: string): Promise<Holder | null> {
  try {
    return await findHolder(home);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The token of any consumer: the answer is the same for each. */
async function anyToken(home: string): Promise<string | null> {
  try {
    return (await readTokens(home))[0]?.token ?? null;
  } catch (error) {
    if (error instanceof FeedError) return null;
    throw error;
  }
}

/** Whether what is watched is what DATABASE_URL names; without one it is whatever is watched. */
async function isMeant(
  { profile: watched }: MonitorState,
  io: Pick<CommandIo, 'env' | 'stdout' | 'stderr'>,
): Promise<boolean> {
  if (!io.env.DATABASE_URL) return true;
  const { profile } = await profileOf(io);
  const { settings } = await readSettings(homeOf(io.env));
  const place = { name: profile.database, label: 'LEDGER', host: addressOf(profile) } as const;
  const named = namedBySettings(place, settings);
  return (
    watched.label === named.label && watched.name === named.name && watched.host === named.host
  );
}
