import { expect, type Locator, type Page, test } from '@playwright/test';
import { type MetricId, metrics } from '../shared/metrics.ts';
import { oddityIds } from '../shared/oddities.ts';
import { cutFigures, cutTrustItems, sidewaysScroll } from './support/fit.ts';
import { inMain } from './support/in-main.ts';
import { beginAnew, startOddApp } from './support/odd-app.ts';
import { resize, type TradedApp } from './support/traded-app.ts';

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

const setZoom = (level: number) =>
  inMain(
    running.app,
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomLevel(wanted),
    level,
  );
const chip = (id: string): Locator => page.getByTestId(`chip-${id}`);
const oddRows = (): Locator => page.getByTestId('odd-rows');
const tooltip = (): Locator => page.locator('.tooltip');
const term = (name: string): Locator =>
  page.locator('.metric').getByRole('button', { name, exact: true });

test('amounts over $10,000 are whole at every size of the window', async () => {
  for (const [width, height] of [
    [900, 600],
    [1004, 700],
    [1100, 700],
    [1600, 1000],
  ] as const) {
    await resize(running, width, height);
    await page.waitForTimeout(300);
    expect(await cutFigures(page), `at ${width}`).toEqual([]);
    expect(await sidewaysScroll(page), `at ${width}`).toBe(0);
    expect(await cutTrustItems(page), `at ${width}`).toEqual([]);
  }
});

test('three steps of larger text cut nothing and need no scrolling sideways', async () => {
  try {
    for (const [width, height] of [
      [1100, 700],
      [900, 600],
    ] as const) {
      await setZoom(0);
      await resize(running, width, height);
      await setZoom(1.5);
      await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(width / 1.25);
      await page.waitForTimeout(300);
      expect(await sidewaysScroll(page), `at ${width}`).toBe(0);
      expect(await cutFigures(page), `at ${width}`).toEqual([]);
      expect(await cutTrustItems(page), `at ${width}`).toEqual([]);
    }
  } finally {
    await setZoom(0);
  }
});

test('a figure that may be cut has all of it on hover', async () => {
  const titles = await page
    .locator('data.figure[data-kind=value]:not(.term data)')
    .evaluateAll((figures) =>
      figures.map((figure) => [
        figure.querySelector('[aria-hidden]')?.textContent,
        (figure as HTMLElement).title,
      ]),
    );
  expect(titles.length).toBeGreaterThan(60);
  const untold = titles.filter(([text, title]) => (text?.length ?? 0) > 5 && title === '');
  expect(untold).toEqual([]);
});

test('what the lists and sums leave out is said', async () => {
  const tile = page.locator('.tile', { hasText: 'Open exposure' });
  await expect(tile).toContainText('63 open · 1 left out, 2 of ends');
  const reasons = page.getByTestId('rejections').locator('tbody tr');
  await expect(reasons).toHaveCount(13);
  await expect(reasons.last()).toContainText('all others');
  await expect(reasons.last().locator('.count data')).toHaveAttribute('value', '3');
  await expect(page.getByTestId('failures').locator('tbody tr')).toHaveCount(1);
});

test('a limit tells used, limit and left, by the keyboard too', async () => {
  const limit = page.getByTestId('limit-venue');
  await limit.locator('.term').focus();
  for (const text of ['used', 'limit', 'left', '% of the bankroll', 'Left out: 1 open trade'])
    await expect(tooltip()).toContainText(text);
  const amounts = tooltip().locator('dl').first().locator('data');
  const [used = '', whole = '', left = ''] = await amounts.evaluateAll((all) =>
    all.map((data) => (data as HTMLDataElement).value),
  );
  expect([Number(whole), Number(used) + Number(left)]).toEqual([250, 250]);
  await page.keyboard.press('Escape');
  await expect(tooltip()).toHaveCount(0);
});

test('a term out of sight keeps its tooltip when the keyboard reaches it', async () => {
  await page.locator('.point-slider').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('thead .term').first()).toBeFocused();
  await term('Unrealized P&L').focus();
  await page.keyboard.press('Tab');
  await expect(term('Expectancy')).toBeFocused();
  await expect(tooltip()).toContainText(metrics.expectancy.definition);
  await page.evaluate(() => window.scrollTo(0, 0));
  await term('Rows').focus();
  await expect(tooltip()).toContainText(metrics['all-count'].definition);
  const isCovered = await term('Rows').evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return !element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });
  expect(isCovered).toBe(false);
  await page.keyboard.press('Escape');
  await expect(tooltip()).toHaveCount(0);
  await page.waitForTimeout(300);
  await expect(tooltip()).toHaveCount(0);
});

