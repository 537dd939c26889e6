import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as z from 'zod/mini';
import { canonicalDecimal } from '../../shared/decimal.ts';
import type { PaperTrades } from './schema.ts';

/**
 * What the trading system's own report prints: rows of any class created in the last days of 24
 * hours. P&L is as the ledger records it, whatever the settings say about fees.
 */
export interface LegacyReport {
  readonly totalTrades: number;
  readonly openTrades: number;
  readonly closedTrades: number;
  /** Exact decimal; null where the sum is no number. */
  readonly realizedPnl: string | null;
  readonly wins: number;
  readonly losses: number;
  readonly rejections: number;
  /** Approved rows, most first. */
  readonly byOpportunityType: readonly {
    readonly type: string | null;
    readonly trades: number;
    readonly pnl: string | null;
  }[];
  /** Rejected rows by the reason as it is written, most frequent first. */
  readonly riskRejections: readonly { readonly reason: string | null; readonly count: number }[];
}

const count = z.pipe(z.coerce.number(), z.int());

const rowSchema = z.object({
  kind: z.enum(['total', 'type', 'rejection']),
  name: z.nullable(z.string()),
  trades: count,
  open: count,
  closed: count,
  wins: count,
  losses: count,
  rejected: count,
  pnl: z.string(),
});

// One statement, so that its three parts are of one moment even outside a transaction.
const statement = (t: PaperTrades, days: number) => sql`
  with recent as materialized (
    select ${t.opportunityType} as type, ${t.status} as status, ${t.realizedPnl} as pnl,
           ${t.riskRejectionReason} as reason, coalesce(${t.riskApproved}, true) as approved
    from ${t} where ${t.createdAt} >= now() - ${days * 24} * interval '1 hour'
  ), parts as (
    select 'total' as kind, null::text as name, * from recent
    union all select 'type', type, * from recent where approved
    union all select 'rejection', reason, * from recent where not approved
  )
  select kind, name, count(*) as trades,
         count(*) filter (where status = 'open') as open,
         count(*) filter (where status in ('closed', 'resolved')) as closed,
         count(*) filter (where pnl > 0) as wins,
         count(*) filter (where pnl < 0) as losses,
         count(*) filter (where not approved) as rejected,
         coalesce(sum(pnl), 0)::text as pnl
  from parts group by kind, name order by kind, trades desc, name`;

/** Reads it in one statement, over the rows of the last `days` · 24 h by the database's clock. */
export async function readLegacyReport(
  db: NodePgDatabase,
  t: PaperTrades,
  days: number,
): Promise<LegacyReport> {
  const { rows } = await db.execute(statement(t, days));
  const parts = z.array(rowSchema).parse(rows);
  const of = (kind: z.infer<typeof rowSchema>['kind']) => parts.filter((row) => row.kind === kind);
  const total = of('total')[0];
  return {
    totalTrades: total?.trades ?? 0,
    openTrades: total?.open ?? 0,
    closedTrades: total?.closed ?? 0,
    realizedPnl: total === undefined ? '0' : finiteOrNull(total.pnl),
    wins: total?.wins ?? 0,
    losses: total?.losses ?? 0,
    rejections: total?.rejected ?? 0,
    byOpportunityType: of('type').map(({ name, trades, pnl }) => ({
      ...{ type: name, trades, pnl: finiteOrNull(pnl) },
    })),
    riskRejections: of('rejection').map(({ name, trades }) => ({ reason: name, count: trades })),
  };
}

const finiteOrNull = (sum: string): string | null =>
  /^-?(NaN|Infinity)$/.test(sum) ? null : canonicalDecimal(sum);
