import { expect, test } from 'vitest';
import { closeRowsOf, instantFromText } from './closes.ts';

test.each([
  ['2026-11-23 14:03:22.123456+00', '2026-11-23T14:03:22.123456Z'],
  ['2026-11-23 14:03:22.1+00', '2026-11-23T14:03:22.100000Z'],
  ['2026-11-23 14:03:22+00', '2026-11-23T14:03:22.000000Z'],
  ['12026-11-23 14:03:22+00', '12026-11-23T14:03:22.000000Z'],
  ['0044-03-15 00:00:00+00 BC', '-000043-03-15T00:00:00.000000Z'],
  ['0001-03-15 00:00:00+00 BC', '000000-03-15T00:00:00.000000Z'],
])('%s is the instant %s', (text, instant) => {
  expect(instantFromText(text)).toBe(instant);
});

test.each(['infinity', '2026-11-23 14:03:22.123456+01', ''])('%s is refused', (text) => {
  expect(() => instantFromText(text)).toThrow(RangeError);
});

test('hold times are exact to the microsecond, and left out where a time is no point in time', () => {
  const resolved = '2026-11-23 14:03:22.000001+00';
  const hold = (created: string | null) =>
    closeRowsOf([{ resolved, pnl: '1', created }])[0]?.holdUs;
  expect(hold('2026-11-23 14:03:21.999999+00')).toBe('2');
  expect(hold('2026-11-23 14:03:22.000003+00')).toBe('-2');
  expect(hold('0044-03-15 00:00:00+00 BC')).toBe('65313266602000001');
  expect(hold('-infinity')).toBeNull();
  expect(hold(null)).toBeNull();
});
