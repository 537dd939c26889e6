import { expect, test } from '@playwright/test';
import { launchWatching, monitorStatus, type RunningApp } from './support/app.ts';
import { inMain } from './support/in-main.ts';
import { type FakeDesktop, startFakeDesktop } from './support/session-bus.ts';

let desktop: FakeDesktop;
/** One for all tests: none of them ends it, or leaves it otherwise than it was. */
let running: RunningApp;

test.beforeAll(async () => {
  desktop = await startFakeDesktop();
  running = await launchWatching();
});

test.afterAll(async () => {
  await running.close();
  desktop.close();
});

test('the window shows itself, with a page in it', async () => {
  const isVisible = () =>
    inMain(running.app, ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some((window) => window.isVisible()),
    );
  await expect.poll(isVisible).toBe(true);
  await expect(running.page.locator('#root')).not.toBeEmpty();
});

test('the tray tells today, open trades and age, and offers a menu', async () => {
  const tray = await desktop.trayItem();
  await expect
    .poll(() => tray.tooltip(), { timeout: 20_000 })
    .toMatch(/^DEMO · [+\u2212]?\$[\d,]+\.\d\d today · [\d,]+ open · \d+ s ago$/);
  const [headline, ...entries] = (await tray.menu()).filter(({ label }) => label !== '');
  expect(headline?.enabled).toBe(false);
  expect(headline?.label).toMatch(/^DEMO · Today [+\u2212]?\$[\d,]+\.\d\d · [\d,]+ open$/);
  expect(entries.map(({ label }) => label)).toEqual([
    ...['Snooze alerts', 'Pause', 'Refresh now', 'Open Plumbline', 'Mini window', 'Settings…'],
    'Quit',
  ]);
});

test('the tray icon is drawn for plain and dense screens and is not blank', async () => {
  const pixmaps = await (await desktop.trayItem()).pixmaps();
  expect(pixmaps.length).toBeGreaterThan(0);
  for (const { side, bytes } of pixmaps) {
    expect([22, 44]).toContain(side);
    expect(bytes).toHaveLength(side * side * 4);
    expect(new Set(bytes).size).toBeGreaterThan(20);
  }
});

test('the tray pauses and resumes the monitor, and shows it', async () => {
  const tray = await desktop.trayItem();
  const live = /^DEMO · [^:]* today/;
  await expect.poll(() => tray.tooltip(), { timeout: 20_000 }).toMatch(live);
  const iconBefore = (await tray.pixmaps())[0]?.bytes;
  await tray.click('Pause');
  await expect.poll(() => monitorStatus(running)).toBe('paused');
  await expect.poll(() => tray.tooltip()).toMatch(/^DEMO · Paused: /);
  expect((await tray.pixmaps())[0]?.bytes).not.toEqual(iconBefore);
  await tray.click('Resume');
  await expect.poll(() => monitorStatus(running)).toBe('watching');
  await expect.poll(() => tray.tooltip()).toMatch(live);
});

test('each key has its menu entry, and refreshing never reloads the page', async () => {
  const keys = await inMain(running.app, ({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
      (menu.submenu?.items ?? []).map((item) => String(item.accelerator ?? '')),
    ),
  );
  for (const key of ['F5', 'CmdOrCtrl+R', 'CmdOrCtrl+Shift+P', 'CmdOrCtrl+W', 'CmdOrCtrl+Q'])
    expect(keys).toContain(key);
  await running.page.evaluate(() => document.body.setAttribute('data-same-page', ''));
  await inMain(running.app, ({ Menu }) => {
    for (const menu of Menu.getApplicationMenu()?.items ?? [])
      for (const item of menu.submenu?.items ?? []) if (item.label === 'Refresh Now') item.click();
  });
  await expect(running.page.locator('body[data-same-page]')).toHaveCount(1);
});
