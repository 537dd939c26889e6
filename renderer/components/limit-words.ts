import {
  compareDecimals,
  divideDecimals,
  parseDecimal,
  printDecimal,
  signOf,
} from '../../shared/decimal.ts';
import { formatPercent } from '../../shared/format.ts';
import type { Limit } from '../../shared/snapshot.ts';
import { plural } from './words.ts';

/** The four limits, in the order of their rows. */
export const limitKinds = [
  'daily-loss',
  'drawdown',
  'venue',
  'market',
] as const satisfies readonly Limit['kind'][];

/** How near a limit is: `near` from four fifths on, `breached` when less than nothing is left. */
export type LimitState = 'quiet' | 'near' | 'breached' | 'unknown';

const nearFrom = parseDecimal('0.8');
const shareDecimals = 6;

/** Used part of a limit as a fraction; null where it cannot be said. */
export function usedShare({ used, limit }: Limit): string | null {
  if (used.kind !== 'value' || limit.kind !== 'value') return null;
  const whole = parseDecimal(limit.value);
  if (signOf(whole) <= 0) return null;
  return printDecimal(divideDecimals(parseDecimal(used.value), whole, shareDecimals));
}

/** The state of a limit that its bar and its text show. */
export function limitState(limit: Limit): LimitState {
  if (limit.left.kind !== 'value') return 'unknown';
  if (signOf(parseDecimal(limit.left.value)) < 0) return 'breached';
  const share = usedShare(limit);
  return share !== null && compareDecimals(parseDecimal(share), nearFrom) >= 0 ? 'near' : 'quiet';
}

/** What each limit means, and what it is a share of. */
export function limitMeaning({ kind, share }: Limit): string {
  const percent = formatPercent(share);
  switch (kind) {
    case 'daily-loss':
      return `Daily loss limit: ${percent} of the bankroll. A gain of the day comes on top of what is left to lose.`;
    case 'drawdown':
      return `Drawdown limit: ${percent} of the high-water mark.`;
    case 'venue':
      return `Limit of each venue: ${percent} of the bankroll. Shown is the one with the highest open exposure.`;
    case 'market':
      return `Limit of each market: ${percent} of the bankroll. Shown is the one with the highest open exposure.`;
  }
}

/** What one more average loser would do to a limit; null where that cannot be said or is plain. */
export function averageLossText(limit: Limit): string | null {
  if (limit.breachedByAverageLoss === null || limitState(limit) === 'breached') return null;
  return limit.breachedByAverageLoss
    ? 'One more average loss breaches this limit.'
    : 'One more average loss does not breach it.';
}

/** Open trades that an exposure limit cannot count. */
export function uncountedText({ kind }: Limit, leftOut: number): string | null {
  if (leftOut === 0 || kind === 'daily-loss' || kind === 'drawdown') return null;
  return `Left out: ${plural(leftOut, 'open trade')} whose cost cannot be said.`;
}

/** Name of a limit without its subject. */
export function limitName(kind: Limit['kind']): string {
  switch (kind) {
    case 'daily-loss':
      return 'Daily loss';
    case 'drawdown':
      return 'Drawdown';
    case 'venue':
      return 'Venue';
    case 'market':
      return 'Market';
  }
}
