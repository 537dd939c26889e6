import { desc, isNotNull, sql } from 'drizzle-orm';
import { rowClassSchema, type Trade } from '../../shared/snapshot.ts';
import { finiteOf, instantOf, type Scope, textOf } from './scope.ts';

/** The newest rows of any class, by creation, newest first. */
export async function readRecentTrades({ db, t, is }: Scope, count: number): Promise<Trade[]> {
  const rows = await db
    .select({
      id: t.id,
      rowClass: sql<string>`${is.name}`,
      createdAt: instantOf(t.createdAt),
      resolvedAt: instantOf(t.resolvedAt),
      venue: textOf(t.venue),
      marketId: textOf(t.marketId),
      side: textOf(t.side),
      outcome: textOf(t.outcome),
      opportunityType: textOf(t.opportunityType),
      strategy: textOf(t.strategyId),
      status: textOf(t.status),
      quantity: finiteOf(t.quantity),
      price: finiteOf(t.price),
      pnl: finiteOf(is.pnl),
      reason: textOf(t.riskRejectionReason),
    })
    .from(t)
    // Only a view can lack the time; without this its nulls would come first and no index serve.
    .where(isNotNull(t.createdAt))
    .orderBy(desc(t.createdAt), desc(t.id))
    .limit(count);
  return rows.map((row) => ({
    ...row,
    rowClass: rowClassSchema.parse(row.rowClass),
    // Through a view any column may be null; an empty name reads as one.
    venue: row.venue ?? '',
    marketId: row.marketId ?? '',
    side: row.side ?? '',
    outcome: row.outcome ?? '',
    opportunityType: row.opportunityType ?? '',
    status: row.status ?? '',
  }));
}
