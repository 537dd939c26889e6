import type { TradingDay } from './snapshot.ts';

const dayMs = 24 * 60 * 60 * 1000;

const instantOf = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');

/** The trading day that holds an instant (UTC, rolling at 00:00), half-open `[start, end)`. */
export function tradingDayAt(instant: string): TradingDay {
  const start = Math.floor(Date.parse(instant) / dayMs) * dayMs;
  return {
    name: instantOf(start).slice(0, 10),
    zone: 'UTC',
    start: instantOf(start),
    end: instantOf(start + dayMs),
  };
}

/** The last `count` trading days up to and including `today`, oldest first. */
export function lastTradingDays(today: TradingDay, count: number): TradingDay[] {
  return Array.from({ length: count }, (_, index) =>
    tradingDayAt(instantOf(Date.parse(today.start) - (count - 1 - index) * dayMs)),
  );
}
