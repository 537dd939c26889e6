import type { RangeId } from './ranges.ts';
import type { TradingDay } from './snapshot.ts';
import { lastTradingDays, type TradingDayRule, tradingDayNamed } from './trading-day.ts';

/** First instant of a range that ends with `today`; null for all, which has no beginning. */
export function rangeStart(range: RangeId, today: TradingDay, rule: TradingDayRule): string | null {
  switch (range) {
    case 'today':
      return today.start;
    case '7d':
      return lastDaysStart(7, today, rule);
    case '30d':
      return lastDaysStart(30, today, rule);
    case 'mtd':
      return tradingDayNamed(today.name.replace(/\d\d$/, '01'), rule).start;
    case 'ytd':
      return tradingDayNamed(today.name.replace(/\d\d-\d\d$/, '01-01'), rule).start;
    case 'all':
      return null;
  }
}

/** First instant of today and the `count − 1` trading days before it. */
export function lastDaysStart(count: number, today: TradingDay, rule: TradingDayRule): string {
  const [first] = lastTradingDays(today, count, rule);
  if (first === undefined) throw new RangeError(`Not a number of days: ${count}`);
  return first.start;
}
