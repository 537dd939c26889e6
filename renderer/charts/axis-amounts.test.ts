import { expect, test } from 'vitest';
import { axisAmount, axisAmountOf, roundMarks } from './axis-amounts.ts';

test('labels are short, but tell neighbours apart', () => {
  const at = (value: number, step: number) => axisAmount(value, step);
  expect(at(806, 50)).toBe('$806');
  expect(at(-26, 1)).toBe('\u2212$26');
  expect(at(0.5, 0.5)).toBe('$0.50');
  expect(at(1220, 20)).toBe('$1,220');
  expect(at(12_340, 20)).toBe('$12.34k');
  expect(at(12_000, 2000)).toBe('$12k');
  expect(at(1_000_020, 20)).toBe('$1,000,020');
  expect(at(2.5e9, 5e8)).toBe('$2.5B');
  expect(at(1.2e39, 2e38)).toBe('$1.2e+39');
  expect(at(0.0004, 0.0002)).toBe('$0.0004');
  expect(at(0, 10)).toBe('$0');
});

test('an amount between marks has two digits', () => {
  expect([-26.31, -2.637, -0.42, -1534, 0].map(axisAmountOf)).toEqual([
    '\u2212$26',
    '\u2212$2.64',
    '\u2212$0.42',
    '\u2212$1,534',
    '$0',
  ]);
});

test('marks are round and lie within', () => {
  expect(roundMarks(632, 806, 3)).toEqual({ marks: [700, 800], step: 100 });
  expect(roundMarks(-0.5, 0.5, 4).marks).toEqual([-0.5, 0, 0.5]);
});
