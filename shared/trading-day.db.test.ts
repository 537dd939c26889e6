import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startTestLedger, type TestLedger } from '../e2e/support/test-ledger.ts';
import { tradingDayAt, tradingDayNamed } from './trading-day.ts';

let own: TestLedger;

beforeAll(async () => {
  own = await startTestLedger();
});

afterAll(() => own.close());

// Zones whose rules are settled from 2005 to 2030, so that the two sets of zone data agree.
const zones = [
  ...['UTC', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/Havana'],
  ...['Asia/Kathmandu', 'Pacific/Chatham', 'America/Sao_Paulo', 'Asia/Tokyo', 'Pacific/Apia'],
  ...['Asia/Kabul', 'Europe/Lisbon', 'America/Anchorage', 'Asia/Kolkata'],
  ...['Australia/Adelaide', 'Pacific/Auckland', 'Pacific/Kiritimati', 'America/Toronto'],
];

// Half of the dates lie in the months in which clocks change.
const anyDate = fc
  .tuple(
    fc.integer({ min: 2005, max: 2030 }),
    fc.oneof(fc.nat(11), fc.constantFrom(2, 3, 9, 10)),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, date]) => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10));

const anyDay = fc.record({
  zone: fc.constantFrom(...zones),
  roll: fc.nat(23),
  date: anyDate,
});

// The definition: the first instant at which the zone's clock shows the date and the roll hour.
const startsInSql = `
  select to_char(min(t) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as start
  from json_to_recordset($1) as d(n int, zone text, roll int, date date),
    generate_series(
      (d.date + make_interval(hours => d.roll)) at time zone 'UTC' - interval '26 hours',
      (d.date + make_interval(hours => d.roll)) at time zone 'UTC' + interval '26 hours',
      interval '15 minutes') as t
  where t at time zone d.zone >= d.date + make_interval(hours => d.roll)
  group by d.n order by d.n`;

async function startsOf(days: readonly { zone: string; roll: number; date: string }[]) {
  const numbered = days.map((day, n) => ({ n, ...day }));
  const { rows } = await own.engine.query(startsInSql, [JSON.stringify(numbered)]);
  return z.array(z.object({ start: z.string() })).parse(rows);
}

test('days start where PostgreSQL says', async () => {
  const days = fc.sample(anyDay, 3000);
  const starts = await startsOf(days);
  const found = days.map(({ zone, roll, date }) => ({
    start: tradingDayNamed(date, { zone, rollHour: roll }).start,
  }));
  const differences = days.flatMap((day, n) =>
    found[n]?.start === starts[n]?.start ? [] : [{ day, found: found[n], expected: starts[n] }],
  );
  expect(differences).toEqual([]);
  expect(starts).toHaveLength(days.length);
}, 60_000);

test('around each clock change of a year, at every roll hour', async () => {
  const changes = [
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['America/Havana', '2025-03-09'],
    ['America/Havana', '2025-11-02'],
    ['America/Sao_Paulo', '2018-02-18'],
    ['America/Sao_Paulo', '2018-11-04'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Africa/Casablanca', '2024-03-10'],
    ['Pacific/Apia', '2011-12-30'],
  ] as const;
  const days = changes.flatMap(([zone, date]) =>
    [-1, 0, 1].flatMap((step) => {
      const near = new Date(Date.parse(date) + step * 86_400_000).toISOString().slice(0, 10);
      return Array.from({ length: 24 }, (_, roll) => ({ zone, roll, date: near }));
    }),
  );
  const starts = await startsOf(days);
  const found = days.map(({ zone, roll, date }) => ({
    start: tradingDayNamed(date, { zone, rollHour: roll }).start,
  }));
  expect(found).toEqual(starts);
}, 60_000);

test('the day that holds an instant is the one that PostgreSQL starts at or before it', async () => {
  const days = fc.sample(anyDay, 500);
  const starts = await startsOf(days);
  for (const [n, { zone, roll, date }] of days.entries()) {
    if (zone === 'Pacific/Apia' && date === '2011-12-30') continue;
    const start = starts[n]?.start ?? '';
    expect(tradingDayAt(start, { zone, rollHour: roll })).toMatchObject({ name: date, start });
  }
}, 60_000);
