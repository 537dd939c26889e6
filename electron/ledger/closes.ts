import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { instantMs } from '../../shared/instant.ts';
import type { CloseRow } from './close-series.ts';
import type { Scope } from './scope.ts';

const rowsSchema = z.array(
  z.object({ resolved: z.string(), pnl: z.string(), created: z.nullable(z.string()) }),
);

/** A dated scored row as PostgreSQL writes it. */
export type WrittenClose = z.infer<typeof rowsSchema>[number];

/**
 * Every dated scored row, by close time and id. Times cross as PostgreSQL writes them: turning all of
 * them into another form would cost the server more than finding them.
 */
export async function readCloses({ db, t, is }: Scope): Promise<WrittenClose[]> {
  const { rows } = await db.execute(sql`
    select ${t.resolvedAt} as resolved, ${is.pnl} as pnl, ${t.createdAt} as created
    from ${t} where ${is.scored} and isfinite(${t.resolvedAt})
    order by ${t.resolvedAt}, ${t.id}`);
  return rowsSchema.parse(rows);
}

/** The rows in the form that sums over time take. */
export const closeRowsOf = (rows: readonly WrittenClose[]): CloseRow[] =>
  rows.map(({ resolved, pnl, created }) => {
    const at = instantFromText(resolved);
    const isPointInTime = created !== null && !created.endsWith('infinity');
    return {
      at,
      pnl,
      holdUs: isPointInTime ? microsecondsBetween(instantFromText(created), at) : null,
    };
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

/** Exact as text; null beyond what a Date holds. */
function microsecondsBetween(from: string, to: string): string | null {
  const [fromMs, toMs] = [instantMs(from), instantMs(to)];
  if (fromMs === null || toMs === null) return null;
  // 2^53 µs are 285 years: beyond them a number would round.
  return String(
    BigInt(toMs - fromMs) * 1000n + BigInt(Number(to.slice(-4, -1)) - Number(from.slice(-4, -1))),
  );
}