test('a value that explains itself has a name', async () => {
  for (const id of ['day-return', 'current-drawdown-pct'] as const satisfies MetricId[]) {
    const button = page.locator('.term', { has: page.getByTestId(id) });
    await expect(button).toHaveAccessibleName(new RegExp(`^${metrics[id].label}: .+ percent`));
    await expect(button.locator('[title]')).toHaveCount(0);
  }
});

test('a chip opens its rows, Escape closes them, and the focus goes back', async () => {
  for (const id of oddityIds) {
    await chip(id).focus();
    await page.keyboard.press('Enter');
    const rows = page.getByTestId('odd-rows-table').locator('tbody tr');
    await expect(rows, id).toHaveCount(1, slowly);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog')).toHaveCount(0);
    await expect(chip(id)).toBeFocused();
  }
});

test('the rows stay while their chip goes and comes, and do not open by themselves', async () => {
  const setPnl = (pnl: number | null) =>
    own.engine.query(`update paper_trades set realized_pnl = $1 where opportunity_id = 'u1'`, [
      pnl,
    ]);
  await chip('unscored').click();
  await expect(page.getByTestId('odd-rows-table')).toBeVisible(slowly);
  await setPnl(1);
  await expect(chip('unscored')).toHaveCount(0, slowly);
  await expect(oddRows()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await setPnl(null);
  await expect(chip('unscored')).toBeVisible(slowly);
  await expect(page.locator('dialog')).toHaveCount(0);
});

test('range chips and keys choose the range of the chart', async () => {
  const chosen = page.locator('input[name=chart-range]:checked');
  for (const [label, value] of [
    ['YTD', 'ytd'],
    ['7D', '7d'],
  ] as const) {
    await page.locator('.range-chips').getByText(label, { exact: true }).click();
    await expect(chosen).toHaveValue(value);
  }
  for (const [key, value] of [
    ['d', 'today'],
    ['w', '7d'],
    ['m', '30d'],
    ['y', 'ytd'],
    ['a', 'all'],
  ] as const) {
    await page.keyboard.press('t');
    await page.keyboard.press(key);
    await expect(chosen).toHaveValue(value);
    const total = page.getByTestId('equity-chart').locator('.range-total data');
    const sum = { today: 'day-pnl', ytd: 'year-pnl', all: 'all-time-pnl' } as const;
    if (value === '7d' || value === '30d') continue;
    const expected = await page.locator(`data[data-testid=${sum[value]}]`).getAttribute('value');
    await expect(total).toHaveAttribute('value', expected ?? 'none');
  }
});

test('a figure whose computation failed is marked, and the others stand', async () => {
  // No ledger brings this about: the figure is replaced on its way to the window.
  await inMain(running.app, ({ ipcMain }) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, (...args: unknown[]) => Promise<unknown>>;
    };
    const channel = 'monitor.snapshot';
    const original = handlers.get(channel);
    if (original === undefined) throw new Error('No handler gives the snapshot');
    handlers.set(channel, async (...args) => {
      handlers.set(channel, original);
      const answer = (await original(...args)) as {
        value: { figures: Record<string, unknown> };
      };
      answer.value.figures.expectancy = {
        kind: 'error',
        value: null,
        reason: 'computing it failed',
      };
      return answer;
    });
  });
  await own.engine.query(`update paper_trades set fees = fees where opportunity_id = 's1'`);
  const figure = page.locator('data[data-testid=expectancy]');
  await expect(figure).toHaveAttribute('data-kind', 'error', slowly);
  await expect(figure).toContainText('⚠');
  await expect(figure).toHaveAttribute('data-reason', 'computing it failed');
  await expect(page.locator('data[data-testid=profit-factor]')).toHaveAttribute(
    'data-kind',
    'value',
  );
  await own.engine.query(`update paper_trades set fees = fees + 1 where opportunity_id = 's1'`);
  await expect(figure).toHaveAttribute('data-kind', 'value', slowly);
});
