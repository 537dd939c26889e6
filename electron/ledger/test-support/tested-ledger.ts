import { type LedgerClock, takeOverClock } from '../../../e2e/support/ledger-clock.ts';
import { createLedgerPlaces } from '../../../e2e/support/ledger-places.ts';
import { startTestLedger, type TestLedger } from '../../../e2e/support/test-ledger.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { parseConnectionUrl } from '../connection-profile.ts';
import { Ledger } from '../ledger.ts';
import { ledgerOptionsOf } from '../ledger-options.ts';

/** The product's ledger on a server of the test's own. */
export interface TestedLedger {
  readonly own: TestLedger;
  /** What the reader takes for the time. */
  readonly clock: LedgerClock;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** Starts a server with every place that random settings may name. */
export async function openTestedLedger(): Promise<TestedLedger> {
  const own = await startTestLedger();
  const clock = await takeOverClock(own);
  await createLedgerPlaces(own);
  const profile = parseConnectionUrl(own.server.readerUrl);
  const ledger = new Ledger(profile, () => undefined, ledgerOptionsOf(defaultSettings));
  const close = async (): Promise<void> => {
    await ledger.close(2000);
    await own.close();
  };
  return { own, clock, ledger, close };
}
