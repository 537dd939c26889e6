import { expect, test } from 'vitest';
import { emptySnapshot } from '../client/test-fixtures.ts';
import { ageText, closesText, exposureGaps, openTradesText, plural } from './words.ts';

const empty = emptySnapshot('2026-11-23T14:03:20.000000Z');
const { today } = empty;
const pnl = { kind: 'value', value: '12.5' } as const;

test('one is one, everything else is many', () => {
  expect([0, 1, 1204].map((count) => plural(count, 'close'))).toEqual([
    '0 closes',
    '1 close',
    '1,204 closes',
  ]);
  expect(plural(2, 'row contradicts itself', 'rows contradict themselves')).toBe(
    '2 rows contradict themselves',
  );
});

test('closes are all closes: W, D, L and those without P&L add up to them', () => {
  const day = { ...today, pnl, closes: 345, unscored: 1, wins: 199, draws: 1, losses: 145 };
  expect(closesText(day)).toBe('346 closes · 199 W 1 D 145 L · 1 without P&L');
  expect(closesText({ ...day, unscored: 0 })).toBe('345 closes · 199 W 1 D 145 L');
});

test('a day of closes without P&L names no outcomes, and a day without closes says so', () => {
  expect(closesText({ ...today, pnl, unscored: 1 })).toBe('1 close · 1 without P&L');
  expect(closesText({ ...today, pnl })).toBe('no closes yet');
  expect(closesText(today)).toBe('no realized P&L yet · 0 open');
});

test('an age is never printed younger than it is', () => {
  expect([0, 1, 1000, 1001, 59_001].map(ageText)).toEqual(['0 s', '1 s', '1 s', '2 s', '1 m']);
});

test('open trades say how many of them exposure and the ends leave out', () => {
  const told = (leftOut: number, outsideEnvelope: number) => {
    const exposure = { ...empty.exposure, leftOut, outsideEnvelope };
    const counts = { ...empty.counts, open: 31 };
    return [openTradesText({ ...empty, counts, exposure }), exposureGaps(exposure)];
  };
  expect(told(0, 0)).toEqual(['31 open trades', undefined]);
  expect(told(2, 2)).toEqual([
    '31 open · 2 left out',
    'Left out of exposure: 2 open trades whose cost cannot be said. Left out of best and worst case: 2 open trades with an odd price or stake.',
  ]);
  expect(told(0, 1)).toEqual([
    '31 open · ends leave out 1',
    'Left out of best and worst case: 1 open trade with an odd price or stake.',
  ]);
  expect(told(1, 2)[0]).toBe('31 open · 1 left out, 2 of ends');
});
