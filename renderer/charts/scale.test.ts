import { expect, test } from 'vitest';
import { scaleAroundZero } from './scale.ts';

test('the marks are round, hold all values, and one of them is exactly zero', () => {
  const scale = scaleAroundZero([46.9, -32.1, 0.4], 4);
  expect(scale.marks).toEqual([-40, -20, 0, 20, 40, 60]);
  expect(scale.at(60)).toBe(0);
  expect(scale.at(-40)).toBe(1);
  expect(scaleAroundZero([0.31, -0.07], 4).marks).toContain(0);
});

test('gains alone stand on the zero line', () => {
  expect(scaleAroundZero([3, 9], 4)).toMatchObject({ low: 0, high: 10 });
});

test('nothing but zeros is a line in the middle', () => {
  const scale = scaleAroundZero([0, 0], 4);
  expect(scale.marks).toEqual([0]);
  expect(scale.at(0)).toBe(0.5);
});

test('values beyond a float draw a line instead of breaking the drawing', () => {
  expect(scaleAroundZero([Number('9'.repeat(400))], 4).at(1)).toBe(0.5);
});
