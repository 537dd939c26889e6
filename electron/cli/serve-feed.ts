import type { FeedState } from '../../shared/feed.ts';
import { type Feed, openFeed } from '../feed/feed.ts';
import { FeedError } from '../feed/feed-error.ts';
import { invitationTo } from '../feed/invitation.ts';
import { systemClock } from '../monitor/clock.ts';
import { NotAvailableError } from '../monitor/not-available.ts';
import type { Watch } from '../watch.ts';
import { type CommandIo, UsageError } from './command-io.ts';
import { oneSentence } from './failure-words.ts';

/** A feed that listens. */
export interface ServedFeed {
  /** `http://127.0.0.1:8630`. */
  readonly address: string;
  /** Where the browser view is, as a line: with its token for a terminal alone, not for a log. */
  readonly invitation: string;
  close(): Promise<void>;
}

/** What a feed is served with. */
interface FeedPlace {
  readonly home: string;
  readonly watch: Watch;
  readonly request: { readonly port: number | null };
  readonly parts: { readonly page: string };
  readonly io: CommandIo;
  log(sentence: string, error?: unknown): void;
}

/** Opens the feed of a watch; what keeps it from listening is a {@link UsageError}. */
export async function openServedFeed(place: FeedPlace): Promise<ServedFeed> {
  const { home, watch, request, io, log } = place;
  const { monitor, settings, alerts, alertCalls } = watch;
  let state: () => FeedState = () => ({ kind: 'starting' });
  const noWindow = (): never => {
    throw new NotAvailableError('There is no window here.');
  };
  const desktop = { openMain: noWindow, toggleMini: noWindow };
  try {
    const feed = await openFeed({
      ...{ home, monitor, settings, alerts, log, clock: systemClock },
      port: request.port ?? settings.state().settings.feed.port,
      page: place.parts.page,
      handlers: { monitor, settings, desktop, alerts: alertCalls, feed: { state: () => state() } },
    });
    state = () => feed.state();
    return await servedFeed(feed, home, io);
  } catch (cause) {
    if (!(cause instanceof FeedError)) throw cause;
    throw new UsageError(oneSentence(cause.message), { cause });
  }
}

async function servedFeed(feed: Feed, home: string, io: CommandIo): Promise<ServedFeed> {
  try {
    const isTerminal = io.columns !== undefined;
    const invitation = await invitationTo(feed.address, home, isTerminal);
    return { address: feed.address, invitation, close: () => feed.close() };
  } catch (error) {
    // Nobody else has it yet: left open, it would keep the process from ending.
    await feed.close();
    throw error;
  }
}
