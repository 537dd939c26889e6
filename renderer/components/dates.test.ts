import { expect, test } from 'vitest';
import { fallSpan, fallStory, shortDate, shortMoment } from './dates.ts';

const now = '2026-11-23T14:03:20.000000Z';

test('dates are those of the zone, with their year when it is another one', () => {
  expect(shortDate('2026-10-12T02:30:00.000000Z', 'UTC', now)).toBe('12 Oct');
  expect(shortDate('2026-10-12T02:30:00.000000Z', 'America/New_York', now)).toBe('11 Oct');
  expect(shortMoment('2025-10-12T14:03:59.000000Z', 'UTC', now)).toBe('12 Oct 2025 14:03');
});

test('around New Year the year is that of the zone, not of UTC', () => {
  const lastEvening = '2027-01-01T02:30:00.000000Z';
  const newYear = '2027-01-01T12:00:00.000000Z';
  expect(shortDate(lastEvening, 'America/New_York', newYear)).toBe('31 Dec 2026');
  expect(shortDate(lastEvening, 'UTC', newYear)).toBe('1 Jan');
  expect(shortDate('2026-12-30T12:00:00.000000Z', 'America/New_York', lastEvening)).toBe('30 Dec');
});

test('an instant that no Date holds is told as it was written', () => {
  expect(shortMoment('294276-12-31T00:00:00.000000Z', 'UTC', now)).toBe('294276-12-31');
});

test('a fall is told by its days, and in full with its recovery', () => {
  const fall = {
    peakAt: '2026-10-12T09:00:00.000000Z',
    troughAt: '2026-10-19T10:30:00.000000Z',
    recoveredAt: null,
  };
  expect(fallSpan(fall, 'UTC', now)).toBe('12 Oct to 19 Oct');
  expect(fallSpan({ ...fall, troughAt: fall.peakAt }, 'UTC', now)).toBe('12 Oct');
  expect(fallStory(fall, 'UTC', now)).toBe(
    'peak 12 Oct 09:00, trough 19 Oct 10:30, not recovered yet (UTC)',
  );
});
