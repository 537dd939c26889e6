import { createHash, timingSafeEqual } from 'node:crypto';
import { followFile } from '../settings/follow-file.ts';
import { FeedError } from './feed-error.ts';
import { type FeedToken, makeFirstToken, readTokens, tokenPath } from './token-file.ts';

type Log = (sentence: string, error?: unknown) => void;

/** Who may read the feed, as its file says at this moment. */
export class Tokens {
  readonly #home: string;
  readonly #log: Log;
  readonly #onChange: () => void;
  #known: readonly Buffer[];
  #unfollow: () => void = () => undefined;
  /** One reading after the other: an early one that ends late would bring a revoked token back. */
  #last: Promise<void> = Promise.resolve();
  #fault = '';

  private constructor(home: string, log: Log, tokens: readonly FeedToken[], onChange: () => void) {
    this.#home = home;
    this.#log = log;
    this.#known = knownOf(tokens);
    this.#onChange = onChange;
  }

  /**
   * Reads the file, makes one token where there is none at all, and follows the file from then on. `onChange`
   * hears when who may read has changed. Throws a {@link FeedError}.
   */
  static async open(home: string, log: Log, onChange: () => void): Promise<Tokens> {
    await makeFirstToken(home);
    const tokens = new Tokens(home, log, await readTokens(home), onChange);
    const onTouched = (): void => {
      tokens.#last = tokens.#last.then(() => tokens.#reread());
    };
    tokens.#unfollow = followFile(tokenPath(home), { onTouched, log });
    return tokens;
  }

  /**
   * Whose token it is, by its digest: another token under the same name is somebody else's. Null for nobody's;
   * takes as long whether it is known or not.
   */
  ownerOf(token: string): string | null {
    const digest = digestOf(token);
    let found: string | null = null;
    for (const known of this.#known) {
      if (timingSafeEqual(known, digest)) found = known.toString('hex');
    }
    return found;
  }

  /** Whether this owner may still read. */
  has(owner: string): boolean {
    return this.#known.some((known) => known.toString('hex') === owner);
  }

  close(): void {
    this.#unfollow();
  }

  async #reread(): Promise<void> {
    try {
      this.#known = knownOf(await readTokens(this.#home));
      if (this.#fault !== '') this.#log('The feed lets its readers in again.');
      this.#fault = '';
    } catch (error) {
      // A file that others may have read lets nobody in until it is mended.
      this.#known = [];
      const isTold = error instanceof FeedError;
      const fault = isTold ? error.message : 'its tokens could not be read.';
      if (fault !== this.#fault)
        this.#log(`The feed lets nobody in: ${fault}`, isTold ? undefined : error);
      this.#fault = fault;
    }
    this.#onChange();
  }
}

const knownOf = (tokens: readonly FeedToken[]): Buffer[] =>
  tokens.map(({ token }) => digestOf(token));

// Digests are of one length, as the comparison wants them.
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
