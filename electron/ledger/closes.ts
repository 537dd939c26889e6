import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { CloseRow } from './close-series.ts';
import type { Scope } from './scope.ts';

/** The dated scored rows as the driver hands them over; looked at when the transaction is over. */
export type WrittenCloses = readonly unknown[];

const rowSchema = z.object({
  resolved: z.string(),
  pnl: z.string(),
  created: z.nullable(z.string()),
});

/**
 * Every dated scored row, by close time and id. Times cross as PostgreSQL writes them: turning all of
 * them into another form would cost the server more than finding them.
 */
export async function readCloses({ db, t, is }: Scope): Promise<WrittenCloses> {
  const { rows } = await db.execute(sql`
    select ${t.resolvedAt} as resolved, ${is.pnl} as pnl, ${t.createdAt} as created
    from ${t} where ${is.scored} and isfinite(${t.resolvedAt})
    order by ${t.resolvedAt}, ${t.id}`);
  return rows;
}

/** Close time of the `count`th last row, as PostgreSQL writes it; null when there are fewer. */
export function timeOfLast(closes: WrittenCloses, count: number): string | null {
  const row = closes.at(-count);
  return row === undefined ? null : rowSchema.parse(row).resolved;
}

/** The rows in the form that sums over time take. */
export const closeRowsOf = (closes: WrittenCloses): CloseRow[] =>
  closes.map((row) => {
    const { resolved, pnl, created } = rowSchema.parse(row);
    const at = instantFromText(resolved);
    const isPointInTime = created !== null && !created.endsWith('infinity');
    const holdUs = isPointInTime ? microsecondsBetween(instantFromText(created), at) : null;
    return { at, pnl, holdUs };
  });

const written = /^(\d+)-(.{5}) (.{8})(?:\.(\d+))?\+00( BC)?$/;

/** `2026-11-23 14:03:22.1+00` as an instant of the contract; 44 BC is the year −43 of ISO 8601. */
export function instantFromText(text: string): string {
  // The usual form, by the thousand.
  if (text.length === 29 && text.endsWith('+00')) {
    return `${text.slice(0, 10)}T${text.slice(11, 26)}Z`;
  }
  const match = written.exec(text);
  if (match === null) throw new RangeError(`Not a UTC timestamp: ${text.slice(0, 40)}`);
  const [, year = '', day, time, fraction = '', isBc] = match;
  const isoYear = isBc === undefined ? year : yearBefore(Number(year));
  return `${isoYear}-${day}T${time}.${fraction.padEnd(6, '0')}Z`;
}

const yearBefore = (bc: number): string =>
  `${bc === 1 ? '' : '-'}${String(bc - 1).padStart(6, '0')}`;

/** Exact, also where a Date could not hold the times. */
function microsecondsBetween(from: string, to: string): string {
  const [start, end] = [clockOf(from), clockOf(to)];
  const seconds = (end.day - start.day) * secondsADay + end.second - start.second;
  // 2^53 µs are 285 years: beyond them a number would round.
  return String(BigInt(seconds) * 1_000_000n + BigInt(end.microsecond - start.microsecond));
}

const secondsADay = 24 * 60 * 60;

interface ClockTime {
  /** Days since 1 March of the year 0. */
  readonly day: number;
  /** Of the day. */
  readonly second: number;
  readonly microsecond: number;
}

/** Counts days in the Gregorian calendar from March on, so that leap days come last in a year. */
function clockOf(instant: string): ClockTime {
  const part = (start: number, end: number): number => Number(instant.slice(start, end));
  const month = part(-22, -20);
  const year = Number(instant.slice(0, -23)) - (month > 2 ? 0 : 1);
  const daysOfYears =
    365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  // Months of 31, 30, 31, 30, 31 days from March on, over and over.
  const daysOfMonths = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return {
    day: daysOfYears + daysOfMonths + part(-19, -17) - 1,
    second: part(-16, -14) * 3600 + part(-13, -11) * 60 + part(-10, -8),
    microsecond: part(-7, -1),
  };
}
