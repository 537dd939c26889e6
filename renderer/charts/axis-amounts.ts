import { roundStep } from './scale.ts';

const minus = '\u2212';

const suffixes: readonly (readonly [from: number, unit: number, suffix: string])[] = [
  [1e12, 1e12, 'T'],
  [1e9, 1e9, 'B'],
  [1e6, 1e6, 'M'],
  [1e4, 1e3, 'k'],
];

/**
 * A short amount whose digits tell marks apart that lie `step` from each other: `$12.34k` beside
 * `$12.36k`, but `$1,000,020` where a short form would hide the difference.
 */
export function axisAmount(value: number, step: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? minus : '';
  if (size >= 1e15) return `${sign}$${size.toExponential(digitsBetween(size, step))}`;
  const [, unit, suffix] = suffixes.find(([from]) => size >= from) ?? [0, 1, ''];
  const shortDecimals = decimalsOf(step / unit);
  if (suffix !== '' && shortDecimals <= 2) {
    return `${sign}$${(size / unit).toFixed(shortDecimals)}${suffix}`;
  }
  // One decimal of a dollar is not how cents are written.
  const decimals = decimalsOf(step) === 1 ? 2 : decimalsOf(step);
  return `${sign}$${groupThousands(size.toFixed(decimals))}`;
}

/** An amount that lies on no mark, to two digits: `−$26`. */
export function axisAmountOf(value: number): string {
  return value === 0
    ? '$0'
    : axisAmount(value, 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1));
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

const digitsBetween = (size: number, step: number): number =>
  Math.min(6, Math.max(0, Math.floor(Math.log10(size)) - Math.floor(Math.log10(step))));

/** Decimals that a step needs, up to 8: a step is 1, 2 or 5 times a power of ten. */
const decimalsOf = (step: number): number =>
  // The margin takes up what a division leaves over: 0.1 may come as 0.09999999.
  Math.min(8, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));

const groupThousands = (text: string): string =>
  text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
