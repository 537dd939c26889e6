import type { Snapshot } from '../../shared/snapshot.ts';
import { differences } from './differences.ts';
import { namedFigures } from './figure-names.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { askOracle, oracleBasis } from './oracle.ts';
import { fillLedger } from './random-ledger.ts';
import type { Situation } from './random-settings.ts';
import type { TestLedger } from './test-ledger.ts';

/** Sets the clock and the ledger to what the situation says. */
export async function bringAbout(
  { rows, settings, place, now }: Situation,
  { engine }: TestLedger,
  clock: LedgerClock,
): Promise<void> {
  await clock.fixAt(now);
  await fillLedger(engine, rows, {
    table: place.table,
    now: `'${now}'::timestamptz`,
    tradingDay: settings.tradingDay,
  });
}

/** What the product says otherwise than the oracle, at the product's instant. */
export async function disagreements(
  { settings, place }: Pick<Situation, 'settings' | 'place'>,
  { engine }: TestLedger,
  { snapshot, validUntil }: { readonly snapshot: Snapshot; readonly validUntil: string },
): Promise<string[]> {
  const { values, lists } = namedFigures(snapshot);
  const oracle = await askOracle(engine, oracleBasis(settings, place.relation, snapshot.asOf));
  return differences({ values: { ...values, validUntil }, lists }, oracle);
}
