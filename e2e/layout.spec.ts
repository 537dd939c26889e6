import { expect, type Page, test } from '@playwright/test';
import { metricIds } from '../shared/metrics.ts';
import { fillLedger } from './support/random-ledger.ts';
import { screenAfterCommit } from './support/screen.ts';
import { resize, startTradedApp, type TradedApp } from './support/traded-app.ts';

const sizes = [
  [900, 600],
  [1100, 700],
  [1600, 1000],
] as const;

/** What stands on the Overview besides the metrics. */
const partIds = [
  ...['trust-bar', 'freshness', 'as-of', 'newest-row-age', 'connections', 'equity-chart'],
];

let traded: TradedApp;

test.beforeAll(async () => {
  traded = await startTradedApp('burst', { env: { PLUMBLINE_REFRESH_MS: '250' } });
});

test.afterAll(() => traded.close());

/** Every shift of the layout from now on: by how much, and which elements moved from where to where. */
const watchShifts = (page: Page) =>
  page.evaluate(() => {
    const describe = (node: Node | null): string => {
      const element = node instanceof Element ? node : node?.parentElement;
      return `${element?.outerHTML.slice(0, 120)} "${element?.textContent?.slice(0, 40)}"`;
    };
    const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
    const seen: string[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[]) {
        for (const { node, previousRect, currentRect } of sources) {
          const moved = `${place(previousRect)} → ${place(currentRect)}`;
          seen.push(`${value.toFixed(6)} ${moved} ${describe(node)}`);
        }
      }
    });
    window.layoutShifts = seen;
    observer.observe({ type: 'layout-shift' });
  });

const shifts = (page: Page) => page.evaluate(() => window.layoutShifts ?? ['not watched']);

const valuesOf = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('data')].map(({ value }) => value).join(' '));

test('nothing on the page moves in a minute of the burst scenario', async () => {
  test.setTimeout(120_000);
  const { page } = traded.running;
  await resize(traded.running, 1100, 700);
  // What a new size moves is not counted, but it goes on for half a second.
  await page.waitForTimeout(1000);
  await watchShifts(page);
  const seen = new Set<string>();
  for (let second = 0; second < 60; second += 1) {
    await page.waitForTimeout(1000);
    seen.add(await valuesOf(page));
  }
  expect(seen.size).toBeGreaterThan(50);
  expect(await shifts(page)).toEqual([]);
});

test('the first seven blocks fit a window of 1100 × 700', async () => {
  const { page } = traded.running;
  await resize(traded.running, 1100, 700);
  await page.evaluate(() => window.scrollTo(0, 0));
  for (const id of ['by-strategy', 'open-trades']) {
    const header = page.getByTestId(id).locator('thead');
    await expect(header).toBeInViewport({ ratio: 1 });
    const isCovered = await header.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const top = document.elementFromPoint(x + width / 2, y + height - 1);
      return top === null || !element.contains(top);
    });
    expect(isCovered, `${id} is covered`).toBe(false);
  }
});

const wide = '1234567890123456789012345678901234567890.12345678';

/** Elements that make the page wider than its window. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const widest = [...document.querySelectorAll('.app, main, .overview')].some(
      (element) => element.scrollWidth > element.clientWidth,
    );
    if (scrollWidth <= clientWidth && !widest) return [];
    return [...document.querySelectorAll('#root *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth)
      .map(
        (element) => `${element.outerHTML.slice(0, 90)} ${element.getBoundingClientRect().right}`,
      );
  });

for (const [width, height] of sizes) {
  test(`nothing sticks out at ${width} × ${height}`, async () => {
    await resize(traded.running, width, height);
    expect(await overflow(traded.running.page)).toEqual([]);
  });
}

test('each part and each metric stands on the page exactly once', async () => {
  const ids = [...partIds, ...metricIds];
  const counts = await traded.running.page.evaluate(
    (wanted) =>
      Object.fromEntries(
        wanted.map((id) => [id, document.querySelectorAll(`[data-testid="${id}"]`).length]),
      ),
    ids,
  );
  expect(counts).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
});

test('forty digits and five thousand letters do not break the layout', async () => {
  const other = await startTradedApp(null);
  try {
    await fillLedger(other.own.engine, []);
    await other.own.engine.query(
      `insert into paper_trades (opportunity_id, opportunity_type, strategy_id, market_id, venue, side,
         outcome, quantity, price, expected_edge, fees, status, realized_pnl, resolved_at)
       select i, repeat('t', 5000), repeat('s', 5000), repeat('m', 5000), repeat('v', 5000), 'buy', 'YES',
         $1::numeric, 0.4, 0.02, $1::numeric, case when i > 3 then 'open' else 'closed' end,
         case when i = 1 then -$1::numeric when i < 4 then $1::numeric * 1.7 end, case when i < 4 then now() end
       from generate_series(1, 6) as i`,
      [wide],
    );
    await screenAfterCommit(other.running, other.own);
    for (const [width, height] of sizes) {
      await resize(other.running, width, height);
      expect(await overflow(other.running.page)).toEqual([]);
    }
  } finally {
    await other.close();
  }
});

/** Chromium's entry for a shift of the layout, which the DOM types do not know. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

declare global {
  interface Window {
    layoutShifts?: string[];
  }
}
