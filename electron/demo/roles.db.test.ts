import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { createLedgerTables } from './trading-engine/ledger-ddl.ts';

const sqlFile = path.resolve(import.meta.dirname, '../../docs/sql/read-only-role.sql');
const password = 'a-password-for-this-test';

let dir: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'plumbline-roles-'));
  server = await startEmbeddedPostgres({ dir });
  await withClient(server.engineUrl, async (engine) => {
    await createLedgerTables(engine);
    await engine.query(`INSERT INTO paper_trades
      (opportunity_id, opportunity_type, market_id, venue, side, outcome, quantity, price, expected_edge)
      VALUES ('o', 'unknown', 'kalshi:btc-100k', 'kalshi', 'buy', 'YES', 10, 0.5, 0.01)`);
  });
});

afterAll(async () => {
  await server.stop('immediate');
  await rm(dir, { recursive: true, force: true });
});

describe('the reader of the demo', () => {
  it('reads both tables and can do nothing else', async () => {
    await expectReadOnly(server.readerUrl, { mayTemp: false });
  });

  it('is refused a fourth connection', async () => {
    await expectThreeConnections(server.readerUrl);
  });
});

describe('docs/sql/read-only-role.sql', () => {
  const url = (): string =>
    `postgresql://plumbline_reader:${password}@${server.host}:${server.port}/${server.databaseName}`;

  it('makes a role that reads both tables and cannot write, as it stands', async () => {
    await replaceReaderBy((sql) => sql);
    await withClient(server.admin(), async (admin) => {
      await admin.query(`GRANT TEMPORARY ON DATABASE ${server.databaseName} TO PUBLIC`);
    });
    await expectReadOnly(url(), { mayTemp: true });
    await expectThreeConnections(url());
  });

  it('makes a role without temporary tables and with statistics, with its optional parts', async () => {
    await replaceReaderBy((sql) => sql.replace(/^-- (GRANT|REVOKE|DO) /gm, '$1 '));
    await expectReadOnly(url(), { mayTemp: false });
    await withClient(url(), async (reader) => {
      const { rows } = await reader.query<{ has: boolean }>(
        "SELECT pg_has_role('pg_read_all_stats', 'usage') AS has",
      );
      expect(rows[0]?.has).toBe(true);
    });
  });

  it('sets its own timeouts', async () => {
    await withClient(url(), async (reader) => {
      const { rows } = await reader.query('SHOW statement_timeout');
      expect(rows).toEqual([{ statement_timeout: '5s' }]);
      await expect(reader.query('SET statement_timeout = 40; SELECT pg_sleep(2)')).rejects.toThrow(
        'statement timeout',
      );
    });
  });
});

const writes = [
  `INSERT INTO paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome,
     quantity, price, expected_edge) VALUES ('x', 'x', 'x', 'x', 'buy', 'YES', 1, 0.5, 0)`,
  'UPDATE paper_trades SET realized_pnl = 1',
  'DELETE FROM paper_trades',
  'TRUNCATE paper_trades',
  'TRUNCATE live_trades',
  'LOCK TABLE paper_trades IN EXCLUSIVE MODE; SELECT 1',
  'CREATE TABLE made_by_reader ()',
  'CREATE INDEX ON paper_trades (price)',
  'ALTER TABLE paper_trades ADD COLUMN note text',
  'DROP TABLE live_trades',
];

/** The privileges must hold even in a session that switched its own read-only default off. */
async function expectReadOnly(url: string, { mayTemp }: { mayTemp: boolean }): Promise<void> {
  await withClient(url, async (reader) => {
    expect((await reader.query('SELECT * FROM paper_trades')).rowCount).toBe(1);
    expect((await reader.query('SELECT * FROM live_trades')).rowCount).toBe(0);
    for (const sql of [...writes, 'CREATE TEMP TABLE t ()']) {
      await expect(reader.query(sql), sql).rejects.toThrow(/read-only transaction|permission/);
    }
    await reader.query('SET default_transaction_read_only = off');
    for (const sql of writes) {
      await expect(reader.query(sql), sql).rejects.toThrow(/permission denied|must be owner/);
    }
    const temporary = reader.query('CREATE TEMP TABLE t ()');
    if (mayTemp) await temporary;
    else await expect(temporary).rejects.toThrow('permission denied');
  });
}

async function expectThreeConnections(url: string): Promise<void> {
  const clients = Array.from({ length: 4 }, () => new Client({ connectionString: url }));
  try {
    for (const client of clients.slice(0, 3)) await client.connect();
    await expect(clients[3]?.connect()).rejects.toThrow('too many connections for role');
  } finally {
    await Promise.all(clients.slice(0, 3).map((client) => client.end()));
  }
}

/** Runs the file as a user would, in the place of the role that the demo made. */
async function replaceReaderBy(edit: (sql: string) => string): Promise<void> {
  const sql = edit(await readFile(sqlFile, 'utf8')).replace('change-me', password);
  await withClient(server.admin(), async (admin) => {
    await admin.query('DROP OWNED BY plumbline_reader; DROP ROLE plumbline_reader');
    await admin.query(sql);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
