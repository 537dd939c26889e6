import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { MonitorState } from '../shared/monitor-state.ts';
import { defaultSettings } from '../shared/settings.ts';
import { launchWatching, type RunningApp } from './support/app.ts';
import { inMain } from './support/in-main.ts';
import { type FakeDesktop, startFakeDesktop } from './support/session-bus.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

// A busy machine reads slowly, and rests for fifty times as long before it reads by other settings.
test.describe.configure({ timeout: 300 * 1000 });
const takesEffect = { timeout: 120 * 1000 };

let own: TestLedger;
let desktop: FakeDesktop;
let running: RunningApp;
/** Hour of the database's clock when the rows were written, UTC. */
let hour: number;

test.beforeAll(async () => {
  own = await startTestLedger();
  hour = await seed(own);
  desktop = await startFakeDesktop();
  running = await launchWatching({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
});

/** As at a first start: there is no file, and nothing that an earlier test wrote is in effect. */
test.beforeEach(async () => {
  await rm(path(), { force: true });
  const inEffect = () => running.page.evaluate(() => window.plumbline.settings.state());
  await expect
    .poll(inEffect, takesEffect)
    .toMatchObject({ ok: true, value: { settings: defaultSettings, warnings: [] } });
  await expectValue('all-time-pnl', '8');
  await expectValue('high-water-mark', '512');
});

test.afterAll(async () => {
  await running.close();
  desktop.close();
  await own.close();
});

/** A winner of 61 minutes ago, a loser of now, an open trade; and another relation with one winner. */
async function seed({ engine, admin }: TestLedger): Promise<number> {
  await engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, fees, status, realized_pnl, created_at, resolved_at)
    values ('a', 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02, 2, 'closed', 12,
        now() - interval '2 hours', now() - interval '61 minutes'),
      ('b', 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02, 0.5, 'closed', -4,
        now() - interval '2 hours', now()),
      ('c', 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 40, 0.25, 0.02, 0, 'open', null,
        now() - interval '2 hours', null),
      ('d', 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02, 0, 'closed', null,
        now() - interval '2 hours', now())`);
  await admin.query(`create schema desk;
    create table desk."Paper Trades" (like paper_trades including all);
    grant usage on schema desk to public;
    grant select on desk."Paper Trades" to public;
    insert into desk."Paper Trades" select * from paper_trades where opportunity_id = 'a';
    update desk."Paper Trades" set realized_pnl = 77`);
  const { rows } = await engine.query<{ hour: number }>(
    `select extract(hour from resolved_at at time zone 'UTC')::int as hour
     from paper_trades where opportunity_id = 'b'`,
  );
  return rows[0]?.hour ?? 0;
}

const path = (): string => join(running.home, 'settings.json');

/** Replaces the file as most editors do. */
async function save(settings: unknown): Promise<void> {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings, null, 2);
  await writeFile(`${path()}.new`, text);
  await rename(`${path()}.new`, path());
}

const figure = (id: string) => running.page.locator(`data[data-testid=${id}]`);
const warnings = () => running.page.getByTestId('settings-warnings');

const expectValue = (id: string, value: string): Promise<void> =>
  expect(figure(id)).toHaveAttribute('value', value, takesEffect);

/** Chooses an item of the application menu. */
const choose = (label: string): Promise<boolean> =>
  inMain(
    running.app,
    ({ Menu }, wanted) => {
      const find = (items: Electron.MenuItem[]): Electron.MenuItem[] =>
        items.flatMap((item) => [item, ...find(item.submenu?.items ?? [])]);
      const found = find(Menu.getApplicationMenu()?.items ?? []).find(
        (item) => item.label === wanted,
      );
      found?.click();
      return found !== undefined;
    },
    label,
  );

/** Labels of the ticked items. */
const ticked = (): Promise<string[]> =>
  inMain(running.app, ({ Menu }) => {
    const find = (items: Electron.MenuItem[]): Electron.MenuItem[] =>
      items.flatMap((item) => [item, ...find(item.submenu?.items ?? [])]);
    const items = find(Menu.getApplicationMenu()?.items ?? []);
    return items.filter(({ checked }) => checked).map(({ label }) => label);
  });

const isDark = (): Promise<boolean> =>
  inMain(running.app, ({ nativeTheme }) => nativeTheme.shouldUseDarkColors);

test('the figures follow the file while it is edited, without a restart', async () => {
  await expectValue('high-water-mark', '512');
  await expectValue('open-exposure', '40');
  await save({ version: 1, bankroll: '1000' });
  await expectValue('high-water-mark', '1012');
  await save({ version: 1, bankroll: null });
  await expectValue('high-water-mark', '12');

  const twoHoursBefore = (hour + 22) % 24;
  await save({ version: 1, tradingDay: { zone: 'UTC', rollHour: twoHoursBefore } });
  await expectValue('day-pnl', '8');
  await save({ version: 1, tradingDay: { zone: 'UTC', rollHour: hour } });
  await expectValue('day-pnl', '-4');
  // The same hour of the clock two hours to the east.
  await save({ version: 1, tradingDay: { zone: 'Etc/GMT-2', rollHour: hour } });
  await expectValue('day-pnl', '8');

  await save({ version: 1, quantityUnit: 'contracts' });
  await expectValue('open-exposure', '10');
  await save({ version: 1, pnlIsGross: true });
  await expectValue('all-time-pnl', '5.5');
  await expectValue('open-exposure', '40');
  await save({ version: 1, relations: { paperTrades: 'desk."Paper Trades"' } });
  await expectValue('all-time-pnl', '77');
  await save({ version: 1 });
  await expectValue('all-time-pnl', '8');
});

test('a relation that is missing is told, and one that is there mends it', async () => {
  await save({ version: 1, relations: { paperTrades: 'nowhere.trades' } });
  const banner = running.page.getByTestId('error-banner');
  await expect(banner).toHaveAttribute('data-code', 'missing-relation', takesEffect);
  await expectValue('all-time-pnl', '8');
  await save({ version: 1, relations: { paperTrades: 'desk."Paper Trades"' } });
  await expectValue('all-time-pnl', '77');
  await expect(banner).toHaveCount(0);
});

test('figures of the old relation are never live under a new label', async () => {
  await expectValue('all-time-pnl', '8');
  const states = await running.page.evaluateHandle(() => {
    const seen: MonitorState[] = [];
    window.plumbline.monitor.changed((state) => seen.push(state));
    return seen;
  });
  const relations = { paperTrades: 'desk."Paper Trades"' };
  await save({ version: 1, profile: { label: 'LIVE' }, relations });
  await expectValue('all-time-pnl', '77');
  const labelled = (await states.jsonValue()).filter(({ profile }) => profile.label === 'LIVE');
  expect(labelled[0]).toMatchObject({ status: { kind: 'verifying' } });
  const old = labelled[0]?.sequence ?? 0;
  const live = labelled.filter(({ status }) => status.kind === 'watching');
  expect(live.length).toBeGreaterThan(0);
  expect(live.every(({ sequence }) => sequence > old)).toBe(true);
});

test('name and label of the profile are those of the file', async () => {
  await save({ profile: { name: 'desk one', label: 'PAPER' } });
  const bar = running.page.getByTestId('trust-bar');
  await expect(bar).toContainText('desk one', takesEffect);
  await expect(bar).toContainText('PAPER');
});

test('a bad field costs itself alone, and its warning is on screen until it is mended', async () => {
  await save({ bankroll: '1000', tradingDay: { zone: 'Mars/Olympus' }, bankrol: 1 });
  await expectValue('high-water-mark', '1012');
  await expect(warnings()).toContainText(
    'settings.json: tradingDay.zone "Mars/Olympus" is no time zone of this machine; UTC is used.',
  );
  await expect(warnings()).toContainText('unknown key bankrol; did you mean bankroll?');
  expect(running.output()).toContain('Mars/Olympus');
  await save({ bankroll: '1000' });
  await expect(warnings()).toHaveCount(0, takesEffect);
});

test('a file that is no JSON is put aside and told, and the figures stand', async () => {
  await save({ bankroll: '1000' });
  await expectValue('high-water-mark', '1012');
  await save('{ "bankroll": "20');
  await expect(warnings()).toContainText('The last good settings are used.', takesEffect);
  await expectValue('high-water-mark', '1012');
  const aside = (await readdir(running.home)).filter((name) => name.includes('.corrupt-'));
  expect(aside).toHaveLength(1);
  expect(await readFile(join(running.home, aside[0] ?? ''), 'utf8')).toBe('{ "bankroll": "20');
  expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({ bankroll: '1000' });
});

test('the menu changes the appearance and writes it, and follows the file', async () => {
  const root = running.page.locator('html');
  await save({ own: 'kept', appearance: { theme: 'light' } });
  await expect.poll(ticked).toContain('Light');
  expect(await isDark()).toBe(false);
  for (const label of ['Dark', 'Classic Green and Red', 'Hide Amounts'])
    expect(await choose(label)).toBe(true);
  await expect.poll(isDark).toBe(true);
  await expect(root).toHaveAttribute('data-palette', 'classic');
  await expect
    .poll(async () => JSON.parse(await readFile(path(), 'utf8')))
    .toEqual({
      version: 1,
      own: 'kept',
      appearance: { theme: 'dark', palette: 'classic', privacy: true },
    });
  expect(await ticked()).toEqual(['Dark', 'Classic Green and Red', 'Hide Amounts']);
  await expect(figure('day-pnl')).not.toContainText('$');
  await save({ appearance: { theme: 'light' } });
  await expect.poll(ticked).toEqual(['Light', 'Colour-Blind Safe Blue and Orange']);
  await expect.poll(isDark).toBe(false);
});

test('hidden amounts are in no text of the tray', async () => {
  const tray = await desktop.trayItem();
  await expect.poll(() => tray.tooltip(), takesEffect).toMatch(/\$\d/);
  await save({ appearance: { privacy: true } });
  await expect.poll(() => tray.tooltip()).toMatch(/^amounts hidden · 1 open · \d+ s ago$/);
  expect((await tray.menu())[0]?.label).toBe('Amounts hidden · 1 open');
});

test('the settings file is written for a person who wants to edit it', async () => {
  await inMain(running.app, ({ shell }) => {
    shell.openPath = async (path) => {
      console.log(`Opened ${path}.`);
      return '';
    };
  });
  expect(await choose('Open Settings File')).toBe(true);
  await expect.poll(() => running.output()).toContain(`Opened ${path()}.`);
  expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({ version: 1, bankroll: '500' });
});

test('the rows behind a chip are given, and not while the monitor is paused', async () => {
  const ask = () => running.page.evaluate(() => window.plumbline.monitor.oddRows('unscored'));
  expect(await ask()).toMatchObject({ ok: true, value: { total: 1 } });
  const setPaused = (isPaused: boolean) =>
    running.page.evaluate((wanted) => window.plumbline.monitor.setPaused(wanted), isPaused);
  await setPaused(true);
  expect(await ask()).toMatchObject({ ok: false, error: { code: 'other' } });
  await setPaused(false);
});
