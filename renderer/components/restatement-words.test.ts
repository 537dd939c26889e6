import { expect, test } from 'vitest';
import type { Restatement } from '../../shared/snapshot.ts';
import { wordsOf } from './restatement-words.ts';

const restatement = (change: Partial<Restatement>): Restatement => ({
  ...{ at: '2026-11-23T14:03:20.000000Z', found: 'sweep', days: [], rows: [], rowsChanged: 0 },
  ...change,
});

test.each([
  [{ days: [{ name: '2026-11-22', pnl: '-4.1', closes: 0 }] }, '−$4.10'],
  [{ days: [{ name: '2026-11-22', pnl: '0', closes: -2 }] }, '2 closes'],
  [{ rowsChanged: 3 }, '3 closes restated'],
  [{}, 'counts restated'],
])('a restatement is told by its money, else by its rows: %#', (change, words) => {
  expect(wordsOf(restatement(change))).toContain(words);
});

test('the latest day stands for the others', () => {
  const days = ['2026-11-20', '2026-11-21'].map((name) => ({ name, pnl: '1', closes: 1 }));
  const words = wordsOf(restatement({ days }));
  expect(words).toContain('21 Nov');
  expect(words).toContain('and 1 more day');
});
