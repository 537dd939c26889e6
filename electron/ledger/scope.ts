import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { canonicalDecimal } from '../../shared/decimal.ts';
import type { TradingDay } from '../../shared/snapshot.ts';
import { type RowClasses, rowClasses } from './row-classes.ts';
import { type PaperTrades, paperTradesTable, type RelationName } from './schema.ts';

/** What the settings say about a ledger, as far as queries depend on it. */
export interface LedgerOptions {
  readonly paperTrades: RelationName;
  /** Whether `realized_pnl` still holds the fees. */
  readonly pnlIsGross: boolean;
}

/** What every subject's query works on: one transaction, one relation, its days. */
export interface Scope {
  readonly db: NodePgDatabase;
  readonly t: PaperTrades;
  readonly is: RowClasses;
  /** The database's clock just after the transaction's snapshot was taken. */
  readonly asOf: string;
  /** The trading day of that instant. */
  readonly day: TradingDay;
  /** The days shown, oldest first, `day` last. */
  readonly days: readonly TradingDay[];
}

/** The relation and its predicates. */
export function relationOf({ paperTrades, pnlIsGross }: LedgerOptions): Pick<Scope, 't' | 'is'> {
  const t = paperTradesTable(paperTrades);
  return { t, is: rowClasses(t, pnlIsGross) };
}

/** `count(*)` of the rows in a class. A bigint crosses as text; a table of 2^53 rows is not in sight. */
export const countOf = (predicate: SQL): SQL<number> =>
  sql`count(*) filter (where ${predicate})`.mapWith(Number);

/** Exact sum over the rows of a class, null when there is none. */
export const sumOf = (value: SQL | AnyPgColumn, predicate: SQL): SQL<string | null> =>
  sql<string | null>`sum(${value}) filter (where ${predicate})`;

/** A timestamp as UTC text with microseconds; null when it is null, infinite or before year 1. */
export const instantOf = (value: SQL | AnyPgColumn): SQL<string | null> =>
  sql<string | null>`case when isfinite(${value}) and ${value} >= '0001-01-01'
    then to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end`;

/** Text cut to what a screen can show: a ledger may hold 100 kB in a name. */
export const textOf = (value: SQL | AnyPgColumn): SQL<string | null> =>
  sql<string | null>`left(${value}, 200)`;

/** A finite number as canonical text, null otherwise. */
export const finiteOf = (value: SQL | AnyPgColumn) =>
  sql`case when ${value} - ${value} = 0 then ${value} end`.mapWith({
    mapFromDriverValue: (text: string) => canonicalDecimal(text),
  });
