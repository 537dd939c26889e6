import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { CloseRow } from './close-series.ts';
import type { Scope } from './scope.ts';

const rowSchema = z.object({ at: z.string(), pnl: z.string(), hold_us: z.nullable(z.string()) });

/**
 * Every dated scored row, by close time and id. Times cross as PostgreSQL writes them: turning all of
 * them into another form would cost the server more than finding them.
 */
export async function readCloses({ db, t, is }: Scope): Promise<CloseRow[]> {
  const seconds = (value: typeof t.resolvedAt | typeof t.createdAt) =>
    sql`extract(epoch from ${value})`;
  const { rows } = await db.execute(sql`
    select ${t.resolvedAt}::text as at, ${is.pnl}::text as pnl,
           case when isfinite(${t.createdAt})
             then round(1000000 * (${seconds(t.resolvedAt)} - ${seconds(t.createdAt)}))::text
             end as hold_us
    from ${t} where ${is.scored} and isfinite(${t.resolvedAt})
    order by ${t.resolvedAt}, ${t.id}`);
  return rows.map((row) => {
    const { at, pnl, hold_us } = rowSchema.parse(row);
    return { at: instantFromText(at), pnl, holdUs: hold_us };
  });
}

const written = /^(\d+)-(.{5}) (.{8})(?:\.(\d+))?\+00( BC)?$/;

/** `2026-11-23 14:03:22.1+00` as an instant of the contract; 44 BC is the year −43 of ISO 8601. */
export function instantFromText(text: string): string {
  const match = written.exec(text);
  if (match === null) throw new RangeError(`Not a UTC timestamp: ${text.slice(0, 40)}`);
  const [, year = '', day, time, fraction = '', isBc] = match;
  return `${isBc === undefined ? year : yearBefore(Number(year))}-${day}T${time}.${fraction.padEnd(6, '0')}Z`;
}

const yearBefore = (bc: number): string =>
  `${bc === 1 ? '' : '-'}${String(bc - 1).padStart(6, '0')}`;
