import { expect, test } from 'vitest';
import type { MonitorState, MonitorStatus } from '../../shared/monitor-state.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import type { TrayAlerts } from './tray-alerts.ts';
import { type TrayFigures, trayFace } from './tray-text.ts';

const failing = (code: 'unreachable' | 'table-locked'): MonitorStatus => ({
  kind: 'failing',
  failure: { code, cause: 'Why.', remedy: '', retry: 'backoff' },
  nextTryInMs: 4000,
  attempts: 2,
});

const stateOf = (
  status: MonitorStatus,
  ageMs: number | null,
  label: MonitorState['profile']['label'] = 'LEDGER',
): MonitorState =>
  watchingState({
    status,
    sequence: ageMs === null ? 0 : 1,
    asOf: null,
    ageMs,
    profile: { name: 'ledger', label, host: '127.0.0.1:5432' },
  });

const figures: TrayFigures = {
  figures: { 'day-pnl': { kind: 'value', value: '12.4' } },
  counts: { open: 3 },
  day: { zone: 'UTC' },
};

const loss: TrayFigures = {
  figures: { 'day-pnl': { kind: 'value', value: '-1234.5' } },
  counts: { open: 1204 },
  day: { zone: 'UTC' },
};

const noCloses: TrayFigures = {
  figures: { 'day-pnl': { kind: 'none', value: null, reason: 'no realized P&L yet' } },
  counts: { open: 0 },
  day: { zone: 'UTC' },
};

const quiet: TrayAlerts = { worst: null, count: 0 };

const faceOf = (
  state: MonitorState,
  snapshot: TrayFigures | null,
  { alerts = quiet, hidesAmounts = false } = {},
) => trayFace({ state, snapshot, alerts, hidesAmounts });

test.each([
  ['live', { kind: 'watching' }, 1500, figures, '+$12.40 today · 3 open · 1 s ago'],
  ['late', { kind: 'watching' }, 4200, figures, '+$12.40 today · 3 open · 4 s ago'],
  ['stale', { kind: 'watching' }, 9000, figures, 'Stale: +$12.40 today · 3 open · 9 s ago'],
  ['stale', { kind: 'verifying' }, 500, figures, 'Stale: +$12.40 today · 3 open · 0 s ago'],
  ['stale', failing('table-locked'), 500, figures, 'Stale: +$12.40 today · 3 open · 0 s ago'],
  [
    'disconnected',
    failing('unreachable'),
    360_000,
    loss,
    'Disconnected: −$1,234.50 today · 1,204 open · 6 m ago',
  ],
  ['disconnected', failing('unreachable'), null, null, 'Disconnected: no figures yet'],
  ['paused', { kind: 'paused' }, 60_000, figures, 'Paused: +$12.40 today · 3 open · 1 m ago'],
  ['starting', { kind: 'starting' }, null, null, 'no figures yet'],
  ['live', { kind: 'watching' }, 0, noCloses, '— today · 0 open · 0 s ago'],
] as const)('a %s ledger says so by icon and tooltip', (mark, status, ageMs, shown, tooltip) => {
  const face = faceOf(stateOf(status, ageMs), shown);
  expect(face.look).toEqual({ mark, isDemo: false });
  expect(face.tooltip).toBe(tooltip);
});

test('the demo is named in tooltip, menu and icon', () => {
  const face = faceOf(stateOf({ kind: 'paused' }, 1000, 'DEMO'), figures);
  expect(face).toEqual({
    look: { mark: 'paused', isDemo: true },
    tooltip: 'DEMO · Paused: +$12.40 today · 3 open · 1 s ago',
    headline: 'DEMO · Today +$12.40 · 3 open (paused)',
    isPaused: true,
  });
});

test('the line in the menu does not tick', () => {
  const headlines = [0, 900, 1900].map(
    (ageMs) => faceOf(stateOf({ kind: 'watching' }, ageMs), figures).headline,
  );
  expect(new Set(headlines)).toEqual(new Set(['Today +$12.40 · 3 open']));
});

test('with amounts hidden no amount is in any text', () => {
  const face = faceOf(stateOf({ kind: 'watching' }, 4000), loss, { hidesAmounts: true });
  expect(face.tooltip).toBe('amounts hidden · 1,204 open · 4 s ago');
  expect(face.headline).toBe('Amounts hidden · 1,204 open');
  expect(JSON.stringify(face)).not.toMatch(/\$|1,234/);
});

test('with amounts hidden and nothing read yet there is nothing to hide', () => {
  expect(faceOf(stateOf({ kind: 'starting' }, null), null, { hidesAmounts: true })).toMatchObject({
    tooltip: 'no figures yet',
    headline: 'No figures yet',
  });
});

const critical: TrayAlerts = { worst: 'critical', count: 1 };
const warning: TrayAlerts = { worst: 'warning', count: 2 };
const info: TrayAlerts = { worst: 'info', count: 1 };

test.each([
  ['critical', { kind: 'watching' }, 1500, critical, '1 critical alert · +$12.40 today'],
  ['critical', { kind: 'watching' }, 4200, critical, '1 critical alert · +$12.40 today'],
  ['warning', { kind: 'watching' }, 4200, warning, '2 warnings · +$12.40 today'],
  ['live', { kind: 'watching' }, 1500, info, '1 notice · +$12.40 today'],
  ['late', { kind: 'watching' }, 4200, info, '1 notice · +$12.40 today'],
  ['stale', { kind: 'watching' }, 9000, critical, '1 critical alert · Stale: +$12.40 today'],
  [
    ...(['disconnected', failing('unreachable'), 9000, critical] as const),
    '1 critical alert · Disconnected: +$12.40 today',
  ],
  ['paused', { kind: 'paused' }, 9000, warning, '2 warnings · Paused: +$12.40 today'],
] as const)(
  '%s is the worst of the freshness and the alerts',
  (mark, status, ageMs, alerts, said) => {
    const face = faceOf(stateOf(status, ageMs), figures, { alerts });
    expect(face.look.mark).toBe(mark);
    expect(face.tooltip.startsWith(said)).toBe(true);
    expect(face.headline).toBe(faceOf(stateOf(status, ageMs), figures).headline);
  },
);

test('an alert of the demo is named as such', () => {
  const state = stateOf({ kind: 'watching' }, 4000, 'DEMO');
  expect(faceOf(state, figures, { alerts: critical }).tooltip).toBe(
    'DEMO · 1 critical alert · +$12.40 today · 3 open · 4 s ago',
  );
});
