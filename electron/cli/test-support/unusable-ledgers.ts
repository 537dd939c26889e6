import type { TestLedger } from '../../../e2e/support/test-ledger.ts';

/** A ledger that cannot be read. */
export interface UnusableLedger {
  readonly url: (ledger: TestLedger) => string;
  readonly code: 2 | 3 | 4;
  /** Part of the sentence that a person reads. */
  readonly says: string;
}

/** Creates the databases that `unusableLedgers` names. */
export async function createUnusableLedgers({ admin, connectTo }: TestLedger): Promise<void> {
  const runIn = async (database: string, sql: string): Promise<void> => {
    const client = await connectTo(database);
    await client.query(sql);
    await client.end();
  };
  for (const name of ['without_relation', 'without_column', 'without_privilege', 'wrong_type']) {
    await admin.query(`create database ${name}`);
  }
  const like = `create table paper_trades (id uuid, created_at timestamptz, opportunity_id text,
    opportunity_type text, market_id text, venue text, side text, outcome text, quantity numeric,
    price numeric, expected_edge numeric, fees numeric, strategy_id text, risk_approved boolean,
    risk_rejection_reason text, status text, exit_price numeric, realized_pnl numeric,
    resolved_at timestamptz)`;
  const grant = 'grant select on paper_trades to plumbline_reader';
  await runIn('without_column', `${like}; alter table paper_trades drop fees; ${grant}`);
  await runIn('without_privilege', like);
  await runIn(
    'wrong_type',
    `${like}; alter table paper_trades alter status type int using 0; ${grant}`,
  );
}

const inDatabase =
  (name: string) =>
  ({ server }: TestLedger): string =>
    server.readerUrl.replace(/\/trading$/, `/${name}`);

/** Every way in which a connection fails, with the exit code and what is said. */
export const unusableLedgers: Readonly<Record<string, UnusableLedger>> = {
  'an unreadable address': {
    ...{ url: () => 'mysql://u:secret@h/db', code: 2, says: 'is not a PostgreSQL address' },
  },
  'an unknown parameter': {
    url: ({ server }) => `${server.readerUrl}?options=-c`,
    ...{ code: 2, says: 'holds the parameter "options"' },
  },
  'nothing that listens': {
    ...{ url: () => 'postgres://u:secret@127.0.0.1:1/db', code: 3 },
    says: 'Nothing accepts connections at 127.0.0.1:1 (PostgreSQL is stopped there',
  },
  'an unknown host': {
    url: () => 'postgres://u:secret@nowhere.invalid/db?sslmode=disable',
    ...{ code: 3, says: 'The host name nowhere.invalid is not known' },
  },
  'a wrong password': {
    url: ({ server }) => server.readerUrl.replace(/:[0-9a-f]{48}@/, ':secret@'),
    ...{ code: 3, says: 'refuses to sign in the role "plumbline_reader"' },
  },
  'no such database': {
    ...{ url: inDatabase('nothing'), code: 3, says: 'has no database "nothing"' },
  },
  'a server without TLS': {
    url: ({ server }) => `${server.readerUrl}?sslmode=verify-full`,
    ...{ code: 3, says: 'speaks no TLS' },
  },
  'a database without the relation': {
    url: inDatabase('without_relation'),
    ...{ code: 4, says: '"without_relation" has no relation paper_trades' },
  },
  'a relation without a column': {
    url: inDatabase('without_column'),
    ...{ code: 4, says: 'paper_trades has no column fees' },
  },
  'a column of another type': {
    url: inDatabase('wrong_type'),
    ...{ code: 4, says: 'The column status of paper_trades is integer, not text' },
  },
  'a role that may not read': {
    url: inDatabase('without_privilege'),
    ...{ code: 4, says: 'The role "plumbline_reader" may not read paper_trades' },
  },
};
