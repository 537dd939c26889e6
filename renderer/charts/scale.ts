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
  /** From one mark to the next. */
  readonly step: number;
  /** Share of the height from the top, 0 to 1. */
  readonly at: (value: number) => number;
}

const flat: Scale = { low: -1, high: 1, marks: [0], step: 1, at: () => 0.5 };

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
  return { low, high, marks, step, at: (value) => (high - value) / (high - low) };
}

/** 1, 2 or 5 times a power of ten, not below `rough`. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}
