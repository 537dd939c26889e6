import { expect, test } from 'vitest';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import type { MonitorView } from '../client/monitor-store.ts';
import { paceMeaning, paceText } from './pace-words.ts';

const viewOf = (change: Partial<MonitorState>): MonitorView => ({
  latest: { state: watchingState(change), at: 0 },
  figures: null,
  refreshing: false,
  callError: null,
});

test('the wished pace is not worth a word, a stretched one is', () => {
  expect(paceText(viewOf({ intervalMs: 1500 }), 0)).toBe('');
  expect(paceMeaning(viewOf({}))).toBeUndefined();
  const stretched = viewOf({ intervalMs: 4800 });
  expect(paceText(stretched, 0)).toBe('every 5 s');
  expect(paceMeaning(stretched)).toMatch(/^Slower than wished \(1 s\), so that at most 2 %/);
});

test('a refresh that was asked for counts down and then runs', () => {
  const asked = viewOf({ intervalMs: 4800, askedInMs: 2500 });
  expect([0, 600, 1500, 2500, 9000].map((nowMs) => paceText(asked, nowMs))).toEqual([
    'refresh in 3 s',
    'refresh in 2 s',
    'refresh in 1 s',
    'refreshing',
    'refreshing',
  ]);
});

test('a paused monitor has no pace', () => {
  expect(paceText(viewOf({ status: { kind: 'paused' }, intervalMs: 4800 }), 0)).toBe('');
});
