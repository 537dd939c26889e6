import { expect, test } from 'vitest';
import { instantMs } from './instant.ts';

test('reads an instant with microseconds', () => {
  expect(instantMs('2026-11-23T14:03:22.123456Z')).toBe(Date.UTC(2026, 10, 23, 14, 3, 22, 123));
});

test('reads years of five and six digits', () => {
  expect(instantMs('12026-01-01T00:00:00.000000Z')).toBe(Date.UTC(12026, 0, 1));
  expect(instantMs('102026-01-01T00:00:00.000000Z')).toBe(Date.UTC(102026, 0, 1));
});

test('has no answer for an instant beyond what a Date holds', () => {
  expect(instantMs('294276-12-31T23:59:59.999999Z')).toBeNull();
});
