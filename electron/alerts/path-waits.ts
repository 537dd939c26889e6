import { keepFiringMs, pendingMs } from '../../shared/alerts/defaults.ts';
import type { Instance } from '../../shared/alerts/instance.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { TradingDayRule } from '../../shared/trading-day.ts';
import { knownDayAt, knownDayNamed } from '../ledger/known-days.ts';

/** A moment without a close at which an alert moves: a period has run out, or the day is over. */
export interface DueMoment {
  readonly at: string;
  readonly ms: number;
  /** What stood then. */
  readonly value: string;
  readonly day: string;
}

/**
 * The first moment up to `untilMs` at which time alone moves an instance of a path rule; null where there
 * is none. Between two closes the value stands, so it is known when the period ran out, whoever looked.
 */
export function dueMoment(
  rule: Rule,
  { state, last }: Pick<Instance, 'state' | 'last'>,
  untilMs: number,
  tradingDay: TradingDayRule,
): DueMoment | null {
  if (last === null || state.kind === 'normal' || state.kind === 'no-data') return null;
  const dueMs = periodEndMs(rule, state);
  const dayEndMs = kindOf(rule).isDaily ? endOfDayMs(last.day, tradingDay) : Number.MAX_VALUE;
  if (Math.min(dueMs, dayEndMs) > untilMs) return null;
  if (dueMs < dayEndMs) {
    return { at: instantOfMs(dueMs), ms: dueMs, value: last.value, day: last.day };
  }
  const at = instantOfMs(dayEndMs);
  // Each daily figure begins at nothing.
  return { at, ms: dayEndMs, value: '0', day: knownDayAt(at, tradingDay).name };
}

/** Since when an instance is in its state, in milliseconds since 1970; what was before then is older. */
export function stateSinceMs({ state }: Pick<Instance, 'state'>): number {
  switch (state.kind) {
    case 'normal':
      return Number.NEGATIVE_INFINITY;
    case 'pending':
    case 'recovering':
      return state.sinceMs;
    case 'firing':
    case 'no-data':
      return instantMs(state.episode.start.at) ?? Number.NEGATIVE_INFINITY;
  }
}

function periodEndMs(rule: Rule, state: Instance['state']): number {
  if (state.kind === 'recovering') return state.sinceMs + keepFiringMs(rule);
  const isPending = state.kind === 'pending' && state.what === 'breach';
  return isPending ? state.sinceMs + pendingMs(rule) : Number.MAX_VALUE;
}

const endOfDayMs = (day: string, rule: TradingDayRule): number =>
  instantMs(knownDayNamed(day, rule).end) ?? Number.MAX_VALUE;
