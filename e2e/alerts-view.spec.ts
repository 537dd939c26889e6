import { expect, type Page, test } from '@playwright/test';
import { type AlertDesk, alertsOf, openAlertDesk, saveRule, soon } from './support/alert-desk.ts';
import { closeTrades } from './support/closes.ts';

// A duty cycle that was overdrawn by a start on a busy machine is paid off first.
test.describe.configure({ timeout: 180_000 });

let desk: AlertDesk;

test.beforeEach(async () => {
  desk = await openAlertDesk();
});

test.afterEach(() => desk.close());

const fieldOf = (page: Page, label: string) =>
  page.getByTestId('rule-editor').getByLabel(label, { exact: true });

test('a rule is made with its value of now and what it would have told, fires, and is found again', async () => {
  // Two days of a past that went below the line, and came back.
  await closeTrades(desk.own.engine, [
    { pnl: '-70', at: "now() - interval '73 hours'" },
    { pnl: '80', at: "now() - interval '71 hours'" },
    { pnl: '-60', at: "now() - interval '25 hours'" },
    { pnl: '65', at: "now() - interval '23 hours'" },
  ]);
  const running = await desk.start();
  const { page } = running;
  await page.getByTestId('nav-alerts').click();
  await expect(page.getByTestId('inbox-empty')).toBeVisible();
  await page.getByTestId('alerts-tab-rules').click();
  await page.getByTestId('new-rule').click();
  await page.getByTestId('rule-kind').selectOption('drawdown');
  await page.getByTestId('rule-threshold').fill('50');
  await page.getByTestId('rule-plan').fill('Call the desk.');
  // The equity stands at its mark now; twice it stood 50 dollars and more below one.
  await expect(page.getByTestId('rule-preview')).toContainText('$0.00', soon);
  await expect(page.getByTestId('rule-preview')).toContainText('earliest notification', {
    ignoreCase: true,
  });
  await page.getByTestId('ask-what-if').click();
  await expect(page.getByTestId('what-if')).toContainText('2 times', soon);
  await page.getByTestId('save-rule').click();
  await expect(page.getByTestId('rule-row')).toHaveCount(1);

  await closeTrades(desk.own.engine, [{ pnl: '-75.5' }]);
  await expect.poll(desk.titles, soon).toEqual(['Drawdown $75.50, line $50.00']);
  expect(desk.desktop.notifications()[0]?.body).toContain('Plan: Call the desk.');
  await page.getByTestId('alerts-tab-inbox').click();
  await expect(page.getByTestId('inbox-row')).toHaveCount(1);
  await expect(page.getByTestId('inbox-row')).not.toContainText('not told', soon);
  await page.getByTestId('inbox-filter').fill('drawdown');
  await expect(page.getByTestId('inbox-row')).toHaveCount(1);
  await page.getByTestId('inbox-filter').fill('exposure');
  await expect(page.getByTestId('inbox-row')).toHaveCount(0);
  await running.close();
});

test('a line on the wrong side is refused in words, beside its field', async () => {
  const running = await desk.start();
  const { page } = running;
  await page.getByTestId('nav-alerts').click();
  await page.getByTestId('alerts-tab-rules').click();
  await page.getByTestId('new-rule').click();
  await page.getByTestId('rule-threshold').fill('-50');
  await page.getByTestId('rule-editor').locator('summary').first().click();
  await fieldOf(page, 'Ends when back above').fill('-60');
  await page.getByTestId('save-rule').click();
  await expect(page.getByTestId('rule-editor').locator('.problem').first()).not.toBeEmpty(soon);
  await expect(page.getByTestId('rule-editor')).toContainText('safe side', soon);
  expect((await alertsOf(running)).rules).toEqual([]);
  await running.close();
});

test('presets follow the limits; rules go out as JSON and come back with their differences shown', async () => {
  const running = await desk.start();
  const { page } = running;
  await page.getByTestId('nav-alerts').click();
  await page.getByTestId('alerts-tab-rules').click();
  await page.getByTestId('add-presets').click();
  await expect(page.getByTestId('presets-dialog')).toContainText('\u2212$50.00');
  await expect(page.getByTestId('rule-row')).toHaveCount(0);
  await page.getByTestId('confirm-presets').click();
  await expect(page.getByTestId('rule-row').first()).toBeVisible();
  await expect(page.getByTestId('presets-offer')).toHaveCount(0);
  const { rules } = await alertsOf(running);
  // Ten per cent of the 500 dollars that the settings begin with.
  expect(rules.find(({ rule }) => rule.id === 'preset-daily-loss')?.rule.threshold).toBe('-50');
  await page.getByRole('button', { name: 'Export' }).click();
  const text = await page
    .getByTestId('text-dialog')
    .locator('textarea, pre')
    .first()
    .evaluate((shown) =>
      shown instanceof HTMLTextAreaElement ? shown.value : (shown.textContent ?? ''),
    );
  await page.keyboard.press('Escape');
  const changed = text.replace('"threshold": "-50"', '"threshold": "-75"');
  expect(changed).not.toBe(text);
  await page.getByTestId('import-file').setInputFiles({
    ...{ name: 'rules.json', mimeType: 'application/json', buffer: Buffer.from(changed) },
  });
  const dialog = page.getByTestId('import-dialog');
  await expect(dialog).toContainText('\u2212$50.00');
  await expect(dialog).toContainText('\u2212$75.00');
  await page.getByTestId('apply-import').click();
  await expect
    .poll(
      async () =>
        (await alertsOf(running)).rules.find(({ rule }) => rule.id === 'preset-daily-loss')?.rule
          .threshold,
    )
    .toBe('-75');
  await running.close();
});

