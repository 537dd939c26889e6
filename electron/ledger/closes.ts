import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { parseDecimal } from '../../shared/decimal.ts';
import type { Close, KeptClose } from './close-columns.ts';
import { type Moment, momentFromText } from './moments.ts';
import type { Scope } from './scope.ts';

/** The dated scored rows as the driver hands them over; looked at when the transaction is over. */
export type WrittenCloses = readonly unknown[];

const longestName = sql.raw('200');

/** Strategy, venue and market as `namesOf` asks for them. */
export const namesSchema = z.tuple([z.string(), z.string(), z.string()]);

/** One more column: the names of a close, where they are wanted. */
export function namesOf({ t, options }: Pick<Scope, 't' | 'options'>): SQL {
  if (!options.namesCloses) return sql``;
  const name = (column: typeof t.venue | typeof t.marketId | typeof t.strategyId): SQL =>
    sql`left(coalesce(${column}, ''), ${longestName})`;
  return sql`, array[${name(t.strategyId)}, ${name(t.venue)}, ${name(t.marketId)}] as names`;
}

const rowSchema = z.object({
  resolved: z.string(),
  pnl: z.string(),
  created: z.nullable(z.string()),
  names: z.optional(namesSchema),
});

/**
 * Every dated scored row, by close time and id. Times cross as PostgreSQL writes them: turning all of
 * them into another form would cost the server more than finding them.
 */
export async function readCloses(scope: Scope): Promise<WrittenCloses> {
  const { db, t, is } = scope;
  const { rows } = await db.execute(sql`
    select ${t.resolvedAt} as resolved, ${is.pnl} as pnl, ${t.createdAt} as created ${namesOf(scope)}
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
export const closesOf = (written: WrittenCloses): (Close & Pick<Partial<KeptClose>, 'names'>)[] =>
  written.map((row) => {
    const { resolved, pnl, created, names } = rowSchema.parse(row);
    const at = momentFromText(resolved);
    const close = { at, pnl: parseDecimal(pnl), hold: holdSince(created, at) };
    return names === undefined ? close : { ...close, names };
  });

/** Time from a creation, as PostgreSQL writes it, to the close; null where it is no point in time. */
export function holdSince(created: string | null, at: Moment): Moment | null {
  if (created === null || created.endsWith('infinity')) return null;
  const from = momentFromText(created);
  const micros = at.micros - from.micros;
  const borrowed = micros < 0 ? 1 : 0;
  return { seconds: at.seconds - from.seconds - borrowed, micros: micros + borrowed * 1_000_000 };
}
