import { expect, test } from '@playwright/test';
import { type AlertDesk, openAlertDesk, saveRule, soon } from './support/alert-desk.ts';
import { closeTrades } from './support/closes.ts';

// A duty cycle that was overdrawn by a start on a busy machine is paid off first.
test.describe.configure({ timeout: 180_000 });

let desk: AlertDesk;

test.beforeEach(async () => {
  desk = await openAlertDesk();
});

test.afterEach(() => desk.close());

/** Time of day in UTC, to the minute: the trading day's zone of the test. */
const minuteOf = (at: Date): string => at.toISOString().slice(11, 16);

test('a crossing is told on the bus once, a restart tells it no second time, and its end is told', async () => {
  await closeTrades(desk.own.engine, [{ pnl: '10' }]);
  const first = await desk.start();
  await saveRule(first, { keepFiringS: 0, plan: 'Stop the bot.' });
  await closeTrades(desk.own.engine, [{ pnl: '-72.1' }]);
  await expect.poll(desk.titles, soon).toHaveLength(1);
  expect(desk.desktop.notifications()[0]).toMatchObject({
    summary: 'Day P&L \u2212$62.10, line \u2212$50.00',
    body: expect.stringContaining('Stop the bot.'),
  });
  await first.close();
  const second = await desk.start();
  await expect(second.page.getByTestId('alert-strip')).toContainText('Day P&L');
  await closeTrades(desk.own.engine, [{ pnl: '-1' }, { pnl: '41' }]);
  await expect.poll(desk.titles, soon).toHaveLength(2);
  expect(desk.titles()[1]).toMatch(/^Ended: Day P&L \u2212\$22\.10/);
  await second.close();
});

test('a dip that recovered between two refreshes is told with its time', async () => {
  await closeTrades(desk.own.engine, [{ pnl: '10', at: "now() - interval '40 seconds'" }]);
  const running = await desk.start();
  await saveRule(running);
  // Both within one transaction: no refresh can see the ledger in between.
  await desk.own.engine.query('begin');
  const dip = new Date(Date.now() - 20_000);
  await closeTrades(desk.own.engine, [
    { pnl: '-220', at: `'${dip.toISOString()}'::timestamptz` },
    { pnl: '215' },
  ]);
  await desk.own.engine.query('commit');
  await expect.poll(desk.titles, soon).toHaveLength(1);
  expect(desk.titles()[0]).toBe('Day P&L \u2212$210.00, line \u2212$50.00');
  expect(desk.desktop.notifications()[0]?.body).toContain(minuteOf(dip));
  await running.close();
});

test('what happened while the app was closed is told at the next start, with its time', async () => {
  await closeTrades(desk.own.engine, [{ pnl: '10' }]);
  const first = await desk.start();
  await saveRule(first);
  await saveRule(first, { id: 'loss', kind: 'single-loss', threshold: '-200' });
  await first.close();
  const dip = new Date();
  await closeTrades(desk.own.engine, [{ pnl: '-220' }, { pnl: '215' }]);
  const second = await desk.start();
  await expect.poll(desk.titles, soon).toEqual(['While you were away: 2 alerts']);
  const told = desk.desktop.notifications()[0]?.body ?? '';
  expect(told).toContain('Day P&L \u2212$210.00');
  expect(told).toContain('Single loss \u2212$220.00');
  expect(told).toContain(minuteOf(dip));
  await second.close();
});
