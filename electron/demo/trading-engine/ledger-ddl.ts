import type { ClientBase } from 'pg';

/** A relation of the ledger. */
export type LedgerTable = 'paper_trades' | 'live_trades';

/** The tables as the trading system creates them; its interface, not ours. */
export const tableDdl: Readonly<Record<LedgerTable, string>> = {
  paper_trades: `
    CREATE TABLE paper_trades (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      created_at timestamptz NOT NULL DEFAULT now(),
      opportunity_id text NOT NULL,
      opportunity_type text NOT NULL,
      market_id text NOT NULL,
      venue text NOT NULL,
      side text NOT NULL,
      outcome text NOT NULL,
      quantity numeric NOT NULL,
      price numeric NOT NULL,
      expected_edge numeric NOT NULL,
      strategy_id text,
      risk_approved boolean NOT NULL DEFAULT true,
      risk_rejection_reason text,
      status text NOT NULL DEFAULT 'open',
      exit_price numeric,
      realized_pnl numeric,
      fees numeric NOT NULL DEFAULT 0,
      resolved_at timestamptz,
      CONSTRAINT paper_trades_opportunity_market_side_key
        UNIQUE (opportunity_id, market_id, side)
    )`,
  live_trades: `
    CREATE TABLE live_trades (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      created_at timestamptz NOT NULL DEFAULT now(),
      trade_id text NOT NULL UNIQUE,
      request_id text NOT NULL UNIQUE,
      opportunity_id text NOT NULL,
      opportunity_type text,
      market_id text NOT NULL,
      venue text NOT NULL,
      token_id text NOT NULL,
      side text NOT NULL,
      outcome text NOT NULL,
      requested_amount numeric(18,8) NOT NULL,
      max_price numeric(18,8) NOT NULL,
      expected_edge numeric(18,8),
      expected_fee numeric(18,8),
      order_id text,
      status text NOT NULL DEFAULT 'pending',
      filled_amount numeric(18,8),
      fill_price numeric(18,8),
      filled_at timestamptz,
      error_message text,
      strategy text,
      risk_approved boolean NOT NULL DEFAULT true,
      risk_rejection_reason text
    )`,
};

/** The indexes of `paper_trades`; `resolved_at` has none in the real system either. */
export const indexDdl = `
  CREATE INDEX paper_trades_created_at_idx ON paper_trades (created_at);
  CREATE INDEX paper_trades_opportunity_type_idx ON paper_trades (opportunity_type);
  CREATE INDEX paper_trades_market_id_idx ON paper_trades (market_id);
  CREATE INDEX paper_trades_status_idx ON paper_trades (status);
`;

/** A reader that exists already may read a table from the moment it is created. */
function grantToReader(table: LedgerTable): string {
  return `DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'plumbline_reader') THEN
      GRANT SELECT ON ${table} TO plumbline_reader;
    END IF;
  END $$`;
}

/** Which tables of the ledger are not there yet. */
export async function missingLedgerTables(client: ClientBase): Promise<readonly LedgerTable[]> {
  const tables: readonly LedgerTable[] = ['paper_trades', 'live_trades'];
  const { rows } = await client.query<{ name: LedgerTable }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL',
    [tables],
  );
  return rows.map((row) => row.name);
}

/**
 * Creates the tables of the ledger that are missing, with their indexes, and lets the role
 * `plumbline_reader` read them when it exists. Indexes can be left for after a bulk load.
 */
export async function createLedgerTables(
  client: ClientBase,
  options: { readonly indexes?: 'now' | 'later' } = {},
): Promise<readonly LedgerTable[]> {
  const missing = await missingLedgerTables(client);
  for (const table of missing) await client.query(`${tableDdl[table]}; ${grantToReader(table)}`);
  if (missing.includes('paper_trades') && options.indexes !== 'later') {
    await client.query(indexDdl);
  }
  return missing;
}
