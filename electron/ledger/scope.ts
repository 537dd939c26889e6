import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { canonicalDecimal } from '../../shared/decimal.ts';
import type { TradingDay } from '../../shared/snapshot.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { type RowClasses, rowClasses } from './row-classes.ts';
import { type PaperTrades, paperTradesTable } from './schema.ts';

/** What every subject's query works on: one transaction, one relation, one trading day. */
export interface Scope {
  readonly db: NodePgDatabase;
  readonly t: PaperTrades;
  readonly is: RowClasses;
  readonly options: LedgerOptions;
  /** The database's clock just after the transaction's snapshot was taken. */
  readonly asOf: string;
  /** The trading day of that instant. */
  readonly day: TradingDay;
}

/** The relation and its predicates. */
export function relationOf({
  paperTrades,
  pnlIsGross,
}: Pick<LedgerOptions, 'paperTrades' | 'pnlIsGross'>): Pick<Scope, 't' | 'is'> {
  const t = paperTradesTable(paperTrades);
  return { t, is: rowClasses(t, pnlIsGross) };
}

/** `count(*)` of the rows in a class. A bigint crosses as text; a table of 2^53 rows is not in sight. */
export const countOf = (predicate: SQL): SQL<number> =>
  sql`count(*) filter (where ${predicate})`.mapWith(Number);

/**
 * A timestamp as UTC text with microseconds, null when it is null or infinite. What PostgreSQL calls
 * 44 BC is the year −43 of ISO 8601, which counts a year 0.
 */
export function instantOf(value: SQL | AnyPgColumn): SQL<string | null> {
  const utc = sql`(${value} at time zone 'UTC')`;
  return sql<string | null>`case when isfinite(${value}) then
    case when extract(year from ${utc}) > 0 then to_char(${utc}, 'YYYY')
      else to_char(1 + extract(year from ${utc}), 'FMMI000000') end
    || to_char(${utc}, '-MM-DD"T"HH24:MI:SS.US"Z"') end`;
}

/** Text cut to what a screen can show: a ledger may hold 100 kB in a name. */
export const textOf = (value: SQL | AnyPgColumn): SQL<string | null> =>
  sql<string | null>`left(${value}, 200)`;

/** A finite number as canonical text, null otherwise. */
export const finiteOf = (value: SQL | AnyPgColumn) =>
  sql`case when ${value} - ${value} = 0 then ${value}::numeric end`.mapWith({
    mapFromDriverValue: (text: string) => canonicalDecimal(text),
  });
