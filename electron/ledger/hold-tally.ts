import type { Moment } from './moments.ts';

const microsASecond = 1e6;
/** Each second up to 256 is a size of its own; beyond, 128 sizes each time that the time doubles, */
const finest = 256;
/** up to here; the longest have sizes that are as wide as microseconds can be told apart in a float. */
const widest = 2 ** 33;
const widestFrom = 2 ** 41;
/** From 4713 BC to the year 294276, rounded up. */
const longestSeconds = 1e13;

/** A stretch of hold times, in whole seconds `[from, to)`. */
export interface HoldSize {
  readonly from: number;
  readonly to: number;
  /** How many hold times are in it, and how many are shorter than all of them. */
  readonly count: number;
  readonly shorter: number;
}

/**
 * Hold times by size, with their count and sum: the median is then found among the few of one size,
 * without sorting a million. Negative and unknown ones are left out.
 */
export class HoldTally {
  count = 0;
  /** Σ whole seconds, and Σ microseconds on top of them. */
  #seconds = 0n;
  #micros = 0;
  readonly #sizes = new Int32Array(sizeOf(longestSeconds) + 1);

  add(hold: Moment | null): void {
    this.#change(hold, 1);
  }

  remove(hold: Moment | null): void {
    this.#change(hold, -1);
  }

  /** Σ in microseconds. */
  sumUs(): bigint {
    return this.#seconds * BigInt(microsASecond) + BigInt(this.#micros);
  }

  /** The size of the hold time of a rank, 0 for the shortest. */
  sizeAt(rank: number): HoldSize {
    let shorter = 0;
    for (let size = 0; size < this.#sizes.length; size += 1) {
      const count = this.#sizes[size] ?? 0;
      if (rank < shorter + count) {
        return { from: firstOf(size), to: firstOf(size + 1), count, shorter };
      }
      shorter += count;
    }
    throw new RangeError(`No hold time of rank ${rank}`);
  }

  #change(hold: Moment | null, step: 1 | -1): void {
    if (hold === null || hold.seconds < 0) return;
    this.count += step;
    this.#seconds += BigInt(step * hold.seconds);
    this.#micros += step * hold.micros;
    const size = sizeOf(hold.seconds);
    this.#sizes[size] = (this.#sizes[size] ?? 0) + step;
  }
}

function sizeOf(seconds: number): number {
  if (seconds < finest) return seconds;
  if (seconds >= widestFrom) {
    return sizeOf(widestFrom - 1) + 1 + Math.floor((seconds - widestFrom) / widest);
  }
  const doublings = Math.floor(Math.log2(seconds)) - 7;
  return finest + (doublings - 1) * 128 + Math.floor(seconds / 2 ** doublings) - 128;
}

function firstOf(size: number): number {
  if (size < finest) return size;
  const doublings = Math.floor((size - finest) / 128) + 1;
  const first = (128 + ((size - finest) % 128)) * 2 ** doublings;
  if (first < widestFrom) return first;
  return widestFrom + (size - sizeOf(widestFrom)) * widest;
}

/** The value of a rank, 0 for the smallest, by quickselect (C. A. R. Hoare, 1961); reorders `values`. */
export function valueOfRank(values: Float64Array, rank: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >>> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] ?? Number.NaN;
}
