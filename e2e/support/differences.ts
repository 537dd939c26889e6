import type { Oracle } from './oracle.ts';

type Texts = Readonly<Record<string, string>>;

/** Lists of trades may be cut where the screen ends, but not before this many. */
const fewestShown = 8;
const tradeLists: ReadonlySet<string> = new Set(['openTrades', 'recentCloses']);

/** One line for each figure on which the two disagree: what it is called, and both values. */
export function differences(product: Oracle, oracle: Oracle): string[] {
  const lists = Object.entries(oracle.lists).flatMap(([name, expected]) =>
    listDifferences(name, product.lists[name] ?? [], expected),
  );
  return [...valueDifferences('', product.values, oracle.values), ...lists];
}

function valueDifferences(prefix: string, product: Texts, oracle: Texts): string[] {
  return Object.entries(oracle)
    .map(([name, expected]) => [name, product[name] ?? 'null', expected] as const)
    .filter(([name, found, expected]) => !agree(name, found, expected))
    .map(([name, found, expected]) => `${prefix}${name}: product ${found}, oracle ${expected}`);
}

function listDifferences(name: string, product: readonly Texts[], oracle: readonly Texts[]) {
  const keyed = [...product, ...oracle].every(({ key }) => key !== undefined);
  const isCut = tradeLists.has(name) && product.length >= fewestShown;
  const expected = isCut ? oracle.slice(0, product.length) : oracle;
  const lengths =
    product.length === expected.length
      ? []
      : [`${name}.length: product ${product.length}, oracle ${expected.length}`];
  const entries = expected.flatMap((entry, index) => {
    const found = keyed ? product.find(({ key }) => key === entry.key) : product[index];
    const label = `${name}[${keyed ? entry.key : index}].`;
    return valueDifferences(label, found ?? {}, entry);
  });
  return [...lengths, ...entries];
}

/** Bounds and errors come out of a root: they agree to twelve places. All else is exact. */
const isRoot = /\.(low|high|plusMinus)$/;

function agree(name: string, found: string, expected: string): boolean {
  if (found === expected) return true;
  if (expected.startsWith('any of ')) return expected.slice(7).split(' ').includes(found);
  if (!isRoot.test(name) || found === 'null' || expected === 'null') return false;
  const apart = inTrillionths(found) - inTrillionths(expected);
  return apart >= -1n && apart <= 1n;
}

/** A plain decimal cut after twelve places, as an integer. */
function inTrillionths(text: string): bigint {
  const [whole = '0', places = ''] = text.split('.');
  return BigInt(whole + places.slice(0, 12).padEnd(12, '0'));
}
