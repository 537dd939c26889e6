// Far below the greatest float, so that sums and differences of two stay finite.
const greatest = 1e300;

/** Charts are the one place where money becomes a float: a pixel has no cents. Always finite. */
export const toFloat = (decimal: string): number =>
  Math.min(greatest, Math.max(-greatest, Number(decimal)));

/** A vertical range that holds zero and all values, with round marks. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Round values from low to high, both included. */
  readonly marks: readonly number[];
  /** Share of the height from the top, 0 to 1. */
  readonly at: (value: number) => number;
}

const flat: Scale = { low: -1, high: 1, marks: [0], at: () => 0.5 };

/** A scale around zero with about `wantedSteps` steps between its marks. */
export function scaleAroundZero(values: readonly number[], wantedSteps: number): Scale {
  const lowest = Math.min(0, ...values);
  const highest = Math.max(0, ...values);
  const span = highest - lowest;
  // Nothing but zeros: a line in the middle, without amounts that mean nothing.
  if (span === 0 || !Number.isFinite(span)) return flat;
  const step = roundStep(span / wantedSteps);
  // Whole steps, multiplied late: added up, the mark at zero would not be zero.
  const first = Math.floor(lowest / step);
  const last = Math.ceil(highest / step);
  const marks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  const low = first * step;
  const high = last * step;
  return { low, high, marks, at: (value) => (high - value) / (high - low) };
}

/** 1, 2 or 5 times a power of ten, not below `rough`. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

const units: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** A short amount for an axis: `$1.5k`, `−$40`, `$0.25`. The exact one stands in table and readout. */
export function formatAxisMoney(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '\u2212' : '';
  if (size >= 1e15) return `${sign}$${size.toExponential(0)}`;
  const [divisor, suffix] = units.find(([limit]) => size >= limit) ?? [1, ''];
  const scaled = size / divisor;
  const decimals = Number.isInteger(Number(scaled.toFixed(6))) ? 0 : scaled < 1 ? 2 : 1;
  return `${sign}$${scaled.toFixed(decimals)}${suffix}`;
}
