import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  type Decimal,
  multiplyDecimals,
  parseDecimal,
  subtractDecimals,
} from '../decimal.ts';
import { kindOf, type Rule } from './rule.ts';

const second = 1000;
const minute = 60 * second;

/** The defaults of `docs/alerts.md`. */
export const usual = {
  pendingMs: { path: 0, level: 10 * second, unreachable: 30 * second },
  keepFiringMs: minute,
  repeatMs: { info: null, warning: 60 * minute, critical: 10 * minute },
  cooldownMs: 5 * minute,
} as const;

/** How long a breach has to last, in milliseconds. */
export function pendingMs({ kind, pendingS }: Rule): number {
  if (pendingS !== null) return pendingS * second;
  const { timing, isEvent } = kindOf({ kind });
  if (isEvent) return 0;
  return kind === 'unreachable' ? usual.pendingMs.unreachable : usual.pendingMs[timing];
}

/** How long it has to be over, in milliseconds. */
export const keepFiringMs = ({ keepFiringS }: Rule): number =>
  keepFiringS === null ? usual.keepFiringMs : keepFiringS * second;

/** Time between two reminders in milliseconds; null never reminds. */
export function repeatMs({ kind, severity, repeatMin }: Rule): number | null {
  if (kindOf({ kind }).isEvent || repeatMin === 0) return null;
  return repeatMin === null ? usual.repeatMs[severity] : repeatMin * minute;
}

/** How long after a notification new episodes are recorded only, in milliseconds. */
export const cooldownMs = ({ cooldownMin }: Rule): number =>
  cooldownMin === null ? usual.cooldownMs : cooldownMin * minute;

/** What a value is held against: 0 where there is no threshold to set. */
export function thresholdOf(rule: Rule): Decimal {
  const known = thresholds.get(rule);
  if (known !== undefined) return known;
  const threshold = parseDecimal(rule.threshold ?? '0');
  thresholds.set(rule, threshold);
  return threshold;
}

/** Read once a rule: a path holds a hundred thousand values against it. */
const thresholds = new WeakMap<Rule, Decimal>();

/** A value at or beyond the threshold. Where there is none to set, one above 0. */
export function isBreach(rule: Rule, value: Decimal): boolean {
  const compared = compareDecimals(value, thresholdOf(rule));
  if (rule.threshold === null) return compared > 0;
  return kindOf(rule).side === 'low' ? compared <= 0 : compared >= 0;
}

/** A value beyond the recovery threshold: the breach is over. */
export function isRecovered(rule: Rule, value: Decimal): boolean {
  if (rule.threshold === null) return !isBreach(rule, value);
  const compared = compareDecimals(value, recoveryOf(rule));
  return kindOf(rule).side === 'low' ? compared > 0 : compared < 0;
}

const fivePercent: Decimal = { units: 5n, scale: 2 };
const oneDollar: Decimal = { units: 1n, scale: 0 };

/**
 * Where a breach ends. By default the threshold less a band of max(5 % of |threshold|, $1); shares, counts
 * and times, which are no dollars, have the five per cent alone, and whole ones at least a half.
 */
export function recoveryOf(rule: Rule): Decimal {
  if (rule.recovery !== null) return parseDecimal(rule.recovery);
  const threshold = thresholdOf(rule);
  const band = bandOf(rule, multiplyDecimals(absoluteDecimal(threshold), fivePercent));
  return kindOf(rule).side === 'low'
    ? addDecimals(threshold, band)
    : subtractDecimals(threshold, band);
}

function bandOf(rule: Rule, share: Decimal): Decimal {
  switch (kindOf(rule).unit) {
    case 'pnl':
    case 'money':
      return compareDecimals(share, oneDollar) < 0 ? oneDollar : share;
    case 'count':
      // The next whole number is beyond it: a streak of 4 ends an alert at 5.
      return { units: 5n, scale: 1 };
    default:
      return share;
  }
}
