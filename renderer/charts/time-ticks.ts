import { formatDay } from '../../shared/format.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import { type TradingDayRule, tradingDayAt, tradingDayNamed } from '../../shared/trading-day.ts';
import { zoneOffsetMs } from '../../shared/zone.ts';

/** A label on the time axis. */
export interface TimeTick {
  readonly ms: number;
  readonly label: string;
}

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;
const clockMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720];
const daySteps = [1, 2, 7, 14];
// Of the widest label, `Mon 23 Nov`, at the 11 px of the axis.
const characterPx = 6.7;
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000];

/**
 * At most about `most` ticks at round times of the zone's clock. Those from a day upwards stand where
 * a trading day begins and carry its name.
 */
export function timeTicks(
  from: number,
  to: number,
  most: number,
  rule: TradingDayRule,
): TimeTick[] {
  const span = to - from;
  const rough = span / Math.max(1, most);
  // A stretch of no more than two days is read by the clock.
  const minutes = clockMinutes.find((step) => step * minuteMs >= rough);
  if (span <= 2 * dayMs && minutes !== undefined) {
    return hasPlainName(from) && hasPlainName(to) ? clockTicks(from, to, minutes, rule) : [];
  }
  return dateTicks(from, to, rough / dayMs, rule);
}

/** The ticks whose labels, written to the right from their place, end within `room` pixels. */
export function ticksThatFit(
  ticks: readonly TimeTick[],
  leftOf: (ms: number) => number,
  room: number,
): TimeTick[] {
  return ticks.filter(({ ms, label }) => leftOf(ms) + label.length * characterPx <= room);
}

function clockTicks(from: number, to: number, step: number, rule: TradingDayRule): TimeTick[] {
  // Zones lie whole quarters of an hour apart, so nothing finer has to be tried for coarse steps.
  const grainMs = Math.min(step, 15) * minuteMs;
  const ticks: TimeTick[] = [];
  for (let ms = Math.ceil(from / grainMs) * grainMs; ms <= to; ms += grainMs) {
    const clock = new Date(ms + zoneOffsetMs(rule.zone, ms)).toISOString().slice(11, 16);
    if (minutesOf(clock) % step === 0) ticks.push({ ms, label: clock });
  }
  return withDayNames(ticks, rule);
}

/** The tick at which a trading day begins carries the day's name. */
function withDayNames(ticks: readonly TimeTick[], rule: TradingDayRule): TimeTick[] {
  return ticks.map((tick) => {
    const day = tradingDayAt(instantOfMs(tick.ms), rule);
    return instantMs(day.start) === tick.ms ? { ms: tick.ms, label: formatDay(day.name) } : tick;
  });
}

const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

function dateTicks(from: number, to: number, roughDays: number, rule: TradingDayRule): TimeTick[] {
  const days = daySteps.find((step) => step >= roughDays);
  const dates =
    days === undefined ? monthDates(from, to, roughDays / 30) : dayDates(from, to, days);
  return dates.flatMap(({ name, label }) => {
    const ms = instantMs(tradingDayNamed(name, rule).start);
    return ms === null || ms < from || ms > to ? [] : [{ ms, label }];
  });
}

interface NamedDate {
  readonly name: string;
  readonly label: string;
}

// A Monday, from which weeks are counted.
const mondayMs = Date.UTC(1970, 0, 5);

/** Every so many dates; weeks begin on Monday. */
function dayDates(from: number, to: number, step: number): NamedDate[] {
  const stepMs = step * dayMs;
  // One more at each end: a trading day may begin on another date than in UTC.
  const first = Math.floor((from - mondayMs - dayMs) / stepMs);
  const count = Math.ceil((to - from + 2 * dayMs) / stepMs) + 1;
  return Array.from({ length: count }, (_, index) => mondayMs + (first + index) * stepMs)
    .filter(hasPlainName)
    .map((ms) => {
      const name = instantOfMs(ms).slice(0, 10);
      // The weekday says nothing where every label has the same one.
      return {
        name,
        label: step % 7 === 0 ? formatDay(name).replace(/^\S+ /, '') : formatDay(name),
      };
    });
}

/** The first of every so many months, January named by its year. */
function monthDates(from: number, to: number, roughMonths: number): NamedDate[] {
  const step = monthSteps.find((each) => each >= roughMonths) ?? 12_000;
  const months = (ms: number): number =>
    new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth();
  const first = Math.floor((months(from) - 1) / step);
  const last = Math.ceil((months(to) + 1) / step);
  return Array.from({ length: last - first + 1 }, (_, index) => monthStart((first + index) * step))
    .filter(hasPlainName)
    .map((ms) => ({ name: instantOfMs(ms).slice(0, 10), label: monthLabel(ms) }));
}

const monthStart = (months: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(months / 12), ((months % 12) + 12) % 12, 1);
  return date.getTime();
};

/** Years of four digits: those beyond get no tick, but keep their place on the line. */
const hasPlainName = (ms: number): boolean =>
  ms >= Date.UTC(1000, 0, 1) && ms < Date.UTC(9999, 11, 31);

const monthName = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short' });

function monthLabel(ms: number): string {
  const date = new Date(ms);
  return date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : monthName.format(ms);
}

const exactTime = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });

/** A time as the chart's text tells it: `Mon 23 Nov 2026 14:03:22 UTC`. */
export const formatExactTime = (ms: number, zone: string): string =>
  exactTime(zone).format(ms).replaceAll(',', '');
