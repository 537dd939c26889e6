import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDecimals,
  canonicalDecimal,
  compareDecimals,
  type Decimal,
  divideDecimals,
  parseDecimal,
  printDecimal,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts';

const decimal: fc.Arbitrary<Decimal> = fc.record({
  units: fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }),
  scale: fc.integer({ min: 0, max: 40 }),
});

test('what is printed reads back as the same number, in one form', () => {
  fc.assert(
    fc.property(decimal, (value) => {
      const text = printDecimal(value);
      expect(text).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
      expect(text).not.toBe('-0');
      expect(compareDecimals(parseDecimal(text), value)).toBe(0);
      expect(canonicalDecimal(text)).toBe(text);
    }),
  );
});

test('sums are exact: (a + b) − b = a at any scale', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(printDecimal(subtractDecimals(addDecimals(a, b), b))).toBe(printDecimal(a));
    }),
  );
});

test('rounding errs by half a unit at most', () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: 0, max: 12 }), (value, decimals) => {
      const error = subtractDecimals(roundDecimal(value, decimals), value);
      const doubled = {
        units: error.units < 0n ? -2n * error.units : 2n * error.units,
        scale: error.scale,
      };
      expect(compareDecimals(doubled, { units: 1n, scale: decimals })).toBeLessThanOrEqual(0);
    }),
  );
});

test.each([
  ['0.005', 2, '0.01'],
  ['-0.005', 2, '-0.01'],
  ['0.0049999', 2, '0'],
  ['2.5', 0, '3'],
  ['-2.5', 0, '-3'],
])('%s rounds half away from zero at %i places to %s', (text, decimals, expected) => {
  expect(printDecimal(roundDecimal(parseDecimal(text), decimals))).toBe(expected);
});

test.each([
  ['2', '3', 15, '0.666666666666667'],
  ['-1', '8', 2, '-0.13'],
  ['1', '0.25', 0, '4'],
])('%s / %s at %i places is %s', (a, b, decimals, expected) => {
  expect(printDecimal(divideDecimals(parseDecimal(a), parseDecimal(b), decimals))).toBe(expected);
});

test.each(['NaN', 'Infinity', '-Infinity', '1e5', '', ' 1', '0x10', '1.2.3', '.5'])(
  '%j is no plain decimal',
  (text) => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  },
);
