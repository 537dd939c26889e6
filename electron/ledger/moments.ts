/**
 * Points in time as two numbers, exact over all that PostgreSQL knows (4713 BC to the year 294276):
 * whole seconds since 1970 and the microseconds on top, 0 to 999999.
 */
export interface Moment {
  readonly seconds: number;
  readonly micros: number;
}

const secondsADay = 24 * 60 * 60;
/** Days from 1 March of the year 0 to 1 January 1970. */
const daysTo1970 = 719_468;
const daysAnEra = 146_097;

const written = /^(-?\d+)-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:\+00|Z)( BC)?$/;

/** Reads `2026-11-23 14:03:22.1+00`, as PostgreSQL writes UTC, and instants of the contract. */
export function momentFromText(text: string): Moment {
  const match = written.exec(text);
  if (match === null) throw new RangeError(`Not a UTC timestamp: ${text.slice(0, 40)}`);
  const [, year, month, day, hour, minute, second, fraction = '', bc] = match;
  // 44 BC is the year −43 of ISO 8601, which counts a year 0.
  const isoYear = bc === undefined ? Number(year) : 1 - Number(year);
  const days = daysSince1970(isoYear, Number(month), Number(day));
  return {
    seconds: days * secondsADay + Number(hour) * 3600 + Number(minute) * 60 + Number(second),
    micros: fraction === '' ? 0 : Number(fraction.padEnd(6, '0')),
  };
}

/** The instant of the contract. */
export function instantAt({ seconds, micros }: Moment): string {
  const days = Math.floor(seconds / secondsADay);
  const ofDay = seconds - days * secondsADay;
  const clock = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60];
  return `${dateAt(days)}T${clock.map(twoDigits).join(':')}.${String(micros).padStart(6, '0')}Z`;
}

/** Negative, 0 or positive as `a` lies before, at or after `b`. */
export const compareMoments = (a: Moment, b: Moment): number =>
  a.seconds - b.seconds || a.micros - b.micros;

/** Days in the Gregorian calendar, counted from March on, so that leap days come last in a year. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const ofYears =
    365 * marchYear +
    Math.floor(marchYear / 4) -
    Math.floor(marchYear / 100) +
    Math.floor(marchYear / 400);
  // Months of 31, 30, 31, 30, 31 days from March on, over and over.
  return ofYears + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1 - daysTo1970;
}

/** The inverse: year, month and day of a count of days. */
function dateAt(daysSince: number): string {
  const days = daysSince + daysTo1970;
  const era = Math.floor(days / daysAnEra);
  const ofEra = days - era * daysAnEra;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = era * 400 + yearOfEra + (month > 2 ? 0 : 1);
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return `${yearText(year)}-${twoDigits(month)}-${twoDigits(day)}`;
}

const yearText = (year: number): string =>
  year > 0
    ? String(year).padStart(4, '0')
    : `${year < 0 ? '-' : ''}${String(-year).padStart(6, '0')}`;

const twoDigits = (value: number): string => String(value).padStart(2, '0');
