import type { FeedState } from '../../shared/feed.ts';
import type { Feed } from './feed.ts';
import { FeedError } from './feed-error.ts';
import type { FeedNeeds } from './feed-needs.ts';

/** What the app's feed is made of. */
export interface FollowedFeedNeeds extends Omit<FeedNeeds, 'port'> {
  /** Of the environment: on at this port whatever the settings say; null where they decide. */
  readonly forcedPort: number | null;
  /** A feed was opened at this address. */
  onOpen(address: string): void;
}

// The port may become free, the token file may be mended.
const retryMs = 15 * 1000;

/**
 * The feed as the settings want it: opened, moved and closed as they change, one step at a time. One that
 * cannot be opened is tried again.
 */
export class FollowedFeed {
  readonly #needs: FollowedFeedNeeds;
  readonly #forget: () => void;
  #wished: number | null = null;
  #feed: { readonly opened: Feed; readonly port: number } | null = null;
  #state: FeedState = { kind: 'off' };
  #last: Promise<void> = Promise.resolve();
  #forgetRetry: () => void = () => undefined;

  constructor(needs: FollowedFeedNeeds) {
    this.#needs = needs;
    this.#forget = needs.settings.onChange(() => this.#follow());
    this.#follow();
  }

  readonly state = (): FeedState => this.#feed?.opened.state() ?? this.#state;

  /** Ends every stream; resolves when the port is free. */
  async close(): Promise<void> {
    this.#forget();
    this.#wish(null);
    await this.#last;
  }

  #follow(): void {
    const { enabled, port } = this.#needs.settings.state().settings.feed;
    this.#wish(this.#needs.forcedPort ?? (enabled ? port : null));
  }

  #wish(port: number | null): void {
    // Whoever changes the settings of a feed that failed may have mended it.
    if (port === this.#wished && this.#state.kind !== 'failed') return;
    this.#wished = port;
    this.#forgetRetry();
    this.#last = this.#last.then(() => this.#reopen(port));
  }

  async #reopen(port: number | null): Promise<void> {
    this.#forgetRetry();
    // Overtaken by another wish, or fulfilled already.
    if (port !== this.#wished || (this.#feed !== null && this.#feed.port === port)) return;
    await this.#feed?.opened.close();
    this.#feed = null;
    if (port === null) this.#state = { kind: 'off' };
    else await this.#open(port);
  }

  async #open(port: number): Promise<void> {
    // A failure stands until it is over.
    if (this.#state.kind === 'off') this.#state = { kind: 'starting' };
    try {
      // Loaded only here: without a feed it costs the start nothing.
      const { openFeed } = await import('./feed.ts');
      this.#feed = { opened: await openFeed({ ...this.#needs, port }), port };
      this.#state = { kind: 'off' };
      this.#needs.onOpen(this.#feed.opened.address);
    } catch (error) {
      this.#fail(port, error);
    }
  }

  #fail(port: number, error: unknown): void {
    const isTold = error instanceof FeedError;
    const message = isTold ? error.message : 'It could not be opened; the log has the cause.';
    const isNew = this.#state.kind !== 'failed' || this.#state.message !== message;
    if (isNew) this.#needs.log(`The feed is off: ${message}`, isTold ? undefined : error);
    this.#state = { kind: 'failed', message };
    // Another wish is going to be tried in its place.
    if (port !== this.#wished) return;
    this.#forgetRetry = this.#needs.clock.after(retryMs, () => {
      this.#last = this.#last.then(() => this.#reopen(port));
    });
  }
}
