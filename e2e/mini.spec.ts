import { rm } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { emptyRule } from '../shared/alerts/rule.ts';
import { launchWatching, type RunningApp, temporaryHome } from './support/app.ts';
import { closeTrades } from './support/closes.ts';
import { inMain } from './support/in-main.ts';
import { type FakeDesktop, startFakeDesktop } from './support/session-bus.ts';
import { startTradedApp } from './support/traded-app.ts';

let desktop: FakeDesktop;

test.beforeEach(async () => {
  desktop = await startFakeDesktop();
});

test.afterEach(() => desktop.close());

const isMini = (page: Page): boolean => page.url().endsWith('?mini');

/** The mini window, once it is there. */
async function miniPage({ app }: RunningApp): Promise<Page> {
  await expect.poll(() => app.windows().some(isMini)).toBe(true);
  const page = app.windows().find(isMini);
  if (page === undefined) throw new Error('The mini window has gone again.');
  await expect(page.getByTestId('freshness')).toBeVisible();
  return page;
}

const chooseInMenu = ({ app }: RunningApp): Promise<void> =>
  inMain(app, ({ Menu }) => {
    for (const menu of Menu.getApplicationMenu()?.items ?? [])
      for (const item of menu.submenu?.items ?? []) if (item.label === 'Mini Window') item.click();
  });

/** Sent by main: the page is gone before it could tell a debugger that the key came up again. */
const pressEscape = ({ app }: RunningApp): Promise<void> =>
  inMain(app, ({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      if (webContents.getURL().endsWith('?mini'))
        webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
  });

/** What main knows of both windows; null for one that is not there. */
const windowsOf = ({ app }: RunningApp) =>
  inMain(app, ({ BrowserWindow, Menu }) => {
    const about = (isMini: boolean) => {
      const window = BrowserWindow.getAllWindows().find(
        (each) => each.webContents.getURL().endsWith('?mini') === isMini,
      );
      if (window === undefined) return null;
      const [x, y, width, height] = [...window.getPosition(), ...window.getContentSize()];
      return {
        ...{ x, y, width, height },
        ...{ isOnTop: window.isAlwaysOnTop(), isVisible: window.isVisible() },
      };
    };
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items);
    const isTicked = items.find((item) => item?.label === 'Mini Window')?.checked;
    return { main: about(false), mini: about(true), isTicked };
  });

const figuresOf = (page: Page) =>
  page.evaluate(() =>
    ['day-pnl', 'current-drawdown', 'open-count'].map((id) => {
      const shown = document.querySelector<HTMLDataElement>(`[data-testid="${id}"]`);
      return `${shown?.value} ${shown?.textContent}`;
    }),
  );

test('tray and menu open it on top of all windows; it shows what the window shows', async () => {
  const running = await launchWatching();
  const tray = await desktop.trayItem();
  await tray.click('Mini window');
  const mini = await miniPage(running);
  await expect.poll(async () => (await windowsOf(running)).mini?.isVisible).toBe(true);
  expect(await windowsOf(running)).toMatchObject({
    main: { isOnTop: false },
    mini: { width: 280, height: 120, isOnTop: true },
    isTicked: true,
  });

  await expect(mini.getByTestId('freshness')).toHaveAttribute('data-state', 'live');
  await expect(mini.getByTestId('age')).toHaveText(/^\d+ s$/);
  await expect(mini.locator('.pill')).toHaveText('DEMO');
  await expect(mini.locator('.watermark')).toContainText('DEMO');
  await running.page.evaluate(() => window.plumbline.monitor.setPaused(true));
  await expect(mini.getByTestId('freshness')).toHaveAttribute('data-state', 'paused');
  await expect.poll(() => figuresOf(mini)).toEqual(await figuresOf(running.page));
  const isCut = await mini.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, header, .hero, dd')].some(
      ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth || scrollHeight > clientHeight,
    ),
  );
  expect(isCut).toBe(false);

  await chooseInMenu(running);
  await expect.poll(() => windowsOf(running)).toMatchObject({ mini: null, isTicked: false });
  await running.close();
});

test('Escape closes it, a double click opens the window; place and presence outlast a restart', async () => {
  // Three launches.
  test.setTimeout(120_000);
  const home = temporaryHome();
  const first = await launchWatching({ home });
  await chooseInMenu(first);
  const mini = await miniPage(first);
  await inMain(first.app, ({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      if (window.webContents.getURL().endsWith('?mini')) window.setPosition(120, 80);
      else window.close();
  });
  await expect.poll(() => windowsOf(first)).toMatchObject({ main: { isVisible: false } });
  await mini.locator('.hero').dblclick();
  await expect.poll(() => windowsOf(first)).toMatchObject({ main: { isVisible: true } });
  await first.close();

  const second = await launchWatching({ home });
  await miniPage(second);
  expect(await windowsOf(second)).toMatchObject({ mini: { x: 120, y: 80 }, isTicked: true });
  await pressEscape(second);
  await expect.poll(() => windowsOf(second)).toMatchObject({ mini: null, isTicked: false });
  await second.close();

  const third = await launchWatching({ home });
  expect(await windowsOf(third)).toMatchObject({ mini: null, isTicked: false });
  await third.close();
  await rm(home, { recursive: true, force: true });
});

test('a key opens it and closes it again, and it counts the alerts of now by the worst', async () => {
  const { running, own, close } = await startTradedApp('steady');
  const { page } = running;
  await page.keyboard.press('m');
  const mini = await miniPage(running);
  await expect(mini.getByTestId('mini-alerts')).toHaveCount(0);
  const rule = { ...emptyRule('any', 'data-quality'), threshold: '1', pendingS: 0 };
  const severity = 'critical' as const;
  await page.evaluate((one) => window.plumbline.alerts.saveRule(one), { ...rule, severity });
  await closeTrades(own.engine, [{ pnl: 'NaN' }]);
  const mark = mini.getByTestId('mini-alerts');
  await expect(mark).toContainText('1 alert, the worst critical', { timeout: 60_000 });
  await expect(mark).toHaveAttribute('title', /^Odd rows \d+, line 1$/);
  await page.keyboard.press('m');
  await expect.poll(async () => (await windowsOf(running)).mini).toBeNull();
  await close();
});

test('without a database its figures look old, and hidden amounts are hidden in it', async () => {
  const { running, own, close } = await startTradedApp('steady');
  await chooseInMenu(running);
  const mini = await miniPage(running);
  await expect(mini.getByTestId('day-pnl')).toContainText('$');
  await own.server.stop();
  // Not live from the moment on that the connection is cut, however long the next look rests.
  await expect(mini.locator('.mini')).not.toHaveAttribute('data-freshness', 'live', {
    timeout: 5000,
  });
  await expect(mini.locator('.mini')).toHaveAttribute('data-freshness', 'disconnected', {
    timeout: 75_000,
  });
  await expect(mini.getByTestId('freshness')).toHaveText('Disconnected');
  await expect(mini.locator('main')).toHaveCSS('background-image', /repeating-linear-gradient/);
  await expect(mini.getByTestId('day-pnl')).toContainText('$');

  await running.page.evaluate(() => window.plumbline.settings.setAppearance({ privacy: true }));
  await expect(mini.getByTestId('day-pnl')).not.toContainText('$');
  expect(await mini.locator('body').innerText()).not.toContain('$');
  await own.server.start();
  await close();
});
