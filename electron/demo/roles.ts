import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';

/** The trading engine's role: it owns the tables and writes to them. */
export const engineRole = 'plumbline_engine';
/** The monitor's role: it reads the two tables of the ledger and nothing else. */
export const readerRole = 'plumbline_reader';
/** More connections than Plumbline ever opens would be refused. */
export const readerConnectionLimit = 3;

/** A password that needs no escaping in a URL or in SQL. */
export function randomPassword(): string {
  return randomBytes(24).toString('hex');
}

/**
 * Creates both roles and lets them into the database that the client is connected to.
 * The tables grant themselves to the reader when they are created (`createLedgerTables`).
 */
export async function createRoles(
  client: ClientBase,
  databaseName: string,
  passwords: { readonly engine: string; readonly reader: string },
): Promise<void> {
  await client.query(`
    CREATE ROLE ${engineRole} LOGIN PASSWORD '${passwords.engine}';
    CREATE ROLE ${readerRole} LOGIN PASSWORD '${passwords.reader}'
      CONNECTION LIMIT ${readerConnectionLimit};
    ALTER ROLE ${readerRole} SET default_transaction_read_only = on;
    ALTER ROLE ${readerRole} SET statement_timeout = '5s';
    REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${databaseName} TO ${engineRole}, ${readerRole};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE, CREATE ON SCHEMA public TO ${engineRole};
    GRANT USAGE ON SCHEMA public TO ${readerRole};
  `);
}
