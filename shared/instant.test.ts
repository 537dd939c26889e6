import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareInstants, instantMs, instantOfMs } from './instant.ts';

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

test('reads the year 0 and those before it, rounding down', () => {
  expect(instantMs('-000043-03-15T00:00:00.000000Z')).toBe(Date.UTC(-43, 2, 15));
  expect(instantMs('-004712-01-01T00:00:00.000000Z')).toBe(Date.UTC(-4712, 0, 1));
  expect(instantMs('-000000-03-01T00:00:00.000000Z')).toBe(Date.parse('0000-03-01T00:00:00Z'));
  expect(instantMs('-000043-03-15T00:00:00.000999Z')).toBe(Date.UTC(-43, 2, 15));
  expect(instantMs('1969-12-31T23:59:59.999999Z')).toBe(-1);
});

test('writes what it reads', () => {
  const anyMs = fc.integer({ min: Date.UTC(-4712, 0, 1), max: 8.64e15 });
  fc.assert(
    fc.property(anyMs, (ms) => {
      expect(instantMs(instantOfMs(ms))).toBe(ms);
    }),
  );
  expect(instantOfMs(Date.UTC(12026, 0, 1))).toBe('12026-01-01T00:00:00.000000Z');
  expect(instantOfMs(Date.UTC(102026, 0, 1))).toBe('102026-01-01T00:00:00.000000Z');
});

test('compares exactly, across eras and beyond what a Date holds', () => {
  const ascending = [
    ...['-004712-01-01T00:00:00.000000Z', '-000043-03-14T00:00:00.000000Z'],
    ...['-000043-03-15T00:00:00.000000Z', '-000000-01-01T00:00:00.000000Z'],
    ...['0001-01-01T00:00:00.000000Z', '2026-11-23T14:03:22.123456Z'],
    ...['2026-11-23T14:03:22.123457Z', '12026-01-01T00:00:00.000000Z'],
    ...['102026-01-01T00:00:00.000000Z', '294276-12-31T23:59:59.999998Z'],
    '294276-12-31T23:59:59.999999Z',
  ];
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) {
      expect(Math.sign(compareInstants(a, b))).toBe(Math.sign(i - j));
    }
  }
});
