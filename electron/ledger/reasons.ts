import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Snapshot } from '../../shared/snapshot.ts';
import { countOf, type Scope } from './scope.ts';

/** Reasons of each list. */
export const reasonsShown = 12;

/** The reason of a row, amounts replaced by "#". */
export const reasonOf = ({ t }: Pick<Scope, 't'>) =>
  sql<string>`left(regexp_replace(coalesce(nullif(${t.riskRejectionReason}, ''), 'no reason given'), '[0-9]+([.,][0-9]+)*', '#', 'g'), 200)`;

/** Rows of a class by their reason, amounts replaced by "#", most frequent first. */
export async function readReasons(scope: Scope, rowClass: SQL): Promise<Snapshot['rejections']> {
  return scope.db
    .select({ reason: reasonOf(scope), count: countOf(sql`true`) })
    .from(scope.t)
    .where(rowClass)
    .groupBy(sql`1`)
    .orderBy(sql`2 desc, ${reasonOf(scope)} collate "C"`)
    .limit(reasonsShown);
}

/** "System is halted" and whatever else says so, in whatever case. */
const halted = /\bhalted\b/i;

/** Whether a reason, with numbers replaced or not, says that the trading system is halted. */
export const saysHalted = (reason: string): boolean => halted.test(reason);

/** Rejected rows whose reason says that the trading system is halted. */
export async function countHalted({ db, t, is }: Scope): Promise<number> {
  const { rows } = await db.execute(sql`
    select count(*) as count from ${t}
    where ${is.rejected} and ${t.riskRejectionReason} ~* '\\mhalted\\M'`);
  return z.object({ count: z.pipe(z.coerce.number(), z.int()) }).parse(rows[0]).count;
}
