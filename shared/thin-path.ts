import { compareDecimals, parseDecimal } from './decimal.ts';

interface Point {
  readonly at: string;
  readonly pnl: string;
}

/**
 * Thins a path to at most `most` points for drawing. Each stretch keeps its first, lowest, highest
 * and last point, so no extreme is lost.
 */
export function thinPath<P extends Point>(path: readonly P[], most: number): P[] {
  if (path.length <= most) return [...path];
  const stretches = Math.floor(most / 4);
  const kept = Array.from({ length: stretches }, (_, index) => {
    const from = Math.floor((index * path.length) / stretches);
    const to = Math.floor(((index + 1) * path.length) / stretches);
    return extremes(path.slice(from, to));
  });
  return kept.flat();
}

function extremes<P extends Point>(stretch: readonly P[]): P[] {
  let low = 0;
  let high = 0;
  const values = stretch.map(({ pnl }) => parseDecimal(pnl));
  values.forEach((value, index) => {
    if (compareDecimals(value, values[low] ?? value) < 0) low = index;
    if (compareDecimals(value, values[high] ?? value) > 0) high = index;
  });
  const wanted = new Set([0, low, high, stretch.length - 1]);
  return stretch.filter((_, index) => wanted.has(index));
}
