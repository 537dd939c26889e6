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

/** The feed as the settings want it: opened, moved and closed as they change, one step at a time. */
export class FollowedFeed {
  readonly #needs: FollowedFeedNeeds;
  readonly #forget: () => void;
  #wished: number | null = null;
  #feed: Feed | null = null;
  #state: FeedState = { kind: 'off' };
  #last: Promise<void> = Promise.resolve();

  constructor(needs: FollowedFeedNeeds) {
    this.#needs = needs;
    this.#forget = needs.settings.onChange(() => this.#follow());
    this.#follow();
  }

  readonly state = (): FeedState => this.#feed?.state() ?? this.#state;

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
    if (port === this.#wished) return;
    this.#wished = port;
    this.#last = this.#last.then(() => this.#reopen(port));
  }

  async #reopen(port: number | null): Promise<void> {
    await this.#feed?.close();
    this.#feed = null;
    this.#state = { kind: port === null ? 'off' : 'starting' };
    // Overtaken by another wish, which follows.
    if (port === null || port !== this.#wished) return;
    try {
      // Loaded only here: without a feed it costs the start nothing.
      const { openFeed } = await import('./feed.ts');
      this.#feed = await openFeed({ ...this.#needs, port });
      this.#needs.onOpen(this.#feed.address);
    } catch (error) {
      const isTold = error instanceof FeedError;
      this.#state = {
        kind: 'failed',
        message: isTold ? error.message : 'The feed could not be opened; the log has the cause.',
      };
      if (isTold) this.#needs.log(`The feed is off: ${error.message}`);
      else this.#needs.log('The feed could not be opened.', error);
    }
  }
}
