import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startEngine } from '../electron/demo/trading-engine/engine.ts';
import type { ScenarioName } from '../electron/demo/trading-engine/scenarios.ts';
import { launchApp, type RunningApp, repositoryRoot } from './support/app.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

const sizes = [
  { width: 1100, height: 700 },
  { width: 1600, height: 1000 },
] as const;

/** One picture a theme and size, as a person would see the window's content. */
async function take({ app, page }: RunningApp, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  for (const { width, height } of sizes) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      // The tint of a changed figure fades within 600 ms.
      await page.waitForTimeout(700);
      const path = join(
        repositoryRoot,
        'docs',
        'screenshots',
        `${name}-${colorScheme}-${width}.png`,
      );
      await page.screenshot({ path });
    }
  }
}

const expectState = (page: Page, state: string | RegExp) =>
  expect(page.getByTestId('freshness')).toHaveAttribute('data-state', state, { timeout: 30_000 });

/** The app on a ledger that the simulated engine has filled. */
async function withLedger(
  scenario: ScenarioName,
  work: (running: RunningApp, own: TestLedger) => Promise<void>,
): Promise<void> {
  const own = await startTestLedger();
  const engine = await startEngine({
    ...{ url: own.server.engineUrl, scenario, seed: 7, log: () => undefined },
  });
  const running = await launchApp({ databaseUrl: own.server.readerUrl });
  await expectState(running.page, 'live');
  await work(running, own);
  await engine.stop();
  await running.close();
  await own.close();
}

test('overview', async () => {
  const running = await launchApp();
  await expectState(running.page, 'live');
  await running.page.waitForTimeout(8000);
  await take(running, 'overview');
  await running.close();
});

test('all open', () => withLedger('all-open', (running) => take(running, 'overview-all-open')));

test('disconnected', () =>
  withLedger('steady', async (running, own) => {
    await own.server.stop();
    await expectState(running.page, 'disconnected');
    await take(running, 'overview-disconnected');
    await own.server.start();
  }));

test('paused', () =>
  withLedger('steady', async (running) => {
    await running.page.evaluate(() => window.plumbline.monitor.setPaused(true));
    await expectState(running.page, 'paused');
    await take(running, 'overview-paused');
  }));

test('empty', async () => {
  const own = await startTestLedger();
  const running = await launchApp({ databaseUrl: own.server.readerUrl });
  await expectState(running.page, 'live');
  await take(running, 'overview-empty');
  await running.close();
  await own.close();
});
