import type { EventSourceMessage } from 'eventsource-parser';
import type { FeedAccess } from './feed-calls.ts';
import { type Ending, followEvents } from './feed-events.ts';
import type { FeedLink, LinkState } from './feed-link.tsx';
import type { TickClock } from './ticker.ts';

/** What following the feed needs. */
export interface StreamNeeds extends FeedAccess {
  readonly clock: TickClock;
  /** 0 to 1. */
  readonly random: () => number;
  /** The first event of a connection comes with `isFirst`. False for what is not understood. */
  readonly onEvent: (event: EventSourceMessage, isFirst: boolean) => boolean;
}

const firstWaitMs = 500;
const longestWaitMs = 15 * 1000;

/** Follows the feed over as many connections as it takes, until the token is refused. */
export class FeedStream implements FeedLink {
  readonly #needs: StreamNeeds;
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  #state: LinkState = { kind: 'connecting' };
  #lastEventId: string | null = null;
  #failures = 0;
  #timer: number | null = null;

  constructor(needs: StreamNeeds) {
    this.#needs = needs;
  }

  readonly state = (): LinkState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to follow. */
  start(): void {
    void this.#connect();
  }

  readonly tryNow = (): void => {
    if (this.#timer === null) return;
    this.#disarm();
    void this.#connect();
  };

  /** A call was told that the token is not known: the stream would be told the same. */
  readonly refuse = (): void => {
    this.close();
    this.#publish({ kind: 'refused' });
  };

  /** Ends for good. */
  close(): void {
    this.#disarm();
    this.#stop.abort();
  }

  async #connect(): Promise<void> {
    if (this.#state.kind === 'lost') this.#publish({ ...this.#state, nextTryAt: null });
    let isFirst = true;
    const ending = await followEvents({
      ...this.#needs,
      lastEventId: this.#lastEventId,
      signal: this.#stop.signal,
      onOpen: () => this.#publish({ kind: 'open' }),
      onEvent: (event) => {
        const isUnderstood = this.#needs.onEvent(event, isFirst);
        isFirst = false;
        if (event.id !== undefined) this.#lastEventId = event.id;
        // Not before: what accepts and cuts at once is in trouble too, and so is another version.
        if (isUnderstood && event.event === 'freshness') this.#failures = 0;
        return isUnderstood;
      },
    });
    if (!this.#stop.signal.aborted) this.#end(ending);
  }

  #end(ending: Ending): void {
    if (ending.kind === 'refused') {
      this.refuse();
      return;
    }
    this.#failures += 1;
    const cap = Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#failures - 1));
    // Between half of it and all: viewers that lost one server do not come back all at once.
    const waitMs = (cap * (1 + this.#needs.random())) / 2;
    const { clock } = this.#needs;
    this.#publish({ kind: 'lost', reason: ending.reason, nextTryAt: clock.now() + waitMs });
    this.#timer = clock.setTimeout(() => {
      this.#timer = null;
      void this.#connect();
    }, waitMs);
  }

  #disarm(): void {
    if (this.#timer !== null) this.#needs.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #publish(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
