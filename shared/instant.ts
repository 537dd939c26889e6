/**
 * Whole milliseconds since 1970 of an instant of the contract, rounded down; null when it lies
 * outside what a Date can hold. PostgreSQL knows years of five and six digits, which a Date reads
 * with a sign only, and the year 0, which a Date reads without one only.
 */
export function instantMs(instant: string): number | null {
  const ms = Date.parse(readableOf(instant));
  return Number.isNaN(ms) ? null : ms;
}

function readableOf(instant: string): string {
  const yearDigits = instant.indexOf('-');
  if (yearDigits > 4) return `+${instant.padStart(instant.length + 6 - yearDigits, '0')}`;
  return instant.startsWith('-000000') ? instant.slice(3) : instant;
}

/** The instant of the contract at whole milliseconds since 1970. */
export const instantOfMs = (ms: number): string =>
  new Date(ms).toISOString().replace(/^\+0?/, '').replace('Z', '000Z');

/** Negative, 0 or positive as `a` lies before, at or after `b`; exact, and beyond what a Date holds. */
export function compareInstants(a: string, b: string): number {
  const years = yearOf(a) - yearOf(b);
  if (years !== 0) return years;
  const [restA, restB] = [afterYear(a), afterYear(b)];
  if (restA === restB) return 0;
  return restA < restB ? -1 : 1;
}

const yearOf = (instant: string): number => Number(instant.slice(0, instant.indexOf('-', 1)));

const afterYear = (instant: string): string => instant.slice(instant.indexOf('-', 1));
