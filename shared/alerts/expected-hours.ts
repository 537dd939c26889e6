import { instantMs } from '../instant.ts';
import { zoneOffsetMs } from '../zone.ts';
import type { Hours } from './rule.ts';

const minuteMs = 60 * 1000;
const dayMinutes = 24 * 60;

/** Whole minutes since hours of the day began, by a zone's clock; null outside of them. */
export function minutesIntoHours(
  { from, to }: Hours,
  instant: string,
  zone: string,
): number | null {
  const ms = instantMs(instant);
  if (ms === null) return null;
  const clock = Math.floor((ms + zoneOffsetMs(zone, ms)) / minuteMs);
  const into = (((clock - minutesOf(from)) % dayMinutes) + dayMinutes) % dayMinutes;
  const lasting = (minutesOf(to) - minutesOf(from) + dayMinutes) % dayMinutes;
  return into < lasting ? into : null;
}

function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}
