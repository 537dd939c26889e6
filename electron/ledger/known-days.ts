import { compareInstants } from '../../shared/instant.ts';
import type { TradingDay } from '../../shared/snapshot.ts';
import { type TradingDayRule, tradingDayAt, tradingDayNamed } from '../../shared/trading-day.ts';

/** Days by the hour of an instant, and by their name. */
const known = new WeakMap<TradingDayRule, Map<string, TradingDay>>();
/** More hours than a few years have with closes; then it begins anew. */
const mostKept = 20_000;
/** `:03:22.000000Z`, what an instant has after its hour. */
const afterHour = 14;

/** The same as `tradingDayAt`; a day that was asked for before costs no look at the zone's clock. */
export function knownDayAt(instant: string, rule: TradingDayRule): TradingDay {
  const days = daysOf(rule);
  const hour = instant.slice(0, -afterHour);
  const found = days.get(hour);
  // A day may begin within an hour of UTC.
  const isIn =
    found !== undefined &&
    compareInstants(found.start, instant) <= 0 &&
    compareInstants(instant, found.end) < 0;
  if (isIn) return found;
  const day = tradingDayAt(instant, rule);
  days.set(hour, day);
  return day;
}

/** The same as `tradingDayNamed`. */
export function knownDayNamed(name: string, rule: TradingDayRule): TradingDay {
  const days = daysOf(rule);
  const day = days.get(name) ?? tradingDayNamed(name, rule);
  days.set(name, day);
  return day;
}

function daysOf(rule: TradingDayRule): Map<string, TradingDay> {
  const days = known.get(rule) ?? new Map<string, TradingDay>();
  if (days.size > mostKept) days.clear();
  known.set(rule, days);
  return days;
}
