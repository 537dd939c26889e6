import { compareDecimals, parseDecimal } from './decimal.ts';

interface Point {
  readonly at: string;
  readonly pnl: string;
}

/** Half-open stretch of indexes. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Thins indexes to at most about `most` for drawing, in order. Each stretch keeps its first and its
 * last, and the `extremesEach` others that `extremesOf` names, so no extreme is lost.
 */
export function thinIndexes(
  { from, to }: Stretch,
  most: number,
  extremesEach: number,
  extremesOf: (stretch: Stretch) => readonly number[],
): number[] {
  const length = to - from;
  if (length <= most) return Array.from({ length }, (_, index) => from + index);
  const stretches = Math.floor(most / (extremesEach + 2));
  return Array.from({ length: stretches }, (_, index) => {
    const stretch = {
      from: from + Math.floor((index * length) / stretches),
      to: from + Math.floor(((index + 1) * length) / stretches),
    };
    const kept = new Set([stretch.from, ...extremesOf(stretch), stretch.to - 1]);
    return [...kept].sort((a, b) => a - b);
  }).flat();
}

/** Thins a path to at most `most` points for drawing, keeping the lowest and highest of each stretch. */
export function thinPath<P extends Point>(path: readonly P[], most: number): P[] {
  const values = path.map(({ pnl }) => parseDecimal(pnl));
  const isBelow = (a: number, b: number): boolean => {
    const [left, right] = [values[a], values[b]];
    return left !== undefined && right !== undefined && compareDecimals(left, right) < 0;
  };
  const kept = thinIndexes({ from: 0, to: path.length }, most, 2, ({ from, to }) => {
    let [low, high] = [from, from];
    for (let index = from; index < to; index += 1) {
      if (isBelow(index, low)) low = index;
      if (isBelow(high, index)) high = index;
    }
    return [low, high];
  });
  const wanted = new Set(kept);
  return path.filter((_, index) => wanted.has(index));
}
