import { sql } from 'drizzle-orm';
import type { Snapshot } from '../../shared/snapshot.ts';
import { countOf, outcomesOf, type Scope, sumOf } from './scope.ts';
import { pnlFigure } from './summary.ts';

const typesShown = 20;
const reasonsShown = 12;

/**
 * Executed trades by opportunity type, most trades first. Beyond twenty types the rest share the row
 * "all others", so that the sum of the rows is always the total.
 */
export async function readByOpportunityType({
  db,
  t,
  is,
}: Scope): Promise<Snapshot['byOpportunityType']> {
  const type = sql<string>`left(coalesce(${t.opportunityType}, 'none'), 200)`;
  const ranked = db.$with('ranked').as(
    db
      .select({
        type: type.as('type'),
        rank: sql<number>`row_number() over (order by count(*) desc, ${type})`.as('rank'),
      })
      .from(t)
      .where(is.executed)
      .groupBy(type),
  );
  const label = sql<string>`case when ${ranked.rank} <= ${typesShown} then ${ranked.type} else 'all others' end`;
  const rows = await db
    .with(ranked)
    .select({
      type: label,
      trades: countOf(sql`true`),
      open: countOf(is.open),
      scored: countOf(is.scored),
      pnl: sumOf(is.pnl, is.scored),
      ...outcomesOf(is, is.scored),
    })
    .from(t)
    .innerJoin(ranked, sql`${ranked.type} = ${type}`)
    .where(is.executed)
    .groupBy(sql`1`)
    .orderBy(sql`min(${ranked.rank})`);
  return rows.map(({ pnl, ...row }) => ({ ...row, pnl: pnlFigure(pnl, row.scored, row.open) }));
}

/** Rejections by their reason, amounts replaced by "#". */
export async function readRejections({ db, t, is }: Scope): Promise<Snapshot['rejections']> {
  const reason = sql<string>`left(regexp_replace(coalesce(nullif(${t.riskRejectionReason}, ''), 'no reason given'), '[0-9]+([.,][0-9]+)*', '#', 'g'), 200)`;
  return db
    .select({ reason, count: countOf(sql`true`) })
    .from(t)
    .where(is.rejected)
    .groupBy(sql`1`)
    .orderBy(sql`2 desc, 1`)
    .limit(reasonsShown);
}
