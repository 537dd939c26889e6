import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { launchApp, type RunningApp } from './support/app.ts';
import { askOracle, askOracleByType, type OracleFigure } from './support/oracle.ts';
import { fillLedger, randomLedger } from './support/random-ledger.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

let own: TestLedger;
let running: RunningApp;

test.beforeAll(async () => {
  own = await startTestLedger();
  running = await launchApp({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
});

test.afterAll(async () => {
  await running.close();
  await own.close();
});

/** Test id of a figure on the Overview, and the oracle's name for it. */
const shown: Readonly<Record<string, OracleFigure>> = {
  'day-pnl': 'dayPnl',
  'all-time-pnl': 'allTimePnl',
  'open-count': 'open',
  'closed-count': 'closed',
  'rejected-count': 'rejected',
  'failed-count': 'failed',
  'other-count': 'other',
  'unscored-count': 'unscored',
  'win-rate': 'winRate',
  'open-exposure': 'openExposure',
};

/** All figures of one moment: read in one go, so that no refresh comes between two of them. */
const readScreen = () =>
  running.page.evaluate(
    (ids) => ({
      asOf: document.querySelector<HTMLDataElement>('[data-testid=as-of]')?.value ?? '',
      figures: Object.fromEntries(
        ids.map((id) => [
          id,
          document.querySelector<HTMLDataElement>(`data[data-testid=${id}]`)?.value,
        ]),
      ),
      byType: [
        ...document.querySelectorAll<HTMLElement>('[data-testid=by-opportunity-type] [data-type]'),
      ].map((row) => ({
        type: row.dataset.type ?? '',
        pnl: row.querySelector<HTMLDataElement>('td.pnl data')?.value,
      })),
    }),
    Object.keys(shown),
  );

/** The screen once it shows what was committed before the call. */
async function screenAfterCommit() {
  const { rows } = await own.engine.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
  );
  const committedAt = rows[0]?.now ?? '';
  await expect
    .poll(async () => (await readScreen()).asOf > committedAt, { intervals: [50], timeout: 30_000 })
    .toBe(true);
  return readScreen();
}

test('the figures on screen equal independent SQL on random ledgers with awkward rows', async () => {
  test.setTimeout(240_000);
  await fc.assert(
    fc.asyncProperty(randomLedger, async (rows) => {
      await fillLedger(own.engine, rows);
      const { figures, byType } = await screenAfterCommit();
      const oracle = await askOracle(own.engine);
      const expected = Object.fromEntries(
        Object.entries(shown).map(([id, name]) => [id, oracle[name] ?? '']),
      );
      expect(figures).toEqual(expected);
      const types = await askOracleByType(own.engine);
      const byName = (a: { type: string }, b: { type: string }) => (a.type < b.type ? -1 : 1);
      expect(byType.sort(byName)).toEqual(
        types.map(({ type, pnl }) => ({ type, pnl: pnl ?? '' })).sort(byName),
      );
    }),
    { numRuns: 25 },
  );
});

test('a ledger on which nothing ever closed says so, and does not say $0.00', async () => {
  await fillLedger(own.engine, []);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge)
    select 'open-' || i, 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02
    from generate_series(1, 31) as i`);
  await screenAfterCommit();
  for (const id of ['day-pnl', 'all-time-pnl']) {
    const figure = running.page.locator(`data[data-testid=${id}]`);
    await expect(figure).toHaveAttribute('value', '');
    await expect(figure).toHaveAttribute('data-reason', 'no realized P&L yet · 31 open');
    await expect(figure).toContainText('—');
  }
});

test('text of the ledger is text: no markup runs, no direction mark survives', async () => {
  await fillLedger(own.engine, []);
  await own.engine.query(
    `insert into paper_trades (opportunity_id, opportunity_type, market_id, venue, side, outcome,
       quantity, price, expected_edge)
     values ('x', $1, $1, 'kalshi', 'buy', 'YES', 10, 0.4, 0.02)`,
    ['<img src=x onerror="document.title=1"><b>bold</b>\u202egnp.exe\u0007'],
  );
  await screenAfterCommit();
  const table = running.page.getByTestId('recent-trades');
  await expect(table).toContainText('<img src=x');
  await expect(table).not.toContainText('\u202e');
  expect(await running.page.locator('img, b b').count()).toBe(0);
  expect(await running.page.title()).not.toBe('1');
});
