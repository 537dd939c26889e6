import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecimal, printDecimal, zero } from '../../shared/decimal.ts';
import { CloseColumns, type KeptClose } from './close-columns.ts';
import { closeDimensions, type NamesOfClose } from './close-names.ts';
import { CloseSeries, closeSeriesOf } from './close-series.ts';
import { momentFromText } from './moments.ts';
import { ScopeLines } from './scope-lines.ts';
import { instantAtUs } from './test-support/closes.ts';

const runs = 400;
const startUs = BigInt(Date.UTC(2026, 10, 23)) * 1000n;

/** A close whose number gives its id and instant: two numbers share one. */
interface Row {
  readonly number: number;
  readonly pnl: string;
  readonly names: NamesOfClose;
}

const anyName = fc.constantFrom('', 'a', 'b', 'c');
const anyRow = fc.record({
  number: fc.nat(300),
  // The long ones make all that was kept be written anew.
  pnl: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom('-2', '-1', '0', '1', '2.5') },
    { weight: 1, arbitrary: fc.constantFrom('0.000000000001', '123456789012345678901234') },
  ),
  names: fc.tuple(anyName, anyName, anyName),
});

const anyStep = fc.record({
  /** Put in, or in the place of what is there: amended, renamed or both. */
  put: fc.array(anyRow, { maxLength: 12 }),
  gone: fc.array(fc.nat(300), { maxLength: 8 }),
  /** Walked over once more than the lines are brought up to date. */
  isSkipped: fc.boolean(),
});
const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 12 });

const keptOf = ({ number, pnl, names }: Row): KeptClose => ({
  id: `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`,
  at: momentFromText(instantAtUs(startUs + BigInt(number >> 1) * 1_000_001n)),
  ...{ pnl: parseDecimal(pnl), hold: null, bucket: 0, names },
});

/** Changes kept closes and walks over their line, as kept history does. */
function change(
  series: CloseSeries,
  rows: Map<number, Row>,
  step: typeof anyStep extends fc.Arbitrary<infer T> ? T : never,
): void {
  const { columns } = series;
  const put = new Map(step.put.map((row) => [row.number, row]));
  const going = [...step.gone, ...put.keys()];
  const ids = new Set(going.map((number) => keptOf({ number, pnl: '0', names: ['', '', ''] }).id));
  const removed = Array.from({ length: columns.length }, (_, row) => row).filter((row) =>
    ids.has(columns.idAt(row)),
  );
  for (const number of step.gone) rows.delete(number);
  for (const row of put.values()) rows.set(row.number, row);
  const added = [...put.values()].sort((a, b) => a.number - b.number).map(keptOf);
  for (const _slice of series.walk(columns.splice(removed, added)));
}

const inOrder = (rows: Iterable<Row>): Row[] => [...rows].sort((a, b) => a.number - b.number);

/** All that can be told of a line, in texts. */
function toldOf(series: CloseSeries) {
  const points = series.pointsAt(Array.from({ length: series.points }, (_, point) => point));
  const { run, wins, losses, sum } = series.last;
  return {
    ...{ run, wins, losses, sum: printDecimal(series.decimal(sum)), isWhole: series.isWhole },
    points: points.map(({ equity, highWaterMark }, point) => [
      series.instantOf(point),
      printDecimal(series.decimal(equity)),
      printDecimal(series.decimal(highWaterMark)),
    ]),
  };
}

const anew = (rows: readonly Row[]) => toldOf(closeSeriesOf(rows.map(keptOf)));

test('after any changes the lines are those that would be built anew, and so are their points', () => {
  fc.assert(
    fc.property(fc.constantFrom(...closeDimensions), anySteps, (dimension, steps) => {
      const of = closeDimensions.indexOf(dimension);
      const series = new CloseSeries(new CloseColumns(true), zero);
      const lines = new ScopeLines(dimension);
      const rows = new Map<number, Row>();
      for (const step of steps) {
        change(series, rows, step);
        if (step.isSkipped) continue;
        for (const _slice of lines.update(series));
        const all = inOrder(rows.values());
        for (const name of ['', 'a', 'b', 'c']) {
          const own = all.filter(({ names }) => names[of] === name);
          const line = lines.line(name);
          if (line === null) expect(own).toEqual([]);
          else expect(toldOf(line)).toEqual(anew(own));
        }
        for (let point = 0; point < series.points; point += 1) {
          const at = series.instantOf(point);
          const meant = new Set(
            all
              .filter((row) => instantAtUs(startUs + BigInt(row.number >> 1) * 1_000_001n) === at)
              .map(({ names }) => names[of] ?? ''),
          );
          const found = lines.rowsOf([point]);
          expect(new Set(found.keys())).toEqual(meant);
          for (const [name, rowsOfName] of found) {
            const own = lines.pointsOf(name, rowsOfName);
            expect(own.map((one) => lines.line(name)?.instantOf(one))).toEqual([at]);
          }
        }
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 120_000);

test('points of several instants come in order, each once', () => {
  const names: NamesOfClose = ['a', 'v', 'm'];
  const closes = [0, 1, 2, 3, 4, 5].map((number) => keptOf({ number, pnl: '1', names }));
  const series = closeSeriesOf(closes, zero, true);
  const lines = new ScopeLines('market');
  expect([...lines.rowsOf([0])]).toEqual([]);
  for (const _slice of lines.update(series));
  expect([...lines.rowsOf([0, 2])]).toEqual([['m', [0, 1, 4, 5]]]);
  expect(lines.pointsOf('m', [0, 1, 4, 5])).toEqual([0, 2]);
  expect(lines.pointsOf('never', [0])).toEqual([]);
  expect(lines.names()).toEqual(['m']);
  expect(lines.line('never')).toBeNull();
});

test('many names cost no more lines than are kept, and each is right when it is asked for again', () => {
  const names = Array.from({ length: 300 }, (_, index) => `m${index}`);
  const rowsOfAll = Array.from({ length: 900 }, (_, number): Row => {
    return { number, pnl: String(number % 5), names: ['', '', names[number % 300] ?? ''] };
  });
  const series = closeSeriesOf(rowsOfAll.map(keptOf), zero, true);
  const lines = new ScopeLines('market');
  for (const _slice of lines.update(series));
  expect(lines.isOf(series)).toBe(true);
  for (let round = 0; round < 2; round += 1) {
    for (const name of names) {
      const line = lines.line(name);
      if (line === null) throw new Error(`${name} has no line`);
      expect(toldOf(line)).toEqual(anew(rowsOfAll.filter((row) => row.names[2] === name)));
    }
  }
});
