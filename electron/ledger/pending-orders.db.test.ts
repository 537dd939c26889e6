import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { readOldestPending } from './pending-orders.ts';

let own: TestLedger;
let reader: pg.Client;
let db: NodePgDatabase;
let statements: string[];

const named = (name: string, schema: string | null = null) => ({ schema, name });
const oldest = (name = 'live_trades', schema: string | null = null) =>
  readOldestPending({ db }, named(name, schema));

const insert = (status: string, createdAt: string) =>
  own.engine.query(
    `insert into live_trades (trade_id, request_id, opportunity_id, market_id, venue, token_id, side,
       outcome, requested_amount, max_price, status, created_at)
     select id, id, 'o', 'm', 'v', 't', 'buy', 'YES', 10, 0.5, $1, $2
     from (select gen_random_uuid()::text as id) as new`,
    [status, createdAt],
  );

beforeAll(async () => {
  own = await startTestLedger();
  reader = new pg.Client(own.server.readerUrl);
  await reader.connect();
  db = drizzle(reader, { logger: { logQuery: (query) => statements.push(query) } });
});

beforeEach(async () => {
  statements = [];
  await own.engine.query('truncate live_trades');
});

afterAll(async () => {
  await reader.end();
  await own.close();
});

describe('in a ledger with live orders', () => {
  test('none is pending', async () => {
    expect(await oldest()).toBeNull();
    await insert('filled', '2026-11-23T10:00:00Z');
    expect(await oldest()).toBeNull();
  });

  test('the oldest that is pending is told to the microsecond', async () => {
    await insert('filled', '2026-11-23T09:00:00Z');
    await insert('pending', '2026-11-23T12:00:00Z');
    await insert('pending', '2026-11-23T11:00:00.123456Z');
    await insert('failed', '2026-11-23T08:00:00Z');
    expect(await oldest()).toBe('2026-11-23T11:00:00.123456Z');
    expect(await oldest('live_trades', 'public')).toBe('2026-11-23T11:00:00.123456Z');
  });

  test('a time without end is no age', async () => {
    await insert('pending', '-infinity');
    expect(await oldest()).toBeNull();
    await insert('pending', '2026-11-23T12:00:00Z');
    expect(await oldest()).toBe('2026-11-23T12:00:00.000000Z');
  });

  test('a view with an odd name and a status of its own type will do', async () => {
    await insert('pending', '2026-11-23T12:00:00Z');
    await own.admin.query(`create type order_state as enum ('filled', 'pending', 'failed');
      create type other_state as enum ('new', 'done');
      create schema "My Desk";
      create view "My Desk"."Live ""x"" .1" as
        select created_at, status::order_state as status from live_trades;
      create view "My Desk".others as select created_at, 'new'::other_state as status from live_trades;
      grant usage on schema "My Desk" to plumbline_reader;
      grant select on all tables in schema "My Desk" to plumbline_reader`);
    expect(await oldest('Live "x" .1', 'My Desk')).toBe('2026-11-23T12:00:00.000000Z');
    expect(await oldest('others', 'My Desk')).toBeNull();
  });
});

describe('nothing fails, and no order is asked for, where', () => {
  const unfit = async (name: string, schema: string | null = null): Promise<void> => {
    statements = [];
    // A statement that fails would end this transaction.
    await reader.query('begin isolation level repeatable read read only');
    expect(await oldest(name, schema)).toBeNull();
    expect(statements).toHaveLength(1);
    await reader.query('commit');
  };

  test('there is no such relation, or no such schema', async () => {
    await unfit('nowhere');
    await unfit('live_trades', 'nowhere');
  });

  test.each([
    ['a column is missing', 'no_status', 'select created_at from live_trades'],
    [
      'a time has no zone',
      'no_zone',
      'select now()::timestamp as created_at, status from live_trades',
    ],
    ['a time is a text', 'no_time', "select 'now' as created_at, status from live_trades"],
  ])('%s', async (_, name, query) => {
    await own.admin.query(`create view ${name} as ${query}`);
    await own.admin.query(`grant select on ${name} to plumbline_reader`);
    await unfit(name);
  });

  test('the name is that of an index', () => unfit('live_trades_pkey'));

  test('the role may not read a column, the relation or the schema', async () => {
    await own.admin.query(`create table secret (created_at timestamptz, status text);
      create schema closed;
      create table closed.orders (created_at timestamptz, status text);
      grant select on closed.orders to plumbline_reader`);
    await unfit('secret');
    await unfit('orders', 'closed');
    await own.admin.query('grant select (created_at) on secret to plumbline_reader');
    await unfit('secret');
    await own.admin.query('grant select (status) on secret to plumbline_reader');
    expect(await oldest('secret')).toBeNull();
    expect(statements).toHaveLength(3);
  });
});
