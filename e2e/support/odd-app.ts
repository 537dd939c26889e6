import { launchWatching } from './app.ts';
import { fillOddLedger } from './odd-ledger.ts';
import { startTestLedger } from './test-ledger.ts';
import { expectFreshness, resize, type TradedApp } from './traded-app.ts';

/** The app on a ledger with something odd of every kind, on which nobody trades. */
export async function startOddApp(): Promise<TradedApp> {
  const own = await startTestLedger();
  await fillOddLedger(own);
  const running = await launchWatching({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '1000' },
  });
  await expectFreshness(running, 'live');
  const close = async (): Promise<void> => {
    await running.close();
    await own.close();
  };
  return { own, running, close };
}

/** The usual size, scrolled to the top, with the pointer out of the way. */
export async function beginAnew({ running }: Pick<TradedApp, 'running'>): Promise<void> {
  await resize(running, 1100, 700);
  await running.page.evaluate(() => window.scrollTo(0, 0));
  await running.page.mouse.move(0, 0);
}
