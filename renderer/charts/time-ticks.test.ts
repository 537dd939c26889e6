import { expect, test } from 'vitest';
import { formatExactTime, ticksThatFit, timeTicks } from './time-ticks.ts';

const utc = { zone: 'UTC', rollHour: 0 };
const newYork = { zone: 'America/New_York', rollHour: 17 };

const labels = (from: string, to: string, most = 8, rule = utc) =>
  timeTicks(Date.parse(from), Date.parse(to), most, rule).map(({ label }) => label);

test('a day is told by the clock, its beginning by its name', () => {
  expect(labels('2026-11-23T00:00:00Z', '2026-11-23T14:03:00Z')).toEqual([
    'Mon 23 Nov',
    '02:00',
    '04:00',
    '06:00',
    '08:00',
    '10:00',
    '12:00',
    '14:00',
  ]);
});

test('the clock is that of the zone, and the day begins at the roll hour', () => {
  expect(labels('2026-11-22T22:00:00Z', '2026-11-23T05:00:00Z', 8, newYork)).toEqual([
    'Sun 22 Nov',
    '18:00',
    '19:00',
    '20:00',
    '21:00',
    '22:00',
    '23:00',
    '00:00',
  ]);
});

test('minutes after the rollover there are ticks as well', () => {
  expect(labels('2026-11-23T00:00:00Z', '2026-11-23T00:11:00Z', 4)).toEqual([
    'Mon 23 Nov',
    '00:05',
    '00:10',
  ]);
});

test('a week names its days, where they begin, on both sides of a clock change', () => {
  const ticks = timeTicks(
    Date.parse('2026-10-29T21:00:00Z'),
    Date.parse('2026-11-03T12:00:00Z'),
    8,
    newYork,
  );
  expect(ticks.map(({ ms, label }) => [new Date(ms).toISOString().slice(5, 16), label])).toEqual([
    ['10-29T21:00', 'Thu 29 Oct'],
    ['10-30T21:00', 'Fri 30 Oct'],
    ['10-31T21:00', 'Sat 31 Oct'],
    ['11-01T22:00', 'Sun 1 Nov'],
    ['11-02T22:00', 'Mon 2 Nov'],
  ]);
});

test('a month has Mondays, a year months, many years years', () => {
  expect(labels('2026-10-25T00:00:00Z', '2026-11-23T14:00:00Z')).toEqual([
    '26 Oct',
    '2 Nov',
    '9 Nov',
    '16 Nov',
    '23 Nov',
  ]);
  expect(labels('2025-11-10T00:00:00Z', '2026-11-23T00:00:00Z')).toEqual([
    '2026',
    'Mar',
    'May',
    'Jul',
    'Sept',
    'Nov',
  ]);
  expect(labels('1999-06-01T00:00:00Z', '2026-11-23T00:00:00Z')).toEqual([
    '2000',
    '2005',
    '2010',
    '2015',
    '2020',
    '2025',
  ]);
});

test('a label that the edge would cut is left out', () => {
  const ticks = [
    { ms: 0, label: 'Sun 22 Nov' },
    { ms: 86, label: 'Mon 23 Nov' },
  ];
  const fitting = (room: number) => ticksThatFit(ticks, (ms) => ms, room).map(({ ms }) => ms);
  expect(fitting(153)).toEqual([0, 86]);
  expect(fitting(150)).toEqual([0]);
});

test('any stretch that a Date can hold has few ticks and none outside', () => {
  const most = 8.64e15;
  for (const [from, to] of [
    [-most, most],
    [0, most],
    [0, 1],
    [most - 1000, most],
    [Date.parse('2026-01-01'), Date.parse('2026-01-03')],
  ] as const) {
    const ticks = timeTicks(from, to, 8, newYork);
    expect(ticks.length).toBeLessThan(20);
    expect(ticks.every(({ ms }) => ms >= from && ms <= to)).toBe(true);
  }
});

test('the exact time is that of the zone', () => {
  const ms = Date.parse('2026-11-23T14:03:22Z');
  expect(formatExactTime(ms, 'UTC')).toBe('Mon 23 Nov 2026 14:03:22 UTC');
  expect(formatExactTime(ms, 'America/New_York')).toBe('Mon 23 Nov 2026 09:03:22 GMT-5');
});
