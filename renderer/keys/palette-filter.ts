/** Whatever a person may look for. */
export interface Searchable {
  readonly label: string;
  readonly group: string;
}

/**
 * Entries that hold each word of the query, in their own order; those that begin with the query come
 * first, then those of which a word begins with it.
 */
export function filterEntries<T extends Searchable>(entries: readonly T[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return [...entries];
  const rankOf = ({ label }: Searchable): number => {
    const text = label.toLowerCase();
    if (text.startsWith(first)) return 0;
    return text.includes(` ${first}`) ? 1 : 2;
  };
  return entries
    .filter(({ label, group }) => {
      const text = `${label} ${group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}
