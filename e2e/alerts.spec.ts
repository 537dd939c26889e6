import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { emptyRule, type Rule } from '../shared/alerts/rule.ts';
import { launchApp, type RunningApp, temporaryHome } from './support/app.ts';
import { closeTrades } from './support/closes.ts';
import { type FakeDesktop, startFakeDesktop } from './support/session-bus.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';
import { expectFreshness } from './support/traded-app.ts';

// A duty cycle that was overdrawn by a start on a busy machine is paid off first.
test.describe.configure({ timeout: 180_000 });

let desktop: FakeDesktop;
let own: TestLedger;
let home: string;

test.beforeEach(async () => {
  desktop = await startFakeDesktop();
  own = await startTestLedger();
  home = temporaryHome();
});

test.afterEach(async () => {
  desktop.close();
  await own.close();
  await rm(home, { recursive: true, force: true });
});

/** Starts the app on the test's ledger and home, and waits until its rules were looked at. */
async function start(): Promise<RunningApp> {
  const running = await launchApp({
    ...{ home, databaseUrl: own.server.readerUrl },
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
  await expectFreshness(running, 'live');
  await expect.poll(() => isReady(running)).toBe(true);
  return running;
}

const isReady = ({ page }: RunningApp): Promise<boolean> =>
  page.evaluate(async () => {
    const state = await window.plumbline.alerts.state();
    return state.ok && state.value.isReady;
  });

async function save({ page }: RunningApp, change: Partial<Rule> = {}): Promise<Rule> {
  const rule: Rule = { ...emptyRule('line', 'day-pnl-low'), threshold: '-50', ...change };
  const answer = await page.evaluate((one) => window.plumbline.alerts.saveRule(one), rule);
  expect(answer).toEqual({ ok: true, value: [] });
  // From the next look on it is evaluated at every close.
  await expect
    .poll(() =>
      page.evaluate(async (id) => {
        const state = await window.plumbline.alerts.state();
        const found = state.ok
          ? state.value.rules.find(({ rule: one }) => one.id === id)
          : undefined;
        return found?.instances.length ?? 0;
      }, rule.id),
    )
    .toBeGreaterThan(0);
  return rule;
}

/** After a start or a change the duty cycle may rest for some seconds. */
const soon = { timeout: 60_000 };

const summaries = (): string[] => desktop.notifications().map(({ summary }) => summary);

/** Time of day in UTC, to the minute: the trading day's zone of the test. */
const minuteOf = (at: Date): string => at.toISOString().slice(11, 16);

test('a crossing is told on the bus, and so is its end', async () => {
  await closeTrades(own.engine, [{ pnl: '10' }]);
  const running = await start();
  await save(running, { keepFiringS: 0, plan: 'Stop the bot.' });
  await closeTrades(own.engine, [{ pnl: '-72.1' }]);
  await expect.poll(summaries, soon).toHaveLength(1);
  expect(desktop.notifications()[0]).toMatchObject({
    summary: 'Day P&L \u2212$62.10, line \u2212$50.00',
    body: expect.stringContaining('Stop the bot.'),
  });
  await closeTrades(own.engine, [{ pnl: '40' }]);
  await expect.poll(summaries, soon).toHaveLength(2);
  expect(summaries()[1]).toMatch(/^Ended: Day P&L \u2212\$22\.10/);
  await running.close();
});

test('a dip that recovered between two refreshes is told with its time', async () => {
  await closeTrades(own.engine, [{ pnl: '10', at: "now() - interval '40 seconds'" }]);
  const running = await start();
  await save(running);
  // Both within one transaction: no refresh can see the ledger in between.
  await own.engine.query('begin');
  const dip = new Date(Date.now() - 20_000);
  await closeTrades(own.engine, [
    { pnl: '-220', at: `'${dip.toISOString()}'::timestamptz` },
    { pnl: '215' },
  ]);
  await own.engine.query('commit');
  await expect.poll(summaries, soon).toHaveLength(1);
  expect(summaries()[0]).toBe('Day P&L \u2212$210.00, line \u2212$50.00');
  expect(desktop.notifications()[0]?.body).toContain(minuteOf(dip));
  await running.close();
});

test('what happened while the app was closed is told at the next start, with its time', async () => {
  await closeTrades(own.engine, [{ pnl: '10' }]);
  const first = await start();
  await save(first);
  await save(first, { id: 'loss', kind: 'single-loss', threshold: '-200' });
  await first.close();
  const dip = new Date();
  await closeTrades(own.engine, [{ pnl: '-220' }, { pnl: '215' }]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const second = await start();
  await expect.poll(summaries, soon).not.toHaveLength(0);
  const told = desktop
    .notifications()
    .map(({ summary, body }) => `${summary}\n${body}`)
    .join('\n');
  expect(told).toContain('Day P&L \u2212$210.00');
  expect(told).toContain('Single loss \u2212$220.00');
  expect(told).toContain(minuteOf(dip));
  await second.close();
});

test('a restart while it fires tells nothing twice', async () => {
  await closeTrades(own.engine, [{ pnl: '10' }]);
  const first = await start();
  await save(first, { keepFiringS: 0 });
  await closeTrades(own.engine, [{ pnl: '-72.1' }]);
  await expect.poll(summaries, soon).toHaveLength(1);
  await first.close();
  const second = await start();
  await expect(second.page.getByTestId('alert-strip')).toContainText('Day P&L');
  await closeTrades(own.engine, [{ pnl: '-1' }]);
  await closeTrades(own.engine, [{ pnl: '45' }]);
  await expect.poll(summaries, soon).toHaveLength(2);
  expect(summaries()[1]).toMatch(/^Ended: /);
  await second.close();
});
