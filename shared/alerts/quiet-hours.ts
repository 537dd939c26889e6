import { instantMs, instantOfMs } from '../instant.ts';
import { type TradingDayRule, tradingDayAt } from '../trading-day.ts';
import { firstAtClock, zoneOffsetMs } from '../zone.ts';
import type { Hours } from './rule.ts';

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Whether an instant lies within hours of a zone's clock, `from` included and `to` not; equal ones are
 * never. They begin and end once a date, at the first moment that the clock shows `from` and `to` or
 * later: a clock that is set back neither repeats them nor begins them anew. Throws a RangeError on an
 * instant beyond what a Date holds, and on an unknown zone.
 */
export const isWithin = (hours: Hours, instant: string, zone: string): boolean =>
  endAfter(hours, readMs(instant), zone) !== null;

/** The instant at which hours that hold this one end; the same instant where they do not hold it. */
export function endOfQuiet(hours: Hours, instant: string, zone: string): string {
  const start = readMs(instant);
  let end = start;
  // Where the minutes between two nights are skipped, the next goes on at the end of the first.
  for (let next = endAfter(hours, end, zone); next !== null; next = endAfter(hours, end, zone)) {
    end = next;
  }
  return end === start ? instant : instantOfMs(end);
}

/** The start of the next trading day: what "snooze until tomorrow" means. */
export const tomorrowAt = (instant: string, rule: TradingDayRule): string =>
  tradingDayAt(instant, rule).end;

/** When the hours that hold `ms` end; null when none do. */
function endAfter({ from, to }: Hours, ms: number, zone: string): number | null {
  if (from === to) return null;
  const [fromMs, toMs] = [clockMs(from), clockMs(to)];
  const lengthMs = (toMs - fromMs + dayMs) % dayMs;
  const date = Math.floor((ms + zoneOffsetMs(zone, ms)) / dayMs) * dayMs;
  // Over midnight they began the day before; where the clock was set back over midnight, so did the date.
  for (const day of [date - dayMs, date, date + dayMs]) {
    const start = firstAtClock(zone, day + fromMs);
    const end = firstAtClock(zone, day + fromMs + lengthMs);
    if (start <= ms && ms < end) return end;
  }
  return null;
}

const clockMs = (clock: string): number =>
  (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * minuteMs;

function readMs(instant: string): number {
  const ms = instantMs(instant);
  if (ms === null) throw new RangeError(`Not an instant that a Date can hold: ${instant}`);
  return ms;
}
