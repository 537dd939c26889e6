import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startEngine } from '../electron/demo/trading-engine/engine.ts';
import type { ScenarioName } from '../electron/demo/trading-engine/scenarios.ts';
import { drawTraySheet } from '../electron/desktop/tray-sheet.ts';
import type { Appearance } from '../shared/settings.ts';
import { saveRule, soon } from './support/alert-desk.ts';
import { launchApp, type RunningApp, repositoryRoot } from './support/app.ts';
import { feedOf, openTab, openView, startBrowser } from './support/browser.ts';
import { closeTrades } from './support/closes.ts';
import { inMain } from './support/in-main.ts';
import { takeOverClock } from './support/ledger-clock.ts';
import { startFakeDesktop } from './support/session-bus.ts';
import { standStill } from './support/stand-still.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';
import { resize } from './support/traded-app.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const smaller: Size = { width: 1100, height: 700 };
const sizes: readonly Size[] = [smaller, { width: 1600, height: 1000 }];
/** The tint of a changed figure fades within 600 ms. */
const settlesMs = 700;

/** One picture a theme and size, as a person would see the window's content. */
async function take(running: RunningApp, name: string, at = sizes): Promise<void> {
  const { page } = running;
  await page.mouse.move(0, 0);
  for (const { width, height } of at) {
    await resize(running, width, height);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(settlesMs);
      const file = `${name}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(repositoryRoot, 'docs', 'screenshots', file) });
    }
  }
}

const expectState = (page: Page, state: string | RegExp) =>
  expect(page.getByTestId('freshness')).toHaveAttribute('data-state', state, { timeout: 30_000 });

const steady = { scenario: 'steady' } as const;

interface Ledger {
  readonly scenario: ScenarioName;
  /** The engine has stopped, so that each refresh is cheap and the wished interval holds. */
  readonly isQuiet?: boolean;
  /** What is done to the server before the app starts, which then signs in as the trading engine. */
  readonly prepare?: (own: TestLedger) => Promise<void>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The app on a ledger that the simulated engine has filled. */
async function withLedger(
  { scenario, isQuiet = false, prepare, env = {} }: Ledger,
  work: (running: RunningApp, own: TestLedger) => Promise<void>,
): Promise<void> {
  const own = await startTestLedger();
  const engine = await startEngine({
    ...{ url: own.server.engineUrl, scenario, seed: 7, log: () => undefined },
  });
  if (isQuiet) await engine.stop();
  await prepare?.(own);
  const running = await launchApp({
    env,
    databaseUrl: prepare === undefined ? own.server.readerUrl : own.server.engineUrl,
  });
  await expectState(running.page, 'live');
  await work(running, own);
  if (!isQuiet) await engine.stop();
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

test('system', () =>
  withLedger(steady, async (running, own) => {
    await own.engine.query(
      `update paper_trades set realized_pnl = realized_pnl - 4.1 where id = (
         select id from paper_trades where status = 'closed' and resolved_at < current_date
         order by resolved_at desc limit 1)`,
    );
    await running.page.getByTestId('nav-system').click();
    await running.page.getByTestId('audit-now').click();
    await expect(running.page.getByTestId('system-audit')).toContainText('corrected', {
      timeout: 60_000,
    });
    await running.page.locator('summary').first().click();
    await take(running, 'system');
  }));

/** Rules by the presets and one more, and closes that make some of them fire. */
async function makeAlerts({ page }: RunningApp, own: TestLedger): Promise<void> {
  await page.evaluate(() => window.plumbline.alerts.addPresets());
  await closeTrades(own.engine, [
    { pnl: '-41.2', at: "now() - interval '50 seconds'", strategy: 'btc-arb' },
    { pnl: '-38.5', at: "now() - interval '20 seconds'", strategy: 'rain-basket' },
  ]);
  await expect(page.getByTestId('alert-line').first()).toBeVisible({ timeout: 60_000 });
}

test('alerts', async () => {
  // Somebody has to take the notifications: else the inbox says that nobody did.
  const desktop = await startFakeDesktop();
  await withLedger(steady, async (running, own) => {
    const { page } = running;
    await makeAlerts(running, own);
    await expect.poll(() => desktop.notifications().length, { timeout: 30_000 }).toBeGreaterThan(0);
    await take(running, 'overview-alerts');
    await page.getByTestId('nav-alerts').click();
    await page.getByTestId('inbox-row').first().click();
    await take(running, 'alerts-inbox');
    await page.getByTestId('alerts-tab-rules').click();
    await take(running, 'alerts-rules');
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-threshold').fill('-20');
    await page.getByTestId('rule-plan').fill('Stop the bot, look at the last five trades.');
    await page.getByTestId('ask-what-if').click();
    await expect(page.getByTestId('what-if')).toContainText('time', { timeout: 30_000 });
    await take(running, 'alerts-editor');
    await page.keyboard.press('Escape');
    await page.getByTestId('alerts-tab-delivery').click();
    await take(running, 'alerts-delivery', [smaller]);
  });
  desktop.close();
});

test('tray icons', async () => {
  const { width, height, pixels } = drawTraySheet();
  const running = await launchApp();
  const url = await running.page.evaluate(
    ([across, down, bytes]) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: across, height: down });
      const data = new ImageData(new Uint8ClampedArray(bytes), across);
      canvas.getContext('2d')?.putImageData(data, 0, 0);
      return canvas.toDataURL('image/png');
    },
    [width, height, [...pixels]] as const,
  );
  const file = join(repositoryRoot, 'docs', 'screenshots', 'tray-icons.png');
  await writeFile(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  await running.close();
});

test('mini window', () =>
  withLedger(steady, async ({ app, page: main }) => {
    await main.waitForTimeout(3000);
    const opened = app.waitForEvent('window');
    await inMain(app, ({ Menu }) => {
      for (const menu of Menu.getApplicationMenu()?.items ?? [])
        for (const item of menu.submenu?.items ?? [])
          if (item.label === 'Mini Window') item.click();
    });
    const mini = await opened;
    await expect(mini.getByTestId('freshness')).toHaveAttribute('data-state', 'live');
    for (const colorScheme of ['dark', 'light'] as const) {
      await mini.emulateMedia({ colorScheme });
      await mini.waitForTimeout(settlesMs);
      const path = join(repositoryRoot, 'docs', 'screenshots', `mini-${colorScheme}.png`);
      await mini.screenshot({ path });
    }
  }));

/** The browser view at an address, in a browser of its own, each theme and size once. */
async function takeView(page: Page, name: string, at: readonly Size[]): Promise<void> {
  for (const { width, height } of at) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(settlesMs);
      const file = `${name}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(repositoryRoot, 'docs', 'screenshots', file) });
    }
  }
}

