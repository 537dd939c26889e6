import { expect, test } from 'vitest';
import { maskNumbers, statusText } from './trade-words.ts';

test('a reason that quotes amounts keeps its words and loses its numbers', () => {
  const why = statusText('rejected', 'Position would exceed limit: $52.1 > $1,050');
  expect(maskNumbers(why)).toBe('rejected: Position would exceed limit: $••• > $•••');
});

test('an empty reason is told as none', () => {
  expect(statusText('failed', '')).toBe('failed: no reason given');
});
