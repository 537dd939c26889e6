import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountBeside, axisAmounts, roundMarks, unitOfMarks } from './axis-amounts.ts';
import { scaleAroundZero } from './scale.ts';

test('labels are short, but tell neighbours apart', () => {
  const labels: [marks: number[], step: number, labels: string[]][] = [
    [[750, 800], 50, ['$750', '$800']],
    [[-26, -25], 1, ['\u2212$26', '\u2212$25']],
    [[-0.5, 0, 0.5], 0.5, ['\u2212$0.50', '$0', '$0.50']],
    [[0.002, 0.004], 0.002, ['$0.002', '$0.004']],
    [[12_340, 12_360], 20, ['$12.34k', '$12.36k']],
    [[1_000_020, 1_000_040], 20, ['$1,000,020', '$1,000,040']],
    [[2.5e9, 3e9], 5e8, ['$2.5B', '$3.0B']],
    [[1e39, 1.2e39], 2e38, ['$1.0e+39', '$1.2e+39']],
    [[2e-9, 4e-9], 2e-9, ['$2e-9', '$4e-9']],
  ];
  for (const [marks, step, expected] of labels) expect(axisAmounts(marks, step)).toEqual(expected);
});

test('an axis has one unit, also across ten thousand', () => {
  expect(axisAmounts([9000, 9500, 10_000, 10_500], 500)).toEqual([
    '$9.0k',
    '$9.5k',
    '$10.0k',
    '$10.5k',
  ]);
  expect(axisAmounts([-5000, 0, 5000, 10_000], 5000)).toEqual(['\u2212$5k', '$0', '$5k', '$10k']);
  expect(axisAmounts([8000, 9000], 1000)).toEqual(['$8,000', '$9,000']);
});

test('marks beyond the digits of a float are not labelled twice', () => {
  expect(axisAmounts([1e17, 1e17 + 64, 1e17 + 128], 50)).toEqual(['$1.000000e+17', '', '']);
});

test('no two marks of an axis share a label', () => {
  const level = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  const span = fc.double({ min: -7, max: 12, noNaN: true }).map((power) => 10 ** power);
  const expectDistinct = (marks: readonly number[], step: number): void => {
    const labels = axisAmounts(marks, step).filter((label) => label !== '');
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length > 0).toBe(marks.length > 0);
  };
  fc.assert(
    fc.property(level, span, (low, width) => {
      const { marks, step } = roundMarks(low, low + width, 4);
      expectDistinct(marks, step);
      const scale = scaleAroundZero([width, low * 1e-3], 4);
      expectDistinct(scale.marks, scale.step);
      expect(axisAmounts(scale.marks, scale.step)).not.toContain('');
    }),
  );
});

test('an amount between marks has two digits and the unit of its axis', () => {
  const beside = (value: number, ...marks: number[]) =>
    amountBeside(unitOfMarks(marks, 100), value);
  expect([-26.31, -2.637, -0.42, -1534].map((value) => beside(value, 700, 800))).toEqual([
    '\u2212$26',
    '\u2212$2.64',
    '\u2212$0.42',
    '\u2212$1,534',
  ]);
  expect([-1534, -26].map((value) => beside(value, 9900, 10_000))).toEqual([
    '\u2212$1.5k',
    '\u2212$26',
  ]);
});

test('marks are round and lie within', () => {
  expect(roundMarks(632, 806, 3)).toEqual({ marks: [700, 800], step: 100 });
  expect(roundMarks(-0.5, 0.5, 4).marks).toEqual([-0.5, 0, 0.5]);
});
