import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantMs, instantOfMs } from './instant.ts';
import { isZone, lastTradingDays, tradingDayAt, tradingDayNamed } from './trading-day.ts';

const hourMs = 60 * 60 * 1000;
const utc = { zone: 'UTC', rollHour: 0 };
const newYork = { zone: 'America/New_York', rollHour: 0 };

const msOf = (instant: string): number => instantMs(instant) ?? Number.NaN;

const hoursOf = ({ start, end }: { start: string; end: string }): number =>
  (msOf(end) - msOf(start)) / hourMs;

test('a day is half-open and named by its start', () => {
  expect(tradingDayAt('2026-11-23T23:59:59.999999Z', utc)).toEqual({
    ...{ name: '2026-11-23', zone: 'UTC' },
    ...{ start: '2026-11-23T00:00:00.000000Z', end: '2026-11-24T00:00:00.000000Z' },
  });
  expect(tradingDayAt('2026-11-24T00:00:00.000000Z', utc).name).toBe('2026-11-24');
});

test('before the roll hour it is still the day before, to the microsecond', () => {
  const rule = { zone: 'America/New_York', rollHour: 17 };
  expect(tradingDayAt('2026-11-23T21:59:59.999999Z', rule)).toEqual({
    ...{ name: '2026-11-22', zone: 'America/New_York' },
    ...{ start: '2026-11-22T22:00:00.000000Z', end: '2026-11-23T22:00:00.000000Z' },
  });
  expect(tradingDayAt('2026-11-23T22:00:00.000000Z', rule).name).toBe('2026-11-23');
});

// Each from the zone's published rules.
test.each([
  ['23 h, spring forward', 'America/New_York', 0, '2026-03-08', '2026-03-08T05:00', 23],
  ['25 h, fall back', 'America/New_York', 0, '2026-11-01', '2026-11-01T04:00', 25],
  ['the roll time is skipped', 'America/New_York', 2, '2026-03-08', '2026-03-08T07:00', 23],
  ['the day before it is whole', 'America/New_York', 2, '2026-03-07', '2026-03-07T07:00', 24],
  ['the roll time occurs twice', 'America/New_York', 1, '2026-11-01', '2026-11-01T05:00', 25],
  ['half an hour less', 'Australia/Lord_Howe', 0, '2026-10-04', '2026-10-03T13:30', 23.5],
  ['half an hour more', 'Australia/Lord_Howe', 0, '2026-04-05', '2026-04-04T13:00', 24.5],
  ['midnight is skipped', 'America/Sao_Paulo', 0, '2018-11-04', '2018-11-04T03:00', 23],
  ['set back at midnight', 'America/Sao_Paulo', 0, '2018-02-17', '2018-02-17T02:00', 25],
  ['midnight occurs twice', 'America/Havana', 0, '2025-11-02', '2025-11-02T04:00', 25],
  ['midnight is skipped', 'America/Havana', 0, '2025-03-09', '2025-03-09T05:00', 23],
  ['Ramadan begins', 'Africa/Casablanca', 0, '2024-03-10', '2024-03-09T23:00', 25],
  ['Ramadan ends', 'Africa/Casablanca', 0, '2024-04-14', '2024-04-14T00:00', 23],
  ['45 minutes', 'Asia/Kathmandu', 0, '2026-11-23', '2026-11-22T18:15', 24],
  ['set back to the day before', 'America/St_Johns', 0, '2010-11-07', '2010-11-07T02:30', 25],
])('%s: %s at %i, %s', (_, zone, rollHour, name, start, hours) => {
  const day = tradingDayNamed(name, { zone, rollHour });
  expect(day).toMatchObject({ name, zone, start: `${start}:00.000000Z` });
  expect(hoursOf(day)).toBe(hours);
});

test('where the clock is set back over the roll time, the day has begun for good', () => {
  // 00:01 became 23:01 of the day before, an hour that belongs to the day that has begun.
  const rule = { zone: 'America/St_Johns', rollHour: 0 };
  expect(tradingDayAt('2010-11-07T02:45:00.000000Z', rule).name).toBe('2010-11-07');
});

