import { type SQL, sql } from 'drizzle-orm';
import type { Snapshot } from '../../shared/snapshot.ts';
import { countOf, type Scope } from './scope.ts';

const reasonsShown = 12;

/** Rows of a class by their reason, amounts replaced by "#", most frequent first. */
export async function readReasons(
  { db, t }: Scope,
  rowClass: SQL,
): Promise<Snapshot['rejections']> {
  const reason = sql<string>`left(regexp_replace(coalesce(nullif(${t.riskRejectionReason}, ''), 'no reason given'), '[0-9]+([.,][0-9]+)*', '#', 'g'), 200)`;
  return db
    .select({ reason, count: countOf(sql`true`) })
    .from(t)
    .where(rowClass)
    .groupBy(sql`1`)
    .orderBy(sql`2 desc, 1`)
    .limit(reasonsShown);
}
