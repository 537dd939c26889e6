import { expect, type Page } from '@playwright/test';
import type { FailureCode } from '../../shared/failure.ts';
import type { TestLedger } from './test-ledger.ts';

/** Asks as often as it may. */
export const env = { PLUMBLINE_REFRESH_MS: '250' };
/** A failure that needs a person is tried again each half minute. */
export const unaidedMs = 45 * 1000;

/** Twenty trades that made $1.50 each. */
export async function seed(own: TestLedger): Promise<void> {
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id,
      venue, side, outcome, quantity, price, expected_edge, status, realized_pnl, resolved_at)
    select 'seed-' || i, 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02, 'closed',
      1.5, now() from generate_series(1, 20) as i`);
}

/** The banner that tells of a failure. */
export const banner = (page: Page) => page.getByTestId('error-banner');
/** How fresh the figures are. */
export const freshness = (page: Page) => page.getByTestId('freshness');
/** The figure that all these tests watch. */
export const allTimePnl = (page: Page) => page.locator('data[data-testid=all-time-pnl]');

/** The banner shows a class of failure, and the way to try now. */
export async function expectFailure(
  page: Page,
  code: FailureCode,
  timeout = 15_000,
): Promise<void> {
  await expect(banner(page)).toHaveAttribute('data-code', code, { timeout });
  await expect(banner(page).getByRole('button', { name: /try|trying/i })).toBeVisible();
}

/** No banner, and the seeded figures are live. */
export async function expectLive(page: Page, timeout = 20_000): Promise<void> {
  await expect(banner(page)).toHaveCount(0, { timeout });
  await expect(freshness(page)).toHaveAttribute('data-state', /live|late/, { timeout: 5000 });
  await expect(allTimePnl(page)).toHaveAttribute('value', '30');
}
