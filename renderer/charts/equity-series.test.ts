import { expect, test } from 'vitest';
import { drawdownOf, equityExtremes, equitySeries } from './equity-series.ts';
import { equityPart } from './test-fixtures.ts';

const drawn = (...args: Parameters<typeof equityPart>) =>
  equitySeries(equityPart(...args), '30d').map((point) => [
    point.at.slice(0, 16),
    point.equity,
    drawdownOf(point),
  ]);

test('a range begins with the level of the last close before it and ends now', () => {
  expect(
    drawn([
      ['2026-11-18T10:00:00.000000Z', '510', '510'],
      ['2026-11-19T10:00:00.000000Z', '507.5', '510'],
      ['2026-11-21T10:00:00.000000Z', '512', '512'],
    ]),
  ).toEqual([
    ['2026-11-20T00:00', '507.5', '2.5'],
    ['2026-11-21T10:00', '512', '0'],
    ['2026-11-23T14:00', '512', '0'],
  ]);
});

test('without a close before it, a range has the level of the baseline', () => {
  expect(drawn([['2026-11-21T10:00:00.000000Z', '490', '500']])).toEqual([
    ['2026-11-20T00:00', '500', '0'],
    ['2026-11-21T10:00', '490', '10'],
    ['2026-11-23T14:00', '490', '10'],
  ]);
});

test('a range that begins before the baseline has no line before it', () => {
  const young = { start: '2026-01-01T00:00:00.000000Z', baselineAt: '2026-11-20T08:00:00.000000Z' };
  expect(drawn([['2026-11-21T10:00:00.000000Z', '490', '500']], young)).toEqual([
    ['2026-11-20T08:00', '500', '0'],
    ['2026-11-21T10:00', '490', '10'],
    ['2026-11-23T14:00', '490', '10'],
  ]);
  expect(drawn([], young)).toEqual([
    ['2026-11-20T08:00', '500', '0'],
    ['2026-11-23T14:00', '500', '0'],
  ]);
});

test('all time begins at the baseline point', () => {
  const [first] = drawn([['2026-11-21T10:00:00.000000Z', '490', '500']], { start: null });
  expect(first).toEqual(['2026-11-01T00:00', '500', '0']);
});

test('a range in which nothing closed is a level line', () => {
  expect(drawn([['2026-11-02T10:00:00.000000Z', '510', '510']])).toEqual([
    ['2026-11-20T00:00', '510', '0'],
    ['2026-11-23T14:00', '510', '0'],
  ]);
});

test('without dated closes the line is the level of the baseline; without that there is none', () => {
  expect(drawn([])).toEqual([
    ['2026-11-20T00:00', '500', '0'],
    ['2026-11-23T14:00', '500', '0'],
  ]);
  expect(drawn([], { baseline: null })).toEqual([]);
});

test('a close on the first instant of a range belongs to it, one on its end does not', () => {
  const series = drawn([
    ['2026-11-20T00:00:00.000000Z', '501', '501'],
    ['2026-11-24T00:00:00.000000Z', '999', '999'],
  ]);
  expect(series.map(([, equity]) => equity)).toEqual(['500', '501', '501']);
});

test('a close dated after now ends the line, which never goes back in time', () => {
  expect(drawn([['2026-11-23T20:00:00.000000Z', '501', '501']]).map(([at]) => at)).toEqual([
    '2026-11-20T00:00',
    '2026-11-23T20:00',
  ]);
});

const future: Parameters<typeof equityPart>[0] = [
  ['2026-11-21T10:00:00.000000Z', '490', '500'],
  ['2026-11-24T00:00:00.000000Z', '495', '500'],
  ['2027-02-01T00:00:00.000000Z', '520', '520'],
];

test('all time has the closes dated in the future; a range ends with its last day', () => {
  const all = equitySeries(equityPart(future, { start: null }), 'all');
  expect(all.map(({ at, equity }) => [at.slice(0, 16), equity])).toEqual([
    ['2026-11-01T00:00', '500'],
    ['2026-11-21T10:00', '490'],
    ['2026-11-24T00:00', '495'],
    ['2027-02-01T00:00', '520'],
  ]);
  expect(drawn(future).at(-1)).toEqual(['2026-11-23T14:00', '490', '10']);
});

test('when all was traded in the future, all time has a line and other ranges have none', () => {
  const part = equityPart(future.slice(2), {
    start: null,
    baselineAt: '2027-01-01T00:00:00.000000Z',
  });
  const times = (range: 'all' | '30d') =>
    equitySeries(part, range).map(({ at }) => at.slice(0, 10));
  expect(times('all')).toEqual(['2027-01-01', '2027-02-01']);
  expect(times('30d')).toEqual([]);
});

test('instants that a Date cannot hold are left out, but the level that they lead to is kept', () => {
  const series = drawn(
    [
      ['-300000-01-01T00:00:00.000000Z', '450', '500'],
      ['2026-11-21T10:00:00.000000Z', '460', '500'],
      ['290000-01-01T00:00:00.000000Z', '1', '500'],
    ],
    { baseline: null },
  );
  expect(series.map(([, equity]) => equity)).toEqual(['450', '460', '460']);
});

test('extremes are exact to the last of forty digits', () => {
  const base = '1234567890123456789012345678901234567890';
  const series = equitySeries(
    equityPart(
      [
        ['2026-11-21T10:00:00.000000Z', `${base}.02`, `${base}.02`],
        ['2026-11-22T10:00:00.000000Z', `${base}.01`, `${base}.02`],
      ],
      { baseline: base },
    ),
    '30d',
  );
  expect(equityExtremes(series)).toMatchObject({
    low: base,
    high: `${base}.02`,
    maxDrawdown: '0.01',
  });
});
