import { expect, test } from 'vitest';
import { chosenAt, indexOfChosen } from './chosen-point.ts';
import { equitySeries } from './equity-series.ts';
import { equityPart } from './test-fixtures.ts';

const closes: Parameters<typeof equityPart>[0] = [
  ['2026-11-10T10:00:00.000000Z', '505', '505'],
  ['2026-11-21T10:00:00.000000Z', '512', '512'],
  ['2026-11-22T10:00:00.000000Z', '509', '512'],
];
const asOf = '2026-11-23T14:00:00.000000Z';
const long = equitySeries(equityPart(closes, { start: '2026-11-02T00:00:00.000000Z' }), '30d');
const short = equitySeries(equityPart(closes), '30d');

/** Chooses by place in one line and tells the instant in another. */
function kept(from: typeof long, index: number, to: typeof long, asOfThen = asOf): string | null {
  const chosen = chosenAt(from, index, asOf, 'keys');
  const found = chosen && indexOfChosen(to, chosen, asOfThen);
  return found === null ? null : (to[found]?.at.slice(0, 16) ?? null);
}

test('another range keeps the instant, at another place in its line', () => {
  expect(kept(long, 2, short)).toBe('2026-11-21T10:00');
  expect(kept(short, 2, long)).toBe('2026-11-22T10:00');
});

test('an instant before the range is dropped', () => {
  expect(kept(long, 1, short)).toBeNull();
});

test('an instant without a point of its own has the level that held then', () => {
  // The short range begins between two closes of the long one.
  expect(kept(short, 0, long)).toBe('2026-11-10T10:00');
});

test('now stays now after a refresh; a close stays where it was', () => {
  const later = '2026-11-23T14:00:05.000000Z';
  const refreshed = equitySeries(equityPart(closes, { asOf: later }), '30d');
  expect(kept(short, 3, refreshed, later)).toBe('2026-11-23T14:00');
  expect(indexOfChosen(refreshed, { ...chosenNow(), by: 'keys' }, later)).toBe(3);
  expect(kept(short, 2, refreshed, later)).toBe('2026-11-22T10:00');
});

const chosenNow = () => ({ at: asOf, equity: '509', isNow: true });

test('the start of a range and a close at the same instant are told apart', () => {
  const series = equitySeries(equityPart([['2026-11-20T00:00:00.000000Z', '501', '501']]), '30d');
  const places = [0, 1, 2].map((index) => {
    const chosen = chosenAt(series, index, asOf, 'keys');
    return chosen && indexOfChosen(series, chosen, asOf);
  });
  expect(places).toEqual([0, 1, 2]);
});

test('a line without points keeps nothing', () => {
  expect(kept(long, 2, [])).toBeNull();
  expect(chosenAt([], 0, asOf, 'pointer')).toBeNull();
});
