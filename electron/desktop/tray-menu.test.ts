import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import type { AlertsState, CurrentAlert } from '../../shared/alerts/alerts-state.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import type { Severity } from '../../shared/alerts/rule.ts';
import { alertsText, trayAlerts } from './tray-alerts.ts';
import { type TrayMenuActions, type TrayMenuState, trayMenu } from './tray-menu.ts';

type Item = MenuItemConstructorOptions;

const acked = { at: '2026-11-23T14:05:00.000000Z', by: 'desk-1', note: '' };

const episode = (id: string, severity: Severity, change: Partial<Episode> = {}): Episode => ({
  ...{ id, ruleId: 'day', scope: null, kind: 'day-pnl-low', name: 'Day P&L', severity },
  ...{ what: 'breach', threshold: '-50', day: '2026-11-23' },
  start: { at: '2026-11-23T14:03:22.000000Z', value: '-62' },
  worst: { at: '2026-11-23T14:03:22.000000Z', value: '-62' },
  ...{ end: null, endReason: null, isLate: false, snapshotId: '1', isTold: true },
  ...{ isEndTold: false, acked: null, plan: '', deliveries: [], orders: [] },
  ...change,
});

const current = (of: Episode): CurrentAlert => ({
  ...{ episode: of, state: 'firing', value: '-62', degraded: null },
  ...{ snoozedUntil: null, isFlapping: false },
});

const alertsOf = (change: Partial<AlertsState> = {}): AlertsState => ({
  ...{ isReady: true, current: [], rules: [], recent: [], unacked: 0, snoozedUntil: null },
  delivery: {
    quietHours: null,
    webhook: { preset: 'off', url: '', from: 'warning' },
    tellsDailyClose: false,
  },
  ...{ hasWebhookSecret: false, offersPresets: false, dailyCloses: [], warnings: [] },
  ...change,
});

let done: unknown[];

const note =
  (name: string) =>
  (...given: unknown[]): void =>
    void done.push([name, ...given]);

const actions: TrayMenuActions = {
  ...{ open: note('open'), openAlert: note('openAlert'), ackAll: note('ackAll') },
  ...{ snooze: note('snooze'), refresh: note('refresh'), setPaused: note('setPaused') },
  ...{ toggleMini: note('toggleMini'), openSettings: note('openSettings'), quit: note('quit') },
};

const menu = (alerts: AlertsState, change: Partial<TrayMenuState> = {}): Item[] =>
  trayMenu(actions, {
    ...{ headline: 'Today +$12.40 · 3 open', isPaused: false, alerts, isMiniOpen: false },
    ...{ zone: 'UTC', ...change },
  });

const labels = (items: readonly Item[]): string[] => items.flatMap(({ label }) => label ?? []);

const choose = (items: readonly Item[], wanted: string): void => {
  const item = items.find(({ label }) => label === wanted);
  if (item?.click === undefined) throw new Error(`There is no item "${wanted}".`);
  Reflect.apply(item.click, item, []);
};

beforeEach(() => {
  done = [];
});

const usual = [
  ...['Snooze alerts', 'Pause', 'Refresh now', 'Open Plumbline', 'Mini window', 'Settings…'],
  'Quit',
];

test('when all is quiet it has what can always be done', () => {
  const items = menu(alertsOf());
  expect(labels(items)).toEqual(['Today +$12.40 · 3 open', ...usual]);
  for (const label of usual.slice(1)) choose(items, label);
  expect(done).toEqual([
    ['setPaused', true],
    ...['refresh', 'open', 'toggleMini', 'openSettings', 'quit'].map((name) => [name]),
  ]);
});

test('three alerts at most, those of now first, each of which opens', () => {
  const now = [episode('a', 'critical'), episode('b', 'warning', { acked, scope: 'mean & fast' })];
  const before = [episode('c', 'info', { name: 'Single win' }), episode('d', 'critical')];
  const alerts = alertsOf({ current: now.map(current), recent: [...now, ...before] });
  const items = menu(alerts);
  expect(labels(items).slice(1, 5)).toEqual([
    'Critical: Day P&&L · 14:03',
    'Acknowledged: Day P&&L · mean && fast · 14:03',
    'Ended: Single win · 14:03',
    'Acknowledge all',
  ]);
  for (const label of labels(items).slice(1, 5)) choose(items, label);
  expect(done).toEqual([['openAlert', 'a'], ['openAlert', 'b'], ['openAlert', 'c'], ['ackAll']]);
});

test('what is acknowledged waits for nobody', () => {
  const alerts = alertsOf({ current: [current(episode('a', 'critical', { acked }))] });
  expect(labels(menu(alerts))).not.toContain('Acknowledge all');
});

test('before the first evaluation nothing is told as of now', () => {
  const was = episode('a', 'critical');
  const alerts = alertsOf({ isReady: false, current: [current(was)], recent: [] });
  expect(labels(menu(alerts))).toEqual(['Today +$12.40 · 3 open', ...usual]);
  expect(trayAlerts(alerts)).toEqual({ worst: null, count: 0 });
});

test('alerts are snoozed for a while, and that is ended by hand', () => {
  const until = { snoozedUntil: '2026-11-23T14:30:00.000000Z' };
  const snoozed = menu(alertsOf(until), { zone: 'Europe/Berlin' });
  expect(labels(snoozed).slice(1, 3)).toEqual(['Snoozed until 15:30 – end now', 'Snooze alerts']);
  choose(snoozed, 'Snoozed until 15:30 – end now');
  const choices = snoozed.find(({ label }) => label === 'Snooze alerts')?.submenu;
  if (!Array.isArray(choices)) throw new Error('There is no submenu.');
  for (const label of ['15 minutes', '1 hour', 'Until tomorrow']) choose(choices, label);
  expect(done).toEqual([null, 15, 60, 'tomorrow'].map((given) => ['snooze', given]));
});

test('alerts that read the same make another menu all the same', () => {
  const of = (id: string) => menu(alertsOf({ current: [current(episode(id, 'critical'))] }));
  expect(JSON.stringify(of('a'))).not.toBe(JSON.stringify(of('b')));
  expect(JSON.stringify(of('a'))).toBe(JSON.stringify(of('a')));
});

test('a paused monitor can be resumed, and a mini window that is open is ticked', () => {
  const items = menu(alertsOf(), { isPaused: true, isMiniOpen: true });
  choose(items, 'Resume');
  expect(done).toEqual([['setPaused', false]]);
  expect(items.find(({ label }) => label === 'Refresh now')?.enabled).toBe(false);
  expect(items.find(({ label }) => label === 'Mini window')?.checked).toBe(true);
});

test.each([
  [['critical', 'warning', 'info'], '1 critical alert'],
  [['critical', 'critical'], '2 critical alerts'],
  [['warning', 'info'], '1 warning'],
  [['info', 'info'], '2 notices'],
  [[], null],
] as const)('of %j the tooltip says %s', (severities, said) => {
  const alerts = severities.map((severity, index) => current(episode(`${index}`, severity)));
  expect(alertsText(trayAlerts(alertsOf({ current: alerts })))).toBe(said);
});
