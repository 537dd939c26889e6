import {
  compareDecimals,
  divideDecimals,
  parseDecimal,
  printDecimal,
  signOf,
} from '../../shared/decimal.ts';
import type { Limit } from '../../shared/snapshot.ts';

/** The four limits, in the order of their rows. */
export const limitKinds = [
  'daily-loss',
  'drawdown',
  'venue',
  'market',
] as const satisfies readonly Limit['kind'][];

/** How near a limit is: `near` from four fifths on, `breached` when nothing is left. */
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

/** What each limit means, on hover. */
export function limitMeaning(kind: Limit['kind']): string {
  switch (kind) {
    case 'daily-loss':
      return "The day's P&L may fall this far before the daily loss limit, a share of the bankroll.";
    case 'drawdown':
      return 'Drawdown now against its limit, a share of the high-water mark.';
    case 'venue':
      return 'The venue with the highest open exposure against its limit, a share of the bankroll.';
    case 'market':
      return 'The market with the highest open exposure against its limit, a share of the bankroll.';
  }
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
