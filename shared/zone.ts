const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, made);
  return made;
}

/** Whether a zone of this name is known; an offset such as `+05:00` is no name. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

// Electron's ICU writes no offset as "GMT", Node's as "GMT+00:00".
const offset = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** How far the zone's clock is ahead of UTC at an instant. */
export function zoneOffsetMs(zone: string, ms: number): number {
  const text = formatOf(zone).format(ms);
  const match = offset.exec(text);
  if (match === null) throw new RangeError(`No offset in "${text}"`);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

// No zone's clock is further from UTC, nor was one ever set by more, than this.
const reachMs = 26 * 60 * 60 * 1000;

/**
 * First instant at which the zone's clock shows `clockMs` (as if it were UTC) or later. A time that
 * a clock change skips is the first instant after it, one that occurs twice is the earlier.
 */
export function firstAtClock(zone: string, clockMs: number): number {
  const before = zoneOffsetMs(zone, clockMs - reachMs);
  const after = zoneOffsetMs(zone, clockMs + reachMs);
  const early = clockMs - before;
  if (before === after || zoneOffsetMs(zone, early) === before) return early;
  const late = clockMs - after;
  if (zoneOffsetMs(zone, late) === after) return late;
  return changeBetween(zone, late, early);
}

/** First instant in `(from, to]` at which the zone's clock stands as it does at `to`. */
function changeBetween(zone: string, from: number, to: number): number {
  const offsetAfter = zoneOffsetMs(zone, to);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffsetMs(zone, middle) === offsetAfter) high = middle;
    else low = middle;
  }
  return high;
}
