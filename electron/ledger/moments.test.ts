import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareInstants } from '../../shared/instant.ts';
import { compareMoments, instantAt, momentFromText } from './moments.ts';
import { instantAtUs } from './test-support/closes.ts';

const secondsADay = 86_400;
const first = -210_866_803_200;
const last = 9_224_318_015_999;

const anyMoment = fc.record({
  seconds: fc.oneof(fc.integer({ min: first, max: last }), fc.integer({ min: -1e9, max: 4e9 })),
  micros: fc.integer({ min: 0, max: 999_999 }),
});

test('a moment survives its own text, as far as PostgreSQL knows times', () => {
  fc.assert(
    fc.property(anyMoment, (moment) => {
      expect(momentFromText(instantAt(moment))).toEqual(moment);
    }),
    { numRuns: 2000 },
  );
});

test('within what a Date holds, the text is that of a Date', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -62_000_000_000, max: 8_000_000_000_000 }),
      fc.nat(999_999),
      (seconds, micros) => {
        const us = BigInt(seconds) * 1_000_000n + BigInt(micros);
        expect(instantAt({ seconds, micros })).toBe(instantAtUs(us));
      },
    ),
  );
});

test('moments are ordered as their texts are', () => {
  fc.assert(
    fc.property(anyMoment, anyMoment, (a, b) => {
      const byText = compareInstants(instantAt(a), instantAt(b));
      // Before the year 0, later years have the smaller texts; the contract compares them as numbers.
      expect(Math.sign(compareMoments(a, b))).toBe(Math.sign(byText));
    }),
  );
});

test('PostgreSQL’s own texts are read', () => {
  expect(momentFromText('2026-11-23 14:03:22.1+00')).toEqual({
    ...{ seconds: Date.UTC(2026, 10, 23, 14, 3, 22) / 1000, micros: 100_000 },
  });
  expect(instantAt(momentFromText('0044-03-15 12:00:00+00 BC'))).toBe(
    '-000043-03-15T12:00:00.000000Z',
  );
  expect(instantAt(momentFromText('0001-03-01 00:00:00+00 BC'))).toBe(
    '000000-03-01T00:00:00.000000Z',
  );
  expect(momentFromText('1970-01-02 00:00:00+00').seconds).toBe(secondsADay);
  expect(() => momentFromText('infinity')).toThrow('Not a UTC timestamp');
});
