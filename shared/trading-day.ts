import { instantMs, instantOfMs } from './instant.ts';
import type { TradingDay } from './snapshot.ts';
import { firstAtClock, zoneOffsetMs } from './zone.ts';

export { isZone } from './zone.ts';

/** When a trading day begins: an hour of a zone's clock. */
export interface TradingDayRule {
  /** IANA name. */
  readonly zone: string;
  /** 0 to 23. */
  readonly rollHour: number;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/**
 * The trading day that holds an instant, half-open `[start, end)`, named by its start date. Throws a
 * RangeError on an instant beyond what a Date holds, and on an unknown zone.
 */
export function tradingDayAt(instant: string, rule: TradingDayRule): TradingDay {
  const ms = readMs(instant);
  const clock = ms + zoneOffsetMs(rule.zone, ms) - rule.rollHour * hourMs;
  // The clock shows this date's roll time or later, so its day has begun. Where the clock was set back
  // over a roll time, or a date left out, a later one has too.
  let dateMs = Math.floor(clock / dayMs) * dayMs;
  while (startOf(dateMs + dayMs, rule) <= ms) dateMs += dayMs;
  return dayOf(dateMs, rule);
}

/**
 * The trading day of a name, `2026-11-23`. Where the zone's calendar leaves a date out, it is the
 * empty stretch before the next.
 */
export const tradingDayNamed = (name: string, rule: TradingDayRule): TradingDay =>
  dayOf(dateOf(name), rule);

/** The last `count` trading days up to and including `today`, oldest first. */
export function lastTradingDays(
  today: TradingDay,
  count: number,
  rule: TradingDayRule,
): TradingDay[] {
  const days: TradingDay[] = [];
  let dateMs = dateOf(today.name);
  let end = startOf(dateMs + dayMs, rule);
  for (; days.length < count; dateMs -= dayMs) {
    const start = startOf(dateMs, rule);
    // A date that the zone's calendar leaves out is no day.
    if (start < end) days.push(dayBetween(dateMs, start, end, rule));
    end = start;
  }
  return days.reverse();
}

const startOf = (dateMs: number, { zone, rollHour }: TradingDayRule): number =>
  firstAtClock(zone, dateMs + rollHour * hourMs);

const dayOf = (dateMs: number, rule: TradingDayRule): TradingDay =>
  dayBetween(dateMs, startOf(dateMs, rule), startOf(dateMs + dayMs, rule), rule);

const dayBetween = (
  dateMs: number,
  start: number,
  end: number,
  { zone }: TradingDayRule,
): TradingDay => ({
  name: nameOf(dateMs),
  zone,
  start: instantOfMs(start),
  end: instantOfMs(end),
});

const nameOf = (dateMs: number): string => instantOfMs(dateMs).replace(/T.*/, '');

function dateOf(name: string): number {
  const ms = readMs(`${name}T00:00:00.000000Z`);
  // Date.parse takes 30 February for 2 March.
  if (nameOf(ms) !== name) throw new RangeError(`Not a date: ${name}`);
  return ms;
}

function readMs(instant: string): number {
  const ms = instantMs(instant);
  if (ms === null) throw new RangeError(`Not an instant that a Date can hold: ${instant}`);
  return ms;
}
