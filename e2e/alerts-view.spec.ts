import { expect, type Page, test } from '@playwright/test';
import { type AlertDesk, alertsOf, openAlertDesk, soon } from './support/alert-desk.ts';
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
  await fieldOf(page, 'Ends at').fill('-60');
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
