import type { TestLedger } from './test-ledger.ts';

/** A relation that Plumbline can be told to read. */
export interface LedgerPlace {
  /** As `settings.json` names it. */
  readonly setting: string;
  /** As SQL reads it. */
  readonly relation: string;
  /** The table that rows go into. */
  readonly table: string;
  /** Whether any column of a row may be null. */
  readonly hasNulls: boolean;
}

/** The table of the trading system. */
export const usualPlace: LedgerPlace = {
  ...{ setting: 'paper_trades', relation: 'paper_trades', table: 'paper_trades', hasNulls: false },
};

/** The usual table, one of another name in another schema, and a view with nulls. */
export const ledgerPlaces: readonly LedgerPlace[] = [
  usualPlace,
  {
    setting: 'desk."Paper Trades.2"',
    relation: 'desk."Paper Trades.2"',
    table: 'desk."Paper Trades.2"',
    hasNulls: false,
  },
  {
    setting: 'desk.loose_view',
    relation: 'desk.loose_view',
    table: 'desk.loose_trades',
    hasNulls: true,
  },
];

/** Creates the places beside the usual one. */
export async function createLedgerPlaces({ admin }: TestLedger): Promise<void> {
  await admin.query(`
    create schema desk;
    grant usage on schema desk to public;
    create table desk."Paper Trades.2" (like public.paper_trades including all);
    create table desk.loose_trades (like public.paper_trades including defaults);
    do $$ declare name text; begin
      for name in select attname from pg_attribute
        where attrelid = 'desk.loose_trades'::regclass and attnum > 0 and attnotnull
      loop execute format('alter table desk.loose_trades alter %I drop not null', name); end loop;
    end $$;
    create view desk.loose_view as select * from desk.loose_trades;
    grant all on all tables in schema desk to public`);
}
