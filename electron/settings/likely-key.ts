/** The known key that was probably meant: a slip of the hand, or a key of another group; else null. */
export function likelyKey(path: string, known: readonly string[]): string | null {
  const name = lastPart(path);
  const moved = known.find((each) => lastPart(each).toLowerCase() === name.toLowerCase());
  if (moved !== undefined) return moved;
  const most = name.length < 5 ? 1 : 2;
  const near = known
    .map((each) => ({ each, distance: editDistance(lastPart(each), name) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.each ?? null;
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Letters to add, drop or change to make one of the other; anything long is far from all keys. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const changed = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
