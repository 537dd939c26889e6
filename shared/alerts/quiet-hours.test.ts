import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantMs, instantOfMs } from '../instant.ts';
import { endOfQuiet, isWithin, tomorrowAt } from './quiet-hours.ts';

const night = { from: '22:00', to: '07:00' };
const newYork = 'America/New_York';
const hourMs = 60 * 60 * 1000;

const at = (text: string): string => `${text}.000000Z`;
const msOf = (instant: string): number => instantMs(instant) ?? Number.NaN;

test.each([
  ['09:00', '17:00', '08:59:59', false],
  ['09:00', '17:00', '09:00:00', true],
  ['09:00', '17:00', '16:59:59', true],
  ['09:00', '17:00', '17:00:00', false],
  ['22:00', '07:00', '21:59:59', false],
  ['22:00', '07:00', '22:00:00', true],
  ['22:00', '07:00', '00:00:00', true],
  ['22:00', '07:00', '06:59:59', true],
  ['22:00', '07:00', '07:00:00', false],
  ['00:00', '00:00', '00:00:00', false],
  ['12:00', '12:00', '12:00:00', false],
])('%s to %s holds %s: %s', (from, to, clock, expected) => {
  expect(isWithin({ from, to }, at(`2026-11-23T${clock}`), 'UTC')).toBe(expected);
});

test('the last microsecond is within, and their end is not', () => {
  expect(isWithin(night, '2026-11-23T06:59:59.999999Z', 'UTC')).toBe(true);
  expect(endOfQuiet(night, '2026-11-23T06:59:59.999999Z', 'UTC')).toBe(at('2026-11-23T07:00:00'));
});

test('they end today or tomorrow, and outside of them there is nothing to wait for', () => {
  expect(endOfQuiet(night, at('2026-11-23T23:30:00'), 'UTC')).toBe(at('2026-11-24T07:00:00'));
  expect(endOfQuiet(night, at('2026-11-24T00:30:00'), 'UTC')).toBe(at('2026-11-24T07:00:00'));
  expect(endOfQuiet(night, at('2026-11-24T12:00:00'), 'UTC')).toBe(at('2026-11-24T12:00:00'));
});

test('the clock is that of the zone', () => {
  expect(isWithin(night, at('2026-11-24T03:30:00'), newYork)).toBe(true);
  expect(endOfQuiet(night, at('2026-11-24T03:30:00'), newYork)).toBe(at('2026-11-24T12:00:00'));
  expect(isWithin(night, at('2026-11-24T03:30:00'), 'Asia/Kathmandu')).toBe(false);
});

describe('where the clock changes', () => {
  test('a night has an hour less in spring, and one more in autumn', () => {
    const hours = (start: string) =>
      (msOf(endOfQuiet(night, at(start), newYork)) - msOf(at(start))) / hourMs;
    expect(hours('2026-03-08T03:00:00')).toBe(8);
    expect(hours('2026-11-01T02:00:00')).toBe(10);
  });

  test('a time that is skipped is the first moment after it', () => {
    // 02:00 becomes 03:00 at 07:00 UTC.
    const late = { from: '22:00', to: '02:30' };
    expect(endOfQuiet(late, at('2026-03-08T06:30:00'), newYork)).toBe(at('2026-03-08T07:00:00'));
    const early = { from: '02:30', to: '04:00' };
    expect(isWithin(early, '2026-03-08T06:59:59.999999Z', newYork)).toBe(false);
    expect(isWithin(early, at('2026-03-08T07:00:00'), newYork)).toBe(true);
  });

  test('hours that are skipped altogether do not occur', () => {
    const skipped = { from: '02:10', to: '02:50' };
    expect(isWithin(skipped, at('2026-03-08T07:00:00'), newYork)).toBe(false);
    expect(isWithin(skipped, at('2026-03-09T06:30:00'), newYork)).toBe(true);
  });

  test('where the only free minutes of a day are skipped, one night goes on into the next', () => {
    const nearlyAlways = { from: '02:50', to: '02:10' };
    expect(endOfQuiet(nearlyAlways, at('2026-03-08T06:00:00'), newYork)).toBe(
      at('2026-03-09T06:10:00'),
    );
  });

  test('hours that occur twice end for good the first time', () => {
    // 02:00 becomes 01:00 at 06:00 UTC.
    const late = { from: '22:00', to: '01:30' };
    expect(endOfQuiet(late, at('2026-11-01T04:00:00'), newYork)).toBe(at('2026-11-01T05:30:00'));
    expect(isWithin(late, at('2026-11-01T06:10:00'), newYork)).toBe(false);
  });

  test('hours that have begun hold through the hour that is repeated', () => {
    const early = { from: '01:30', to: '03:00' };
    expect(isWithin(early, at('2026-11-01T05:30:00'), newYork)).toBe(true);
    expect(isWithin(early, at('2026-11-01T06:10:00'), newYork)).toBe(true);
    expect(endOfQuiet(early, at('2026-11-01T06:10:00'), newYork)).toBe(at('2026-11-01T08:00:00'));
  });

  test('a clock that is set back over midnight does not begin them anew', () => {
    // 00:01 became 23:01 of the day before.
    const evening = { from: '23:30', to: '00:00' };
    expect(endOfQuiet(evening, at('2010-11-07T02:10:00'), 'America/St_Johns')).toBe(
      at('2010-11-07T02:30:00'),
    );
    expect(isWithin(evening, at('2010-11-07T03:00:00'), 'America/St_Johns')).toBe(false);
  });
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const zone = fc.constantFrom(
  ...['UTC', newYork, 'Europe/London', 'Australia/Lord_Howe', 'America/St_Johns', 'America/Havana'],
  ...['Pacific/Apia', 'Africa/Casablanca', 'Asia/Kathmandu'],
);
const instant = fc
  .integer({ min: Date.UTC(2009, 0), max: Date.UTC(2030, 0) })
  .map((ms) => instantOfMs(ms));

test('they are over at their end, not a moment before, and within three days', () => {
  fc.assert(
    fc.property(fc.record({ from: clock, to: clock }), zone, instant, (hours, name, now) => {
      const end = endOfQuiet(hours, now, name);
      expect(isWithin(hours, end, name)).toBe(false);
      expect(end === now).toBe(!isWithin(hours, now, name));
      if (end === now) return;
      expect(isWithin(hours, instantOfMs(msOf(end) - 1), name)).toBe(true);
      expect(msOf(end) - msOf(now)).toBeLessThan(72 * hourMs);
    }),
    { numRuns: 2000 },
  );
});

test('what no Date can hold is refused', () => {
  expect(() => isWithin(night, '300000-01-01T00:00:00.000000Z', 'UTC')).toThrow(RangeError);
});

test('tomorrow is the next trading day, also where it has an hour more', () => {
  const rule = { zone: newYork, rollHour: 17 };
  expect(tomorrowAt(at('2026-11-23T21:59:59'), rule)).toBe(at('2026-11-23T22:00:00'));
  expect(tomorrowAt(at('2026-11-23T22:00:00'), rule)).toBe(at('2026-11-24T22:00:00'));
  expect(tomorrowAt(at('2026-10-31T21:00:00'), rule)).toBe(at('2026-11-01T22:00:00'));
});