const wallSize: Size = { width: 1920, height: 1080 };

test('browser view and wall display', () =>
  withLedger({ ...steady, env: { PLUMBLINE_FEED_PORT: '0' } }, async (running, own) => {
    const browser = await startBrowser();
    const feed = await feedOf(running);
    const form = await openTab(browser);
    await form.page.goto(feed.address);
    await takeView(form.page, 'browser-token', [smaller]);
    await saveRule(running, { severity: 'critical', plan: 'Stop the bot.' });
    await closeTrades(own.engine, [{ pnl: '-141.2' }, { pnl: '-88.5', strategy: 'rain-basket' }]);
    await expect(running.page.getByTestId('alert-line').first()).toBeVisible(soon);
    const { page } = await openView(browser, feed);
    const wall = (await openView(browser, feed, { path: '/?wall&theme=system' })).page;
    await expectState(page, 'live');
    await expectState(wall, 'live');
    await takeView(page, 'browser-overview', sizes);
    await takeView(wall, 'wall', [wallSize]);
    await page.getByTestId('nav-alerts').click();
    await page.getByTestId('alerts-tab-rules').click();
    await takeView(page, 'browser-alerts', [smaller]);
    await page.getByTestId('nav-overview').click();
    running.app.process().kill('SIGSTOP');
    for (const each of [page, wall]) {
      await expect(each.getByTestId('feed-lost')).toBeVisible({ timeout: 60_000 });
    }
    await takeView(page, 'browser-lost', [smaller]);
    await takeView(wall, 'wall-lost', [wallSize]);
    running.app.process().kill('SIGCONT');
    await browser.close();
  }));

test('all open', () =>
  withLedger({ scenario: 'all-open' }, (running) => take(running, 'overview-all-open')));

test('disconnected', () =>
  withLedger(steady, async (running, own) => {
    await own.server.stop();
    await expectState(running.page, 'disconnected');
    await take(running, 'overview-disconnected');
    await own.server.start();
  }));

test('paused', () =>
  withLedger(steady, async (running) => {
    await running.page.evaluate(() => window.plumbline.monitor.setPaused(true));
    await expectState(running.page, 'paused');
    await take(running, 'overview-paused');
  }));

test('late', () =>
  withLedger({ ...steady, isQuiet: true }, async (running, own) => {
    await resize(running, smaller.width, smaller.height);
    await expect(running.page.getByTestId('pace')).toHaveText('', { timeout: 60_000 });
    const goOn = await standStill(own);
    try {
      await expectState(running.page, 'late');
      await take(running, 'overview-late', [smaller]);
      await expectState(running.page, 'late');
    } finally {
      goOn();
    }
  }));

test('stale', () =>
  withLedger(steady, async (running, own) => {
    await own.engine.query('begin; lock table paper_trades in access exclusive mode');
    await expectState(running.page, 'stale');
    await take(running, 'overview-stale', [smaller]);
    await own.engine.query('rollback');
  }));

async function setClockAhead(own: TestLedger): Promise<void> {
  const clock = await takeOverClock(own);
  await own.admin.query('alter role plumbline_engine set search_path = clock, pg_catalog, public');
  await clock.goOnFrom(new Date(Date.now() + 182 * 60 * 1000).toISOString());
}

test('a clock that is off, and an account that can write', () =>
  withLedger({ ...steady, isQuiet: true, prepare: setClockAhead }, async (running) => {
    await expect(running.page.getByTestId('clock-warning')).toBeVisible();
    await take(running, 'overview-clock', [smaller]);
  }));

test('hidden amounts and the classic palette', () =>
  withLedger(steady, async (running) => {
    const setAppearance = (changes: Partial<Appearance>) =>
      running.page.evaluate((wanted) => window.plumbline.settings.setAppearance(wanted), changes);
    const root = running.page.locator('html');
    await setAppearance({ privacy: true });
    await expect(root).toHaveAttribute('data-privacy', 'on');
    await take(running, 'overview-hidden', [smaller]);
    await setAppearance({ privacy: false, palette: 'classic' });
    await expect(root).toHaveAttribute('data-palette', 'classic');
    await take(running, 'overview-classic', [smaller]);
  }));

test('empty', async () => {
  const own = await startTestLedger();
  const running = await launchApp({ databaseUrl: own.server.readerUrl });
  await expectState(running.page, 'live');
  await take(running, 'overview-empty');
  await running.close();
  await own.close();
});
