import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printDecimal } from '../../shared/decimal.ts';
import { compareInstants } from '../../shared/instant.ts';
import { closesBetween, firstAtOrAfter, firstPointAt } from './close-series.ts';
import {
  anyBorderNear,
  anyCloses,
  closeOf,
  instantAtUs,
  seriesOf,
  type TestClose,
  testUnits,
} from './test-support/closes.ts';

const anyStretch = anyCloses(30).chain((closes) =>
  fc.tuple(
    fc.constant(closes),
    fc.option(anyBorderNear(closes), { freq: 6 }),
    fc.option(anyBorderNear(closes), { freq: 6 }),
  ),
);

const countOf = (closes: readonly TestClose[], isOne: (units: bigint) => boolean): number =>
  closes.filter(({ pnl }) => isOne(testUnits(pnl))).length;

test('sums and outcomes of any stretch are those of the rows in it', () => {
  fc.assert(
    fc.property(anyStretch, ([closes, start, end]) => {
      const within = closes.filter(
        ({ at }) =>
          (start === null || compareInstants(at, start) >= 0) &&
          (end === null || compareInstants(at, end) < 0),
      );
      const { pnl, ...counts } = closesBetween(seriesOf(closes), start, end);
      const sum = within.reduce((total, row) => total + testUnits(row.pnl), 0n);
      expect(testUnits(printDecimal(pnl))).toBe(sum);
      expect(counts).toEqual({
        closes: within.length,
        wins: countOf(within, (units) => units > 0n),
        draws: countOf(within, (units) => units === 0n),
        losses: countOf(within, (units) => units < 0n),
      });
    }),
    { numRuns: 500 },
  );
});

test('rows of one instant are one point', () => {
  fc.assert(
    fc.property(anyCloses(30), (closes) => {
      const series = seriesOf(closes);
      const instants = [...new Set(closes.map(({ at }) => at))];
      expect(instants.map((_, point) => series.instantOf(point))).toEqual(instants);
      expect(series.points).toBe(instants.length);
      closes.forEach(({ at }, row) => {
        expect(firstPointAt(series, row)).toBe(instants.indexOf(at));
      });
      expect(firstPointAt(series, closes.length)).toBe(instants.length);
    }),
  );
});

test('closes beyond what a Date holds lie after every border', () => {
  const far = { at: '294276-12-31T23:59:59.999999Z', pnl: '1.5', holdUs: null };
  const series = seriesOf([{ ...far, at: '2026-11-23T05:00:00.000000Z' }, far]);
  const border = '275760-09-13T00:00:00.000000Z';
  expect(firstAtOrAfter(series, border)).toBe(1);
  expect(closesBetween(series, border, null)).toMatchObject({ closes: 1, wins: 1 });
  expect(closesBetween(series, null, border)).toMatchObject({ closes: 1, wins: 1 });
});

test('a border within a millisecond is refused: the series cannot tell the closes around it', () => {
  const refused = () => firstAtOrAfter(seriesOf([]), '2026-11-23T05:00:00.000001Z');
  expect(refused).toThrow('Not a whole millisecond');
});

const letterOf = (pnl: string): string => {
  const units = testUnits(pnl);
  if (units === 0n) return '';
  return units > 0n ? 'W' : 'L';
};

test('streaks are the runs of letters', () => {
  fc.assert(
    fc.property(anyCloses(40), (closes) => {
      const letters = closes.map(({ pnl }) => letterOf(pnl)).join('');
      const last = /(W*|L*)$/.exec(letters)?.[0].length ?? 0;
      const { run, worstRun } = seriesOf(closes).last;
      expect(run).toBe(letters.endsWith('L') ? -last : last);
      expect(worstRun + Math.max(0, ...(letters.match(/L+/g) ?? []).map((run) => run.length))).toBe(
        0,
      );
    }),
    { numRuns: 300 },
  );
});

const secondsLater = (second: number): string => instantAtUs(BigInt(second) * 1_000_000n);

test.each([0, 1, 126, 127, 128, 300, 1023, 1024, 1199])(
  'a close that comes in at an instant with closes, the %ith, joins its point',
  (second) => {
    const ups = Array.from({ length: 1200 }, (_, at) => ({
      at: secondsLater(at),
      pnl: '1',
      holdUs: null,
    }));
    const late = { at: secondsLater(second), pnl: '-500', holdUs: null };
    const series = seriesOf(ups);
    const changedFrom = series.columns.splice(
      [],
      // Without ids of their own the others come first.
      [{ ...closeOf(late), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff', bucket: 0 }],
    );
    for (const _slice of series.walk(changedFrom));
    const anew = seriesOf(ups.toSpliced(second + 1, 0, late));
    expect(series.points).toBe(1200);
    expect(series.last).toEqual(anew.last);
    expect(series.extremesOf(0, 1200)).toEqual(anew.extremesOf(0, 1200));
  },
);
