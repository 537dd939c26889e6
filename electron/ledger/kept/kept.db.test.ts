import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomSituation } from '../../../e2e/support/random-settings.ts';
import { bringAbout } from '../../../e2e/support/situation.ts';
import { ledgerOptionsOf } from '../ledger-options.ts';
import type { Reading } from '../snapshot.ts';
import { openTestedLedger, type TestedLedger } from '../test-support/tested-ledger.ts';

let tested: TestedLedger;

beforeAll(async () => {
  tested = await openTestedLedger();
});

afterAll(() => tested.close());

async function refresh(): Promise<Reading> {
  for (;;) {
    const reading = await tested.ledger.refresh(8000);
    if (reading !== null) return reading;
  }
}

test('kept history says what plain SQL says, on random ledgers under random settings', async () => {
  await fc.assert(
    fc.asyncProperty(randomSituation, async (situation) => {
      await bringAbout(situation, tested.own, tested.clock);
      tested.ledger.configure(ledgerOptionsOf(situation.settings));
      const kept = await refresh();
      const plain = await tested.ledger.read(8000);
      expect({ ...kept.snapshot, restatements: [] }).toEqual(plain.snapshot);
      expect(kept.validUntil).toBe(plain.validUntil);
    }),
    { numRuns: 150 },
  );
}, 200_000);
