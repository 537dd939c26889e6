import { expect, test } from 'vitest';
import type { FailureCode } from './failure.ts';
import { freshnessOf } from './freshness.ts';
import type { MonitorState, MonitorStatus } from './monitor-state.ts';
import { watchingState } from './test-fixtures.ts';

const stateWith = (status: MonitorStatus, ageMs: number | null): MonitorState =>
  watchingState({ status, ageMs });

const failing = (code: FailureCode): MonitorStatus => ({
  kind: 'failing',
  failure: { code, cause: '', remedy: '', retry: 'backoff' },
  nextTryInMs: 1000,
  attempts: 1,
});

test.each([
  [0, 'live'],
  [2000, 'live'],
  [2001, 'late'],
  [6000, 'late'],
  [6001, 'stale'],
])('at an interval of 1 s figures of %i ms are %s', (ageMs, kind) => {
  expect(freshnessOf(stateWith({ kind: 'watching' }, ageMs), 0).kind).toBe(kind);
  expect(freshnessOf(stateWith({ kind: 'watching' }, 0), ageMs)).toEqual({ kind, ageMs });
});

test.each([
  [failing('refused'), 'disconnected'],
  [failing('table-locked'), 'stale'],
  [{ kind: 'verifying' }, 'stale'],
  [{ kind: 'paused' }, 'paused'],
  [{ kind: 'starting' }, 'starting'],
] as const)('%j is %s, however young the figures', (status, kind) => {
  const ageMs = kind === 'starting' ? null : 10;
  expect(freshnessOf(stateWith(status, ageMs), 0).kind).toBe(kind);
});
