import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { countMetrics, figureIds } from '../shared/metrics.ts';
import { defaultSettings } from '../shared/settings.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { takeOverClock } from './support/ledger-clock.ts';
import { createLedgerPlaces } from './support/ledger-places.ts';
import { askOracle, type Oracle, oracleBasis } from './support/oracle.ts';
import { fillLedger } from './support/random-ledger.ts';
import { randomSituation } from './support/random-settings.ts';
import { editSettings, type readScreen, screenAfterCommit } from './support/screen.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

type Screen = Awaited<ReturnType<typeof readScreen>>;

let own: TestLedger;
let running: RunningApp;

test.beforeAll(async () => {
  own = await startTestLedger();
  await createLedgerPlaces(own);
  running = await launchApp({
    databaseUrl: own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
});

test.afterAll(async () => {
  await running.close();
  await own.close();
});

test.beforeEach(async ({ browserName: _ }, { title }) => {
  if (!title.includes('random')) await editSettings(running, defaultSettings);
});

const missing = ['none', 'not-computable', 'infinite'];

/** What the page must show of a figure: its value, or nothing and the kind of nothing. */
const shownAs = (answer: string | undefined) =>
  missing.includes(answer ?? '')
    ? { value: '', kind: answer, hasReason: true }
    : { value: answer, kind: 'value', hasReason: false };

const shownValue = (answer: string | undefined): string | undefined => shownAs(answer).value;

/** The page as the oracle has it, figure by figure. */
function expectedFigures({ values }: Oracle) {
  const counts = Object.keys(countMetrics).map(
    (id) => [id, shownAs(values[`counts.${id.replace('-count', '')}`])] as const,
  );
  const figures = figureIds.map((id) => [id, shownAs(values[`figures.${id}`])] as const);
  return Object.fromEntries([...counts, ...figures]);
}

const foundFigures = ({ figures }: Screen) =>
  Object.fromEntries(
    Object.entries(figures).map(([id, { value, kind, reason }]) => [
      id,
      { value, kind, hasReason: reason !== undefined && reason !== '' },
    ]),
  );

type Groups = Screen['byStrategy'];

const byKey = <T extends { readonly key: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));

const expectedGroups = (
  rows: Oracle['lists'][string] = [],
  ratio: 'expectancy' | 'edgeCapture',
): Groups =>
  byKey(
    rows.map((row) => ({
      key: row.key ?? '',
      pnl: shownValue(row.pnl) ?? '',
      scored: row.scored ?? '',
      open: row.open ?? '',
      exposure: shownValue(row.exposure) ?? '',
      ratio: shownValue(row[ratio]) ?? '',
      outcomes: `${row.wins}/${row.draws}/${row.losses}`,
    })),
  );

const ids = (rows: Oracle['lists'][string] = [], shown: readonly unknown[]): string[] =>
  rows.slice(0, Math.max(shown.length, 8)).map(({ id }) => (id === 'null' ? '' : (id ?? '')));

function expectScreen(screen: Screen, oracle: Oracle): void {
  const { lists } = oracle;
  expect(foundFigures(screen)).toEqual(expectedFigures(oracle));
  expect(byKey(screen.byStrategy)).toEqual(expectedGroups(lists.byStrategy, 'expectancy'));
  expect(byKey(screen.byOpportunityType)).toEqual(
    expectedGroups(lists.byOpportunityType, 'edgeCapture'),
  );
  expect(screen.openTrades).toEqual(ids(lists.openTrades, screen.openTrades));
  expect(screen.recentCloses).toEqual(ids(lists.recentCloses, screen.recentCloses));
  expect(byKey(screen.rejections)).toEqual(
    byKey((lists.rejections ?? []) as typeof screen.rejections),
  );
  expect(byKey(screen.failures)).toEqual(byKey((lists.failures ?? []) as typeof screen.failures));
}

test('the figures on screen equal independent SQL on random ledgers under random settings', async () => {
  test.setTimeout(300_000);
  await fc.assert(
    fc.asyncProperty(randomSituation, async ({ rows, settings, place }) => {
      const { tradingDay } = settings;
      await editSettings(running, settings);
      await fillLedger(own.engine, rows, { table: place.table, tradingDay });
      const screen = await screenAfterCommit(running, own);
      const basis = oracleBasis(settings, place.relation, screen.asOf);
      expectScreen(screen, await askOracle(own.engine, basis));
    }),
    { numRuns: 20, interruptAfterTimeLimit: 240_000 },
  );
});

test('a ledger on which nothing ever closed says so, and does not say $0.00', async () => {
  await fillLedger(own.engine, []);
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge)
    select 'open-' || i, 'unknown', 'kalshi:m', 'kalshi', 'buy', 'YES', 10, 0.4, 0.02
    from generate_series(1, 31) as i`);
  const screen = await screenAfterCommit(running, own);
  for (const id of ['day-pnl', 'all-time-pnl'] as const) {
    const reason = 'no realized P&L yet · 31 open';
    expect(screen.figures[id]).toEqual({ value: '', kind: 'none', reason });
    await expect(running.page.locator(`data[data-testid=${id}]`)).toContainText('—');
  }
  expect(screen.figures['open-exposure']?.value).toBe('310');
});

test('text of the ledger is text: no markup runs, no direction mark survives', async () => {
  await fillLedger(own.engine, []);
  const hostile = '<img src=x onerror="document.title=1"><b>bold</b>\u202egnp.exe\u0007';
  await own.engine.query(
    `insert into paper_trades (opportunity_id, opportunity_type, strategy_id, market_id, venue, side,
       outcome, quantity, price, expected_edge, risk_approved, risk_rejection_reason, status, realized_pnl,
       resolved_at)
     select i, $1, $1, $1, 'kalshi', 'buy', 'YES', 10, 0.4, 0.02, i <> 2, case when i = 2 then $1 end,
       case when i = 3 then 'closed' else 'open' end, 1, case when i = 3 then now() end
     from generate_series(1, 3) as i`,
    [hostile],
  );
  await screenAfterCommit(running, own);
  const lists = [
    'open-trades',
    'recent-closes',
    'by-strategy',
    'by-opportunity-type',
    'rejections',
  ];
  for (const list of lists) {
    await expect(running.page.getByTestId(list)).toContainText('<img src=x');
  }
  await expect(running.page.locator('body')).not.toContainText('\u202e');
  expect(await running.page.locator('#root img, #root b b').count()).toBe(0);
  expect(await running.page.title()).not.toBe('1');
});

test('a rollover moves the figures on screen without a commit', async () => {
  const other = await startTestLedger();
  const clock = await takeOverClock(other);
  await other.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, status, realized_pnl, created_at, resolved_at)
    values ('one', 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 'closed', 7,
      '2026-11-23T10:00:00Z', '2026-11-23T12:00:00Z')`);
  await clock.goOnFrom('2026-11-23T23:50:00Z');
  const rolling = await launchApp({ databaseUrl: other.server.readerUrl });
  const dayPnl = rolling.page.locator('data[data-testid=day-pnl]');
  await expect(dayPnl).toHaveAttribute('value', '7');
  await clock.goOnFrom('2026-11-23T23:59:58Z');
  // On a busy machine a look costs more, and is rested for.
  await expect(dayPnl).toHaveAttribute('value', '0', { timeout: 75_000 });
  await expect(rolling.page.locator('data[data-testid=month-pnl]')).toHaveAttribute('value', '7');
  await expect(rolling.page.getByTestId('clock-warning')).toBeVisible();
  await rolling.close();
  await other.close();
});
