import { expect, test } from 'vitest';
import type { MonitorStatus } from '../../shared/monitor-state.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { asOfView, databaseNowMs, freshnessOfView, nextTryMs } from './judge-view.ts';
import type { MonitorView } from './monitor-store.ts';
import { emptySnapshot } from './test-fixtures.ts';

const refused: MonitorStatus = {
  kind: 'failing',
  failure: { code: 'refused', cause: 'Nothing accepts connections.', remedy: '', retry: 'backoff' },
  nextTryInMs: 4000,
  attempts: 2,
};

const confirmed = { state: watchingState(), at: 0 };

function viewOf(change: Partial<MonitorView>): MonitorView {
  const figures = {
    snapshot: emptySnapshot('2026-11-23T14:03:20.000000Z'),
    sequence: 1,
    confirmedBy: confirmed,
  };
  return { latest: confirmed, figures, refreshing: false, callError: null, ...change };
}

test('nothing heard yet is starting, not stale', () => {
  expect(freshnessOfView(viewOf({ latest: null, figures: null }), 90_000).kind).toBe('starting');
});

test('without figures on screen nothing is live, whatever main says', () => {
  expect(freshnessOfView(viewOf({ figures: null }), 0).kind).toBe('starting');
  const failing = { state: watchingState({ status: refused }), at: 0 };
  expect(freshnessOfView(viewOf({ latest: failing, figures: null }), 0).kind).toBe('disconnected');
});

test('figures that could not be renewed keep ageing while main goes on', () => {
  const newer = { state: watchingState({ sequence: 2 }), at: 10_000 };
  const view = viewOf({ latest: newer });
  expect(freshnessOfView(view, 10_000)).toEqual({ kind: 'stale', ageMs: 10_000 });
  expect(asOfView(view)).toBe('2026-11-23T14:03:20.000000Z');
});

test('a push that is newer than the tick does not make an age negative', () => {
  const view = viewOf({ figures: { ...figuresOf(), confirmedBy: { ...confirmed, at: 500 } } });
  expect(freshnessOfView(view, 0)).toEqual({ kind: 'live', ageMs: 0 });
});

test('the countdown ticks down to zero and stays there', () => {
  const failing = { state: watchingState({ status: refused }), at: 0 };
  const view = viewOf({ latest: failing });
  expect([0, 1500, 4000, 9000].map((nowMs) => nextTryMs(view, nowMs))).toEqual([4000, 2500, 0, 0]);
  expect(nextTryMs(viewOf({}), 0)).toBeNull();
});

test('the database clock goes on by the monotonic clock, not by the wall clock', () => {
  const asOfMs = Date.parse('2026-11-23T14:03:20Z');
  const latest = { state: watchingState({ ageMs: 300, clockSkewMs: 86_400_000 }), at: 1000 };
  expect(databaseNowMs(viewOf({ latest }), 3000)).toBe(asOfMs + 300 + 2000);
  const unheard = { state: watchingState({ asOf: null, ageMs: null }), at: 0 };
  expect(databaseNowMs(viewOf({ latest: unheard }), 0)).toBeNull();
});

function figuresOf() {
  return { snapshot: emptySnapshot('2026-11-23T14:03:20.000000Z'), sequence: 1 };
}
