import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { emptyRule, type Rule } from '../../shared/alerts/rule.ts';
import { launchApp, type RunningApp, temporaryHome } from './app.ts';
import { type FakeDesktop, startFakeDesktop } from './session-bus.ts';
import { startTestLedger, type TestLedger } from './test-ledger.ts';
import { expectFreshness } from './traded-app.ts';

/** A desktop, a ledger and a home for several starts of the app. */
export interface AlertDesk {
  readonly desktop: FakeDesktop;
  readonly own: TestLedger;
  readonly home: string;
  /** Starts the app, and waits until its rules were looked at. */
  start(options?: DeskStart): Promise<RunningApp>;
  /** Titles of the notifications that arrived. */
  titles(): string[];
  close(): Promise<void>;
}

/** How to start the app at a desk. */
export interface DeskStart {
  /** As often as it may without one. */
  readonly refreshMs?: number;
  /** The desk's own ledger without one. */
  readonly databaseUrl?: string;
}

/** After a start or a change the duty cycle may rest for some seconds, on a busy machine for more. */
export const soon = { timeout: 120_000 };

export async function openAlertDesk(): Promise<AlertDesk> {
  const desktop = await startFakeDesktop();
  const own = await startTestLedger();
  const home = temporaryHome();
  return {
    ...{ desktop, own, home },
    start: async ({ refreshMs = 250, databaseUrl = own.server.readerUrl } = {}) => {
      const env = { PLUMBLINE_REFRESH_MS: String(refreshMs) };
      const running = await launchApp({ home, databaseUrl, env });
      await expectFreshness(running, 'live');
      await expect.poll(async () => (await alertsOf(running)).isReady, soon).toBe(true);
      return running;
    },
    titles: () => desktop.notifications().map(({ summary }) => summary),
    close: async () => {
      desktop.close();
      await own.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Where the alerts stand, as the page is told. */
export const alertsOf = ({ page }: RunningApp): Promise<AlertsState> =>
  page.evaluate(async () => {
    const answer = await window.plumbline.alerts.state();
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  });

/** Saves a rule on the day's P&L with changes; it is evaluated at every close from then on. */
export async function saveRule(running: RunningApp, change: Partial<Rule> = {}): Promise<Rule> {
  const rule: Rule = { ...emptyRule('line', 'day-pnl-low'), threshold: '-50', ...change };
  const answer = await running.page.evaluate((one) => window.plumbline.alerts.saveRule(one), rule);
  expect(answer).toEqual({ ok: true, value: [] });
  const looks = async (): Promise<number> =>
    (await alertsOf(running)).rules.find(({ rule: one }) => one.id === rule.id)?.count ?? 0;
  await expect.poll(looks, soon).toBeGreaterThan(0);
  return rule;
}

/** A home's trading day becomes one in whose zone it is about noon: no rollover comes near. Its zone. */
export async function setNoonZone(home: string): Promise<string> {
  const offset = 12 - new Date().getUTCHours();
  const zone = offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
  const settings = { version: 1, tradingDay: { zone, rollHour: 0 } };
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'settings.json'), JSON.stringify(settings));
  return zone;
}
