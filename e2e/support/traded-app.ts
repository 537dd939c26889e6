import { expect } from '@playwright/test';
import { startEngine } from '../../electron/demo/trading-engine/engine.ts';
import type { ScenarioName } from '../../electron/demo/trading-engine/scenarios.ts';
import { type LaunchOptions, launchApp, type RunningApp } from './app.ts';
import { inMain } from './in-main.ts';
import { startTestLedger, type TestLedger } from './test-ledger.ts';

/** The app on a ledger of its own, on which the simulated engine trades. */
export interface TradedApp {
  readonly running: RunningApp;
  readonly own: TestLedger;
  close(): Promise<void>;
}

/** Starts server, engine and app, and waits for the first figures; no scenario is an empty ledger. */
export async function startTradedApp(
  scenario: ScenarioName | null,
  options: Omit<LaunchOptions, 'databaseUrl'> = {},
): Promise<TradedApp> {
  const own = await startTestLedger();
  const url = own.server.engineUrl;
  const engine =
    scenario === null ? null : await startEngine({ url, scenario, seed: 7, log: () => undefined });
  const running = await launchApp({ ...options, databaseUrl: own.server.readerUrl });
  await expectFreshness(running, 'live');
  return {
    ...{ running, own },
    close: async () => {
      await engine?.stop();
      await running.close();
      await own.close();
    },
  };
}

/** Waits for a freshness state. */
export const expectFreshness = ({ page }: Pick<RunningApp, 'page'>, state: string): Promise<void> =>
  expect(page.getByTestId('freshness')).toHaveAttribute('data-state', state, { timeout: 75_000 });

/** Gives the window's content a size, and the page the time to take it. */
export async function resize(
  { app, page }: RunningApp,
  width: number,
  height: number,
): Promise<void> {
  await inMain(
    app,
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
  const inside = () => page.evaluate(() => [window.innerWidth, window.innerHeight]);
  await expect.poll(inside).toEqual([width, height]);
}