describe('a date that the calendar leaves out', () => {
  const apia = { zone: 'Pacific/Apia', rollHour: 0 };

  test('is in no list of days', () => {
    const days = lastTradingDays(tradingDayNamed('2012-01-01', apia), 4, apia);
    expect(days.map(({ name }) => name)).toEqual([
      ...['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01'],
    ]);
    expect(days.map(hoursOf)).toEqual([24, 24, 24, 24]);
  });

  test('is empty when asked for by name', () => {
    const day = tradingDayNamed('2011-12-30', apia);
    expect(day).toMatchObject({ start: '2011-12-30T10:00:00.000000Z', end: day.start });
  });

  test('holds no instant', () => {
    expect(tradingDayAt('2011-12-30T09:59:59.999999Z', apia).name).toBe('2011-12-29');
    expect(tradingDayAt('2011-12-30T10:00:00.000000Z', apia).name).toBe('2011-12-31');
  });
});

test('the last days end with today', () => {
  const days = lastTradingDays(tradingDayAt('2026-03-01T12:00:00.000000Z', utc), 30, utc);
  expect(days).toHaveLength(30);
  expect(days.slice(-2).map(({ name }) => name)).toEqual(['2026-02-28', '2026-03-01']);
  expect(lastTradingDays(tradingDayNamed('2026-03-01', utc), 0, utc)).toEqual([]);
});

const zones = [
  ...['UTC', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/Havana'],
  ...['Asia/Kathmandu', 'Pacific/Chatham', 'America/Sao_Paulo', 'Africa/Casablanca'],
  ...['America/St_Johns', 'Asia/Tokyo', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Gaza'],
];
const anyRule = fc.record({ zone: fc.constantFrom(...zones), rollHour: fc.nat(23) });
const anyMs = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2030, 11, 31) });

test('days leave no gap, ascend, and have 23 to 25 hours', () => {
  fc.assert(
    fc.property(anyRule, anyMs, (rule, ms) => {
      const days = lastTradingDays(tradingDayAt(instantOfMs(ms), rule), 40, rule);
      const borders = [...days.map(({ start }) => start), days.at(-1)?.end];
      expect(days.map(({ end }) => end)).toEqual(borders.slice(1));
      const names = days.map(({ name }) => name);
      expect(new Set(names).size).toBe(40);
      expect([...names].sort()).toEqual(names);
      for (const day of days) {
        expect(day).toEqual(tradingDayNamed(day.name, rule));
        expect(hoursOf(day)).toBeGreaterThanOrEqual(23);
        expect(hoursOf(day)).toBeLessThanOrEqual(25);
      }
    }),
  );
});

test('each instant lies in its day, its borders too', () => {
  fc.assert(
    fc.property(anyRule, anyMs, fc.integer({ min: -1, max: 1 }), (rule, ms, step) => {
      const day = tradingDayAt(instantOfMs(ms), rule);
      expect(msOf(day.start)).toBeLessThanOrEqual(ms);
      expect(msOf(day.end)).toBeGreaterThan(ms);
      const nearStart = msOf(day.start) + step;
      const found = tradingDayAt(instantOfMs(nearStart), rule);
      expect(found.name === day.name).toBe(step >= 0);
      expect(found.end === day.start).toBe(step < 0);
    }),
    { numRuns: 300 },
  );
});

test('what is no date, no instant or no zone is refused', () => {
  expect(() => tradingDayNamed('2026-02-30', utc)).toThrow('Not a date: 2026-02-30');
  expect(() => tradingDayNamed('yesterday', utc)).toThrow(RangeError);
  expect(() => tradingDayAt('294276-12-31T00:00:00.000000Z', utc)).toThrow(RangeError);
  expect(() => tradingDayAt('2026-11-23T00:00:00.000000Z', { ...newYork, zone: 'Mars' })).toThrow(
    RangeError,
  );
});

test.each(['UTC', 'America/New_York', 'Asia/Kathmandu', 'Etc/GMT+12', 'utc'])(
  '%s is a zone',
  (name) => {
    expect(isZone(name)).toBe(true);
  },
);

test.each(['', 'Mars/Olympus', '+05:00', '-03', ' UTC', 'GMT+5', '2026'])(
  '"%s" is no zone',
  (name) => {
    expect(isZone(name)).toBe(false);
  },
);
