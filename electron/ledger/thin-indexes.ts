/** Half-open stretch of indexes. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Thins indexes to at most `most` for drawing, in order. Each stretch keeps its first and its last,
 * and the `extremesEach` others that `extremesOf` names, so no extreme is lost.
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
