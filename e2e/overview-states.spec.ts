import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { metricIds, metrics } from '../shared/metrics.ts';
import { oddityIds } from '../shared/oddities.ts';
import type { Appearance } from '../shared/settings.ts';
import { launchWatching, type RunningApp } from './support/app.ts';
import { cutTrustItems } from './support/fit.ts';
import { takeOverClock } from './support/ledger-clock.ts';
import { beginAnew, startOddApp } from './support/odd-app.ts';
import { standStill } from './support/stand-still.ts';
import { startTestLedger } from './support/test-ledger.ts';
import { expectFreshness, resize, type TradedApp } from './support/traded-app.ts';

// A busy machine answers slowly, and the app rests for fifty times as long before it asks again.
test.describe.configure({ timeout: 300 * 1000 });
const slowly = { timeout: 60 * 1000 };

let odd: TradedApp;
let own: TradedApp['own'];
let running: TradedApp['running'];
let page: Page;

test.beforeAll(async () => {
  odd = await startOddApp();
  ({ own, running } = odd);
  page = running.page;
});

test.afterAll(() => odd.close());

test.beforeEach(() => beginAnew(odd));

const setAppearance = (changes: Partial<Appearance>) =>
  page.evaluate((wanted) => window.plumbline.settings.setAppearance(wanted), changes);
const chip = (id: string): Locator => page.getByTestId(`chip-${id}`);
const tooltip = (): Locator => page.locator('.tooltip');

/** Every text and attribute of the page that looks like an amount of money. */
const amountsShown = () =>
  page.evaluate(() => {
    const amount = /\$\s*\d|\d dollars|[+\u2212]\d[\d,]*\.\d\d\b/;
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      const attributes = [...element.attributes].filter(
        ({ name }) =>
          /^(title|value|placeholder|alt|data-|aria-)/.test(name) && name !== 'data-why',
      );
      const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      for (const text of [
        ...attributes.map(({ value }) => value),
        ...texts.map((node) => node.textContent ?? ''),
      ])
        if (amount.test(text))
          found.push(`${text.slice(0, 80)} in ${element.outerHTML.slice(0, 120)}`);
    }
    return found;
  });

test('while amounts are hidden there is none in any text, hint, tooltip or dialog', async () => {
  expect((await amountsShown()).length).toBeGreaterThan(50);
  await setAppearance({ privacy: true });
  try {
    await expect(page.locator('html')).toHaveAttribute('data-privacy', 'on');
    await expect.poll(amountsShown).toEqual([]);
    for (const id of metricIds) {
      if (!['pnl', 'money'].includes(metrics[id].unit)) continue;
      await expect(page.locator(`data[data-testid="${id}"]`), id).toHaveAttribute('value', '');
    }
    for (const each of await page.locator('.term').all()) {
      await each.focus();
      await expect(tooltip()).toHaveCount(1);
      expect(await amountsShown()).toEqual([]);
    }
    for (const id of oddityIds) {
      await chip(id).click();
      await expect(page.getByTestId('odd-rows-table')).toBeVisible(slowly);
      expect(await amountsShown(), id).toEqual([]);
      await page.keyboard.press('Escape');
    }
  } finally {
    await setAppearance({ privacy: false });
  }
});

test('the classic palette changes the colours of gains and losses', async () => {
  const colours = () =>
    page.evaluate(() =>
      ['gain', 'loss'].map((direction) => {
        const figure = document.querySelector(`.figure[data-direction=${direction}]`);
        return figure === null ? '' : getComputedStyle(figure).color;
      }),
    );
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await colours()).toEqual(['rgb(0, 114, 178)', 'rgb(179, 71, 0)']);
  await setAppearance({ palette: 'classic' });
  await expect.poll(colours).toEqual(['rgb(27, 127, 59)', 'rgb(198, 40, 40)']);
  await setAppearance({ palette: 'colour-blind' });
  await expect.poll(colours).toEqual(['rgb(0, 114, 178)', 'rgb(179, 71, 0)']);
});

test('warnings about the settings are one line that opens to all of them', async () => {
  const save = async (settings: unknown): Promise<void> => {
    const path = join(running.home, 'settings.json');
    await writeFile(`${path}.new`, JSON.stringify(settings));
    await rename(`${path}.new`, path);
  };
  await save({ version: 1, bankrol: 1, tradingDay: { zone: 'Mars/Olympus' } });
  const strip = page.getByTestId('settings-warnings');
  await expect(strip.locator('summary')).toContainText('1 more', slowly);
  await expect(strip.locator('li')).toBeHidden();
  await strip.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(strip.locator('li')).toBeVisible();
  await save({ version: 1 });
  await expect(strip).toHaveCount(0, slowly);
});

test('figures that are late have an amber age, and a tooltip over old ones is dimmed with them', async () => {
  const age = page.locator('.trust-bar .age');
  const colour = () => age.evaluate((element) => getComputedStyle(element).color);
  const live = await colour();
  // Only while refreshes are frequent are figures late before the refresh has failed.
  await expect(page.getByTestId('pace')).toHaveText('', { timeout: 60_000 });
  const goOn = await standStill(own);
  try {
    await expectFreshness(running, 'late');
    expect(await colour()).not.toBe(live);
    await expect(page.getByTestId('freshness')).toContainText('Late');
    await expect(page.getByTestId('freshness')).toHaveAttribute(
      'data-state',
      /stale|disconnected/,
      slowly,
    );
    await page.getByTestId('limit-venue').locator('.term').focus();
    const [onPage, inTooltip] = await page.evaluate(() =>
      ['.limit .figure', '.tooltip .figure'].map((selector) => {
        const element = document.querySelector(selector);
        return element === null ? selector : getComputedStyle(element).color;
      }),
    );
    expect(inTooltip).toBe(onPage);
  } finally {
    goOn();
  }
  await expectFreshness(running, 'live');
});

test.describe('with a clock that is off and an account that can write', () => {
  for (const account of ['engineUrl', 'readerUrl'] as const) {
    test(`the trust bar is whole at every size, by the ${account}`, async () => {
      const other = await startTestLedger();
      const clock = await takeOverClock(other);
      await other.admin.query(
        'alter role plumbline_engine set search_path = clock, pg_catalog, public',
      );
      await clock.goOnFrom(new Date(Date.now() - (3 * 60 + 2) * 60 * 1000).toISOString());
      const warned = await launchWatching({ databaseUrl: other.server[account] });
      try {
        const { page: bar } = warned;
        await expect(bar.getByTestId('clock-warning')).toBeVisible(slowly);
        await expect(bar.getByTestId('can-write')).toHaveCount(account === 'engineUrl' ? 1 : 0);
        await expectWholeBar(warned);
        await other.server.stop();
        await expectFreshness(warned, 'disconnected');
        await expectWholeBar(warned);
        await other.server.start();
      } finally {
        await warned.close();
        await other.close();
      }
    });
  }
});

async function expectWholeBar(warned: RunningApp): Promise<void> {
  for (const [width, height] of [
    [900, 600],
    [1050, 700],
    [1100, 700],
    [1250, 700],
    [1600, 1000],
  ] as const) {
    await resize(warned, width, height);
    await warned.page.waitForTimeout(200);
    expect(await cutTrustItems(warned.page), `at ${width}`).toEqual([]);
    for (const part of ['.day', '.rollover', '.clock', '[data-testid=connections]'])
      await expect(warned.page.locator(`.trust-bar ${part}`)).toBeInViewport({ ratio: 1 });
  }
}
