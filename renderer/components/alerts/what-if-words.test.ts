import { expect, test } from 'vitest';
import type { WhatIf } from '../../../shared/alerts/alerts-state.ts';
import { whatIfLine, whatIfSummary } from './what-if-words.ts';

const nothing: WhatIf = {
  ...{ from: '2026-08-25T00:00:00.000000Z', days: 90, evaluated: 900, fired: 0, longestMs: 0 },
  ...{ episodes: [], reason: null },
};

test('a sentence says how often and how long', () => {
  const longestMs = 130 * 60 * 1000;
  expect(whatIfSummary({ ...nothing, fired: 4, longestMs })).toBe(
    'It would have fired 4 times in the last 90 days, longest 2 h 10 m.',
  );
  expect(whatIfSummary({ ...nothing, fired: 1 })).toBe(
    'It would have fired once in the last 90 days.',
  );
  expect(whatIfSummary(nothing)).toBe('It would not have fired in the last 90 days.');
  expect(whatIfSummary({ ...nothing, evaluated: 0 })).toMatch(/^There were no closes/);
  expect(whatIfSummary({ ...nothing, reason: 'It looks at no closes.' })).toBe(
    'Nothing can be said. It looks at no closes.',
  );
});

test('a line says when, of what and how bad', () => {
  const episode = {
    ...{ scope: 'btc-arb', start: '2026-10-12T03:12:00.000000Z', end: null },
    ...{ endReason: null, worst: '-62' },
  };
  const now = '2026-11-23T00:00:00.000000Z';
  expect(whatIfLine({ kind: 'day-pnl-low' }, episode, { zone: 'UTC', now })).toBe(
    '12 Oct 03:12 btc-arb, worst −$62.00, lasts',
  );
});
