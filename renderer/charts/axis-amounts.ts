import { roundStep } from './scale.ts';

const minus = '\u2212';

/** What the amounts of an axis are counted in. */
export interface AmountUnit {
  readonly size: number;
  readonly suffix: string;
}

const dollars: AmountUnit = { size: 1, suffix: '' };
const powersOfTen: AmountUnit = { size: 1e15, suffix: 'e' };

const shortUnits: readonly (readonly [from: number, unit: AmountUnit])[] = [
  [1e15, powersOfTen],
  [1e12, { size: 1e12, suffix: 'T' }],
  [1e9, { size: 1e9, suffix: 'B' }],
  [1e6, { size: 1e6, suffix: 'M' }],
  [1e4, { size: 1e3, suffix: 'k' }],
];

/** One unit for all marks of an axis: `$9.5k` below `$10.0k`, and never `$9,500`. */
export function unitOfMarks(marks: readonly number[], step: number): AmountUnit {
  const unit = unitFor(marks.reduce((largest, mark) => Math.max(largest, Math.abs(mark)), 0));
  if (step < 1e-8) return powersOfTen;
  // A short form of many digits is longer than the amount.
  return unit === powersOfTen || decimalsOf(step / unit.size) <= 2 ? unit : dollars;
}

/**
 * Labels of marks that lie `step` from each other: `$12.34k` beside `$12.36k`, but `$1,000,020` where
 * a short form would hide the difference. No two marks have the same.
 */
export function axisAmounts(marks: readonly number[], step: number): string[] {
  const unit = unitOfMarks(marks, step);
  const labels = marks.map((mark) => amountIn(unit, mark, step));
  // Marks closer than a float has digits for.
  return labels.map((label, index) => (labels.indexOf(label) === index ? label : ''));
}

/** An amount that lies on no mark, to two digits, in the unit of the axis that it stands beside. */
export function amountBeside(axisUnit: AmountUnit, value: number): string {
  const size = Math.abs(value);
  const unit = size >= axisUnit.size ? axisUnit : unitFor(size);
  return amountIn(unit, value, 10 ** (Math.floor(Math.log10(size)) - 1));
}

/** Round values within `[low, high]`, about `wanted` steps apart, with their step. */
export function roundMarks(
  low: number,
  high: number,
  wanted: number,
): { marks: number[]; step: number } {
  const step = roundStep((high - low) / wanted);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  const marks = Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
  return { marks, step };
}

const unitFor = (size: number): AmountUnit =>
  shortUnits.find(([from]) => size >= from)?.[1] ?? dollars;

function amountIn(unit: AmountUnit, value: number, step: number): string {
  if (value === 0) return '$0';
  const size = Math.abs(value);
  const sign = value < 0 ? minus : '';
  if (unit === powersOfTen) return `${sign}$${size.toExponential(digitsBetween(size, step))}`;
  const needed = decimalsOf(step / unit.size);
  // One decimal of a dollar is not how cents are written.
  const decimals = unit === dollars && needed === 1 ? 2 : needed;
  return `${sign}$${groupThousands((size / unit.size).toFixed(decimals))}${unit.suffix}`;
}

const digitsBetween = (size: number, step: number): number =>
  Math.min(6, Math.max(0, Math.floor(Math.log10(size)) - Math.floor(Math.log10(step))));

/** Decimals that a step needs, up to 8: a step is 1, 2 or 5 times a power of ten. */
const decimalsOf = (step: number): number =>
  // The margin takes up what a division leaves over: 0.1 may come as 0.09999999.
  Math.min(8, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));

const groupThousands = (text: string): string =>
  text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
