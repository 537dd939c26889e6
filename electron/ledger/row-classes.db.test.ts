import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLedgerPlaces } from '../../e2e/support/ledger-places.ts';
import { randomSituation } from '../../e2e/support/random-settings.ts';
import { bringAbout } from '../../e2e/support/situation.ts';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { oddityIds } from '../../shared/oddities.ts';
import { parseConnectionUrl } from './connection-profile.ts';
import { Ledger } from './ledger.ts';
import { ledgerOptionsOf } from './ledger-options.ts';
import { relationOf } from './scope.ts';

let own: TestLedger;

beforeAll(async () => {
  own = await startTestLedger();
  await createLedgerPlaces(own);
});

afterAll(() => own.close());

const noClock = { fixAt: async () => undefined, goOnFrom: async () => undefined };

/** Rows on which a predicate and the name of the row's class contradict each other. */
function contradictions({ t, is }: ReturnType<typeof relationOf>) {
  const closed = sql`${is.name} in ('scored', 'unscored')`;
  const pairs = [
    ...(['rejected', 'failed', 'open', 'other', 'scored', 'unscored'] as const).map(
      (name) => [is[name], sql`${is.name} = ${name}`] as const,
    ),
    [is.closed, closed] as const,
    [is.executed, sql`(${closed} or ${is.name} in ('open', 'other'))`] as const,
    [
      is.undated,
      sql`(${is.scored} and (${t.resolvedAt} is null or not isfinite(${t.resolvedAt})))`,
    ] as const,
  ];
  return sql.join(
    pairs.map(([predicate, expected]) => sql`coalesce(${predicate}, false) <> (${expected})`),
    sql` or `,
  );
}

test('the predicates of the row classes agree with the class that each row is given', async () => {
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      await bringAbout(situation, own, noClock);
      const relation = relationOf(ledgerOptionsOf(situation.settings));
      const found = await drizzle({ client: own.engine })
        .select({ id: relation.t.id })
        .from(relation.t)
        .where(contradictions(relation));
      expect(found).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('each data-quality chip opens as many rows as it counts, newest first', async () => {
  const profile = parseConnectionUrl(own.server.readerUrl);
  let ledger: Ledger | null = null;
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      await bringAbout(situation, own, noClock);
      const options = ledgerOptionsOf(situation.settings);
      ledger ??= new Ledger(profile, () => undefined, options);
      ledger.configure(options);
      const { counts } = (await ledger.read(8000)).snapshot;
      for (const oddity of oddityIds) {
        const { total, rows } = await ledger.oddRows(oddity, 8000);
        expect([oddity, total, rows.length]).toEqual([oddity, counts[oddity], counts[oddity]]);
      }
    }),
    { numRuns: 40 },
  );
  await (ledger as Ledger | null)?.close(2000);
}, 60_000);
