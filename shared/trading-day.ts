import type { TradingDay } from './snapshot.ts';

/** When a trading day begins: an hour of a zone's clock. */
export interface TradingDayRule {
  /** IANA name. */
  readonly zone: string;
  /** 0 to 23. */
  readonly rollHour: number;
}

const dayMs = 24 * 60 * 60 * 1000;

const instantOf = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');

// TODO(trading-day helper): zone and roll hour.

/** The trading day that holds an instant, half-open `[start, end)`, named by its start date. */
export function tradingDayAt(instant: string, _rule: TradingDayRule): TradingDay {
  const start = Math.floor(Date.parse(instant) / dayMs) * dayMs;
  return {
    name: instantOf(start).slice(0, 10),
    zone: 'UTC',
    start: instantOf(start),
    end: instantOf(start + dayMs),
  };
}

/** The trading day of a name, `2026-11-23`. */
export function tradingDayNamed(name: string, rule: TradingDayRule): TradingDay {
  return tradingDayAt(`${name}T00:00:00.000000Z`, rule);
}

/** The last `count` trading days up to and including `today`, oldest first. */
export function lastTradingDays(
  today: TradingDay,
  count: number,
  rule: TradingDayRule,
): TradingDay[] {
  return Array.from({ length: count }, (_, index) =>
    tradingDayAt(instantOf(Date.parse(today.start) - (count - 1 - index) * dayMs), rule),
  );
}
