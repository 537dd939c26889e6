import { expect, test } from 'vitest';
import { lastDaysStart, rangeStart } from './range-days.ts';
import { tradingDayNamed } from './trading-day.ts';

const rule = { zone: 'America/New_York', rollHour: 17 };
const today = tradingDayNamed('2026-03-10', rule);

// New York left winter time on 8 March 2026: 17:00 was 22:00 UTC before, 21:00 UTC since.
test.each([
  ['today', '2026-03-10T21:00:00.000000Z'],
  ['7d', '2026-03-04T22:00:00.000000Z'],
  ['30d', '2026-02-09T22:00:00.000000Z'],
  ['mtd', '2026-03-01T22:00:00.000000Z'],
  ['ytd', '2026-01-01T22:00:00.000000Z'],
  ['all', null],
] as const)('%s starts at %s', (range, start) => {
  expect(rangeStart(range, today, rule)).toBe(start);
});

test('on the first of the year, month and year start today', () => {
  const first = tradingDayNamed('2026-01-01', rule);
  expect(rangeStart('mtd', first, rule)).toBe(first.start);
  expect(rangeStart('ytd', first, rule)).toBe(first.start);
});

test('a number of days counts today, and dates that the calendar leaves out are no days', () => {
  expect(lastDaysStart(1, today, rule)).toBe(today.start);
  const apia = { zone: 'Pacific/Apia', rollHour: 0 };
  const newYear = tradingDayNamed('2012-01-01', apia);
  expect(lastDaysStart(3, newYear, apia)).toBe('2011-12-29T10:00:00.000000Z');
  expect(() => lastDaysStart(0, today, rule)).toThrow('Not a number of days: 0');
});
