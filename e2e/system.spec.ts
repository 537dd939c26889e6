import { expect, test } from '@playwright/test';
import type { RunningApp } from './support/app.ts';
import { startTradedApp, type TradedApp } from './support/traded-app.ts';

let traded: TradedApp;
let running: RunningApp;

test.beforeAll(async () => {
  traded = await startTradedApp('steady', { env: { PLUMBLINE_REFRESH_MS: '250' } });
  ({ running } = traded);
});

test.afterAll(() => traded.close());

const numberIn = async (testId: string): Promise<number> => {
  const text = await running.page.getByTestId(testId).innerText();
  return Number(/[\d.,]+/.exec(text)?.[0].replaceAll(',', ''));
};

test('the System view tells what watching costs, live, as the server sees it', async () => {
  const { page } = running;
  await page.getByTestId('nav-system').click();
  await expect(page.getByTestId('system')).toBeVisible();
  await expect(page.getByTestId('nav-system')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId('system-loaded')).toHaveText('100 %');
  const probes = await numberIn('system-probes');
  // What the first load has cost is rested for before it is asked again.
  await expect.poll(() => numberIn('system-probes'), { timeout: 60_000 }).toBeGreaterThan(probes);
  const held = await numberIn('system-connections');
  expect(held).toBe((await traded.own.backends()).length);
  expect(held).toBeLessThanOrEqual(3);
  await expect.poll(() => numberIn('system-probe-p95'), { timeout: 10_000 }).toBeGreaterThan(0);
  const { rows } = await traded.own.engine.query<{ count: string }>(
    `select count(*) from paper_trades where status in ('closed', 'resolved') and risk_approved
       and risk_rejection_reason is null and realized_pnl is not null`,
  );
  // Trading goes on: within what a few seconds close.
  const closes = await numberIn('system-closes');
  expect(Math.abs(closes - Number(rows[0]?.count))).toBeLessThan(20);
  await expect(page.getByTestId('latencies-refresh').locator('tr')).toHaveCount(13);
});

test('an audit on demand reads all again and finds nothing to correct', async () => {
  const { page } = running;
  await page.keyboard.press('Control+3');
  await page.getByTestId('audit-now').click();
  await expect(page.getByTestId('system-audit')).toContainText('· 0 corrected', {
    timeout: 60_000,
  });
});

test('an amendment of a past day is reported: what was shown, and what is true', async () => {
  const { page } = running;
  const { rows } = await traded.own.engine.query<{ id: string }>(
    `update paper_trades set realized_pnl = realized_pnl - 4.1 where id = (
       select id from paper_trades where status = 'closed' and realized_pnl is not null
         and risk_approved and risk_rejection_reason is null
         and resolved_at < (now() at time zone 'UTC')::date order by resolved_at desc limit 1)
     returning id`,
  );
  const id = rows[0]?.id ?? '';
  const chip = page.getByTestId('chip-restated');
  await expect(chip).toContainText('restated −$4.10', { timeout: 60_000 });
  const snapshot = await page.evaluate(() => window.plumbline.monitor.snapshot());
  expect(snapshot).toMatchObject({
    ok: true,
    value: { restatements: [{ rows: [{ id }], days: [{ pnl: '-4.1', closes: 0 }] }] },
  });
  await page.getByTestId('nav-overview').click();
  await chip.click();
  const list = page.getByTestId('restatements');
  await list.locator('summary').first().click();
  await expect(list.locator(`tr[data-id="${id}"]`)).toContainText('at');
});
