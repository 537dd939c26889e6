import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import type { LedgerFailure } from '../../shared/failure.ts';
import type { RelationName } from '../../shared/relation-name.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { ledgerOptionsOf } from './ledger-options.ts';

let own: TestLedger;

beforeAll(async () => {
  own = await startTestLedger();
  await own.admin.query(`create schema closed;
    create table closed."Paper Trades" (like public.paper_trades including all);
    grant select on closed."Paper Trades" to plumbline_reader`);
});

afterAll(() => own.close());

/** What reading a relation fails with, null where it does not. */
async function failureOf(paperTrades: RelationName): Promise<LedgerFailure | null> {
  const profile = parseConnectionUrl(own.server.readerUrl);
  const options = { ...ledgerOptionsOf(defaultSettings), paperTrades };
  const ledger = new Ledger(profile, () => undefined, options);
  try {
    await ledger.read(8000);
    return null;
  } catch (error) {
    return ledger.failureOf(error);
  } finally {
    await ledger.close(2000);
  }
}

test('a schema that the role may not use is named, and is not taken for a relation that is missing', async () => {
  expect(await failureOf({ schema: 'closed', name: 'Paper Trades' })).toMatchObject({
    code: 'missing-privilege',
    cause:
      'The role "plumbline_reader" may not use the schema closed, so it cannot read closed.Paper Trades.',
  });
  expect(await failureOf({ schema: 'closed', name: 'nowhere' })).toMatchObject({
    code: 'missing-relation',
  });
});

test('the same for a schema that is found by the search path', async () => {
  const usual = { schema: null, name: 'paper_trades' };
  expect(await failureOf(usual)).toBeNull();
  await own.admin.query('revoke usage on schema public from public, plumbline_reader');
  expect(await failureOf(usual)).toMatchObject({
    code: 'missing-privilege',
    cause:
      'The role "plumbline_reader" may not use the schema public, so it cannot read paper_trades.',
  });
  await own.admin.query('grant usage on schema public to plumbline_reader');
  expect(await failureOf(usual)).toBeNull();
});

test('a relation that the role may not select from is named', async () => {
  await own.admin.query('grant usage on schema closed to plumbline_reader');
  await own.admin.query('revoke select on closed."Paper Trades" from plumbline_reader');
  expect(await failureOf({ schema: 'closed', name: 'Paper Trades' })).toMatchObject({
    code: 'missing-privilege',
    cause: 'The role "plumbline_reader" may not read closed.Paper Trades.',
  });
});