test('a test goes the real way and asks whether it was seen', async () => {
  const running = await desk.start();
  const { page } = running;
  await page.getByTestId('nav-alerts').click();
  await page.getByTestId('alerts-tab-rules').click();
  await page.getByRole('button', { name: 'Test notification' }).click();
  await expect(page.getByTestId('test-dialog')).toContainText('Did you see it?', soon);
  expect(desk.titles()).toEqual(['Test of Plumbline']);
  await running.close();
});

/** What the inbox lists, a line each: under which heading, and the title. */
const inboxOf = (page: Page): Promise<string[]> =>
  page
    .getByTestId('inbox-row')
    .evaluateAll((rows) =>
      rows.map(
        (row) =>
          `${row.parentElement?.dataset.testid ?? ''} ${row.querySelector('bdi')?.textContent}`,
      ),
    );

test('a failed order is named; events share a line; what is acknowledged keeps its place', async () => {
  const running = await desk.start();
  const { page } = running;
  await saveRule(running, { id: 'failed', kind: 'failed-order', threshold: null });
  await saveRule(running, { id: 'loss', kind: 'single-loss', threshold: '-5' });
  await desk.own.engine.query(
    `insert into paper_trades (id, opportunity_id, opportunity_type, market_id, venue, side, outcome,
       quantity, price, expected_edge, strategy_id, risk_rejection_reason)
     values (gen_random_uuid(), 'one', 'cross', 'kalshi:rain-nyc', 'kalshi', 'buy', 'YES', 10, 0.5, 0.02,
       'rain', E'<b>price\\u202e</b> moved')`,
  );
  await expect.poll(desk.titles, soon).toContain('Failed order');
  expect(desk.desktop.notifications()[0]?.body).toMatch(
    /^kalshi · rain-nyc: \u2039b\u203aprice·\u2039\/b\u203a moved\nat \d\d:\d\d$/,
  );
  await closeTrades(desk.own.engine, [{ pnl: '-6' }, { pnl: '-7' }, { pnl: '-8' }]);
  const strip = page.getByTestId('alert-strip');
  await expect(strip).toContainText('line \u2212$5.00 ×3', soon);
  await expect(strip).toContainText(/Failed order.*rain-nyc.*moved.*\d\d:\d\d · not acknowledged/);
  await expect(page.getByTestId('alert-line')).toHaveCount(2);

  await page.getByTestId('nav-alerts').click();
  await expect.poll(async () => (await inboxOf(page)).length).toBe(4);
  const before = await inboxOf(page);
  await page.getByTestId('inbox-row').nth(1).click();
  await page.keyboard.press('a');
  await expect(page.getByTestId('inbox-row').nth(1)).toContainText('· acknowledged');
  expect(await inboxOf(page)).toEqual(before);
  await expect(page.getByTestId('inbox-open')).toContainText('Open 3');
  await page.getByTestId('inbox-row').nth(0).click();
  await expect(page.getByTestId('inbox-done').getByTestId('inbox-row')).toHaveCount(1);
  await page.keyboard.press('/');
  await page.keyboard.type('rain-nyc');
  await expect(page.getByTestId('inbox-row')).toHaveCount(1);
  await expect(page.locator('.inbox-filter')).toContainText('1 of 4');
  await page.getByTestId('inbox-row').click();
  await expect(page.getByTestId('episode')).toContainText('kalshi · rain-nyc');
  await running.close();
});

test('an untouched rule has no fault; a loss without its sign is asked about; what is saved is shown', async () => {
  const running = await desk.start();
  const { page } = running;
  await saveRule(running);
  await page.getByTestId('nav-alerts').click();
  await page.getByTestId('alerts-tab-rules').click();
  await page.getByTestId('new-rule').click();
  const editor = page.getByTestId('rule-editor');
  await expect(page.getByTestId('rule-preview')).toContainText('would not fire now', soon);
  await expect(editor.locator('.field .problem')).toHaveCount(0);
  await page.getByTestId('save-rule').click();
  await expect(editor).toContainText('watches exactly this already');
  await page.getByTestId('rule-threshold').fill('20');
  await expect(editor.locator('.field .problem')).toHaveText(
    /^\+\$20\.00 is no loss: did you mean −\$20\.00\?/,
  );
  await editor.getByRole('button', { name: 'Use \u2212$20.00' }).click();
  await expect(page.getByTestId('rule-threshold')).toHaveValue('-20');
  await expect(editor.locator('.field .problem')).toHaveCount(0);
  await page.getByTestId('save-rule').click();
  await expect(page.getByTestId('rule-row')).toHaveCount(2);
  await expect(page.getByTestId('rule-row').nth(1)).toBeFocused();
  await page.getByTestId('open-presets').click();
  await expect(page.getByTestId('presets-dialog')).toContainText('Drawdown reaches 20.0 %');
  await running.close();
});
