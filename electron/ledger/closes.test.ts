import { expect, test } from 'vitest';
import { closesOf } from './closes.ts';

test('hold times are exact to the microsecond, and left out where a time is no point in time', () => {
  const resolved = '2026-11-23 14:03:22.000001+00';
  const hold = (created: string | null) => closesOf([{ resolved, pnl: '1', created }])[0]?.hold;
  expect(hold('2026-11-23 14:03:21.999999+00')).toEqual({ seconds: 0, micros: 2 });
  expect(hold('2026-11-23 14:03:22.000003+00')).toEqual({ seconds: -1, micros: 999_998 });
  expect(hold('0044-03-15 00:00:00+00 BC')).toEqual({ seconds: 65_313_266_602, micros: 1 });
  expect(hold('-infinity')).toBeNull();
  expect(hold(null)).toBeNull();
});
