import type { Clock } from '../monitor/clock.ts';

/** How many requests may come at once, and how many a second after that. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** A token bucket for each who asks. */
export class RateLimit {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { left: number; atMs: number }>();

  constructor(clock: Pick<Clock, 'monotonicMs'>, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Takes one from the bucket of this name; false when it is empty. */
  admits(name: string): boolean {
    const now = this.#clock.monotonicMs();
    const { burst, perSecond } = this.#rate;
    const bucket = this.#buckets.get(name) ?? { left: burst, atMs: now };
    this.#buckets.set(name, bucket);
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.atMs) / 1000) * perSecond);
    bucket.atMs = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}
