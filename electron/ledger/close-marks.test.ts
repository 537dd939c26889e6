import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeMarksSchema } from '../../shared/close-marks.ts';
import { compareInstants, instantOfMs } from '../../shared/instant.ts';
import { markCloses, unmarkedPoints } from './close-marks.ts';
import {
  anyCloses,
  instantAtUs,
  seriesOf,
  type TestClose,
  testUnits,
} from './test-support/closes.ts';

const runs = 1500;
const hourUs = 3_600_000_000n;

type Row = Pick<TestClose, 'us' | 'pnl'>;

/** Closes within some days, so that many lie in the window. */
const anyRows = anyCloses(30).map((closes): Row[] => {
  let us = closes[0]?.us ?? 0n;
  return closes.map((close, index) => {
    us += (close.us - (closes[index - 1]?.us ?? close.us)) % (4n * hourUs);
    return { us, pnl: close.pnl };
  });
});

const anyFate = fc.constantFrom('kept', 'kept', 'kept', 'kept', 'gone', 'amended', 'lengthened');
const anyStep = fc.constantFrom(-30n * hourUs, -1000n, -1n, 0n, 0n, 1n, 999n, hourUs, 30n * hourUs);
const anyPnl = fc.constantFrom(
  '-2',
  '-1',
  '0',
  '1',
  '0.00000000000000000001',
  '123456789012345678',
);

/** A history, what becomes of it, and when it is looked at first and then. */
const anyChange = anyRows.chain((rows) => {
  const anyRow = fc.nat(Math.max(0, rows.length - 1));
  return fc.record({
    rows: fc.constant(rows),
    fates: fc.array(anyFate, { minLength: 30, maxLength: 30 }),
    late: fc.array(fc.tuple(anyRow, anyStep, anyPnl), { maxLength: 5 }),
    seen: fc.tuple(anyRow, anyStep),
    laterUs: fc.constantFrom(0n, 1n, 1000n, hourUs, 100n * hourUs),
  });
});

const lengthened = (pnl: string): string =>
  `${pnl}${pnl.includes('.') ? '' : '.'}${'0'.repeat(15)}`;

type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

function afterChange({ rows, fates, late }: Change): Row[] {
  const kept = rows.flatMap((row, index): Row[] => {
    switch (fates[index] ?? 'kept') {
      case 'gone':
        return [];
      case 'amended':
        return [{ ...row, pnl: '7.25' }];
      case 'lengthened':
        return [{ ...row, pnl: lengthened(row.pnl) }];
      default:
        return [row];
    }
  });
  const added = late.map(([index, step, pnl]) => ({ us: (rows[index]?.us ?? 0n) + step, pnl }));
  // What came late stands before what was there: the order within an instant is that of the ids.
  return [...added, ...kept].sort((a, b) => (a.us < b.us ? -1 : Number(a.us > b.us)));
}

const lineOf = (rows: readonly Row[]) =>
  seriesOf(rows.map(({ us, pnl }) => ({ at: instantAtUs(us), pnl, holdUs: null })));

/** Amounts of each instant, whatever their order and decimals. */
function byInstant(rows: readonly Row[]): Map<bigint, string> {
  const found = new Map<bigint, bigint[]>();
  for (const { us, pnl } of rows) found.set(us, [...(found.get(us) ?? []), testUnits(pnl)]);
  return new Map([...found].map(([us, units]) => [us, units.map(String).sort().join()]));
}

test.each([20_000, 4, 1])(
  'the points that are not as they were marked are found, and no others, with %i marked at most',
  (most) => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const seenUs = (change.rows[change.seen[0]]?.us ?? 0n) + change.seen[1];
        const asOf = instantAtUs(seenUs);
        const marks = closeMarksSchema.parse(
          JSON.parse(JSON.stringify(markCloses(lineOf(change.rows), asOf, most))),
        );
        expect(marks.asOf).toBe(asOf);
        expect(Buffer.from(marks.points, 'base64').length / 16).toBeLessThanOrEqual(most);
        const rows = afterChange(change);
        const nowUs = seenUs + change.laterUs;
        const series = lineOf(rows);
        const isWithin = (us: bigint, to: bigint): boolean =>
          us <= to && compareInstants(instantAtUs(us), marks.from) >= 0;
        const marked = byInstant(change.rows.filter(({ us }) => isWithin(us, seenUs)));
        const isNew = ([us, amounts]: [bigint, string]): boolean =>
          isWithin(us, nowUs) && marked.get(us) !== amounts;
        expect(
          unmarkedPoints(series, marks, instantAtUs(nowUs)).map((point) => series.instantOf(point)),
        ).toEqual([...byInstant(rows)].filter(isNew).map(([us]) => instantAtUs(us)));
      }),
      { numRuns: runs, endOnFailure: true },
    );
  },
);

const nowMs = Date.UTC(2026, 10, 23, 12);
const secondsBefore = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    us: BigInt(nowMs - (count - 1 - index) * 1000) * 1000n,
    pnl: '1',
  }));

test('two days are remembered, of a busy ledger its last 20,000 instants', () => {
  const now = instantOfMs(nowMs);
  expect(markCloses(lineOf(secondsBefore(20_000)), now).from).toBe('2026-11-21T12:00:00.000000Z');
  const busy = markCloses(lineOf(secondsBefore(20_001)), now);
  expect(Buffer.from(busy.points, 'base64').length).toBe(20_000 * 16);
  expect(busy.from).toBe(instantOfMs(nowMs - 20_000 * 1000 + 1));
  expect(unmarkedPoints(lineOf(secondsBefore(20_001)), busy, now)).toEqual([]);
});

test('a ledger without closes is marked too: the first close is new', () => {
  const marks = markCloses(lineOf([]), instantOfMs(nowMs - 1000));
  expect(unmarkedPoints(lineOf(secondsBefore(1)), marks, instantOfMs(nowMs))).toEqual([0]);
});
