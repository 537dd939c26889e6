import { instantMs } from '../../shared/instant.ts';
import type { Fall } from '../../shared/snapshot.ts';

const day = { day: 'numeric', month: 'short' } as const;
const year = { year: 'numeric' } as const;
const minute = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

/** `12 Oct`, with its year when that is not the one of `now`. */
export function shortDate(instant: string, zone: string, now: string): string {
  const ms = instantMs(instant);
  // Beyond what a Date holds the instant is told as it was written.
  if (ms === null) return instant.slice(0, instant.indexOf('T'));
  return inZone(zone, isOtherYear(ms, zone, now) ? { ...day, ...year } : day).format(ms);
}

/** `12 Oct 14:03`, with its year when that is not the one of `now`. */
export function shortMoment(instant: string, zone: string, now: string): string {
  const ms = instantMs(instant);
  const date = shortDate(instant, zone, now);
  return ms === null ? date : `${date} ${inZone(zone, minute).format(ms)}`;
}

/** From the peak of a fall to its trough: `12 Oct to 19 Oct`. */
export function fallSpan({ peakAt, troughAt }: Fall, zone: string, now: string): string {
  const [from, to] = [shortDate(peakAt, zone, now), shortDate(troughAt, zone, now)];
  return from === to ? from : `${from} to ${to}`;
}

/** Peak, trough and recovery of a fall with their times. */
export function fallStory(
  { peakAt, troughAt, recoveredAt }: Fall,
  zone: string,
  now: string,
): string {
  const moment = (at: string): string => shortMoment(at, zone, now);
  const end = recoveredAt === null ? 'not recovered yet' : `recovered ${moment(recoveredAt)}`;
  return `peak ${moment(peakAt)}, trough ${moment(troughAt)}, ${end} (${zone})`;
}

// Around New Year the zone and UTC are in different years; the date that is printed is the zone's.
const isOtherYear = (ms: number, zone: string, now: string): boolean => {
  const nowMs = instantMs(now);
  const yearOf = (at: number): string => inZone(zone, year).format(at);
  return nowMs === null || yearOf(ms) !== yearOf(nowMs);
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than formatting with it. */
function inZone(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(options).join(' ')}`;
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}
