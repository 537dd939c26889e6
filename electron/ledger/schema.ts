import { boolean, numeric, PgSchema, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { RelationName } from '../../shared/relation-name.ts';

// Microseconds matter: `mode: 'date'` would cut them off.
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

const paperTradeColumns = {
  id: uuid('id').primaryKey(),
  createdAt: instant('created_at').notNull(),
  opportunityId: text('opportunity_id').notNull(),
  opportunityType: text('opportunity_type').notNull(),
  marketId: text('market_id').notNull(),
  venue: text('venue').notNull(),
  side: text('side').notNull(),
  outcome: text('outcome').notNull(),
  quantity: numeric('quantity').notNull(),
  price: numeric('price').notNull(),
  expectedEdge: numeric('expected_edge').notNull(),
  fees: numeric('fees').notNull(),
  strategyId: text('strategy_id'),
  riskApproved: boolean('risk_approved').notNull(),
  riskRejectionReason: text('risk_rejection_reason'),
  status: text('status').notNull(),
  exitPrice: numeric('exit_price'),
  realizedPnl: numeric('realized_pnl'),
  resolvedAt: instant('resolved_at'),
};

// The class, for the function `pgSchema` refuses "public", by which a user may well name it.

/** The relation of paper trades under a name of the user's choice. */
export const paperTradesTable = ({ schema, name }: RelationName) =>
  schema === null
    ? pgTable(name, paperTradeColumns)
    : new PgSchema(schema).table(name, paperTradeColumns);

export type PaperTrades = ReturnType<typeof paperTradesTable>;
