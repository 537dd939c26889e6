import type { LedgerFailure } from '../../shared/failure.ts';

/** At most this share of the time may be spent inside queries; it wins over every other wish. */
export const dutyCycle = 0.02;

/** Upkeep that may be done at full speed before it is rested for like the rest. */
export const creditMs = 60 * 1000;

/** How many times slower a server that runs low on connections is asked. */
const crowdedFactor = 5;

const firstBackoffMs = 500;
const longestBackoffMs = 15 * 1000;
const leastBackoffMs = 250;

/** Slow enough that no server locks an account for wrong passwords. */
const needsYouMs = 30 * 1000;

/** Time between the starts of two runs when `restMs` of it are the rest that the last one asks for. */
export function intervalAfter(baseMs: number, restMs: number, crowded: boolean): number {
  return Math.max(crowded ? baseMs * crowdedFactor : baseMs, restMs);
}

/**
 * Time until the next try after `attempts` failed ones in a row: exponential with full jitter, so
 * that many monitors of one server do not come back together ("Exponential Backoff And Jitter",
 * M. Brooker, 2015).
 */
export function backoffAfter(
  attempts: number,
  retry: LedgerFailure['retry'],
  random: () => number,
): number {
  if (retry === 'needs-you') return needsYouMs;
  const most = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(attempts, 10));
  return leastBackoffMs + random() * (most - leastBackoffMs);
}
