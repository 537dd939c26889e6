/** Where a relation lies: the search path finds it when no schema is given. */
export interface RelationName {
  readonly schema: string | null;
  readonly name: string;
}

const longestBytes = 63;
const part = '(?:"(?:[^"\\u0000]|"")+"|[^".\\s\\u0000]+)';
const wanted = new RegExp(`^(?:(${part})\\.)?(${part})$`, 'u');

/**
 * Reads `name` or `schema.name`; a part in double quotes may hold dots, blanks and doubled quotes.
 * Letters keep their case, unlike in SQL. Null when it is neither, or a part is over 63 bytes.
 */
export function parseRelationName(text: string): RelationName | null {
  const match = wanted.exec(text);
  if (match === null) return null;
  const [schema, name] = [match[1], match[2]].map(unquoted);
  const parts = [schema, name].filter((each) => each !== undefined);
  if (name === undefined || parts.some((each) => bytesOf(each) > longestBytes)) return null;
  return { schema: schema ?? null, name };
}

const unquoted = (text: string | undefined): string | undefined =>
  text?.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
