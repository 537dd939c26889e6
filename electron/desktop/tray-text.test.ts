import { expect, test } from 'vitest';
import type { MonitorState, MonitorStatus } from '../../shared/monitor-state.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
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
};

const loss: TrayFigures = {
  figures: { 'day-pnl': { kind: 'value', value: '-1234.5' } },
  counts: { open: 1204 },
};

const noCloses: TrayFigures = {
  figures: { 'day-pnl': { kind: 'none', value: null, reason: 'no realized P&L yet' } },
  counts: { open: 0 },
};

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
  const face = trayFace(stateOf(status, ageMs), shown, false);
  expect(face.look).toEqual({ mark, isDemo: false });
  expect(face.tooltip).toBe(tooltip);
});

test('the demo is named in tooltip, menu and icon', () => {
  const face = trayFace(stateOf({ kind: 'paused' }, 1000, 'DEMO'), figures, false);
  expect(face).toEqual({
    look: { mark: 'paused', isDemo: true },
    tooltip: 'DEMO · Paused: +$12.40 today · 3 open · 1 s ago',
    headline: 'DEMO · Today +$12.40 · 3 open (paused)',
    isPaused: true,
  });
});

test('the line in the menu does not tick', () => {
  const headlines = [0, 900, 1900].map(
    (ageMs) => trayFace(stateOf({ kind: 'watching' }, ageMs), figures, false).headline,
  );
  expect(new Set(headlines)).toEqual(new Set(['Today +$12.40 · 3 open']));
});

test('with amounts hidden no amount is in any text', () => {
  const face = trayFace(stateOf({ kind: 'watching' }, 4000), loss, true);
  expect(face.tooltip).toBe('amounts hidden · 1,204 open · 4 s ago');
  expect(face.headline).toBe('Amounts hidden · 1,204 open');
  expect(JSON.stringify(face)).not.toMatch(/\$|1,234/);
});

test('with amounts hidden and nothing read yet there is nothing to hide', () => {
  expect(trayFace(stateOf({ kind: 'starting' }, null), null, true)).toMatchObject({
    tooltip: 'no figures yet',
    headline: 'No figures yet',
  });
});
