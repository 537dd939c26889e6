/** A stream of chance that the seed alone decides: the same seed tells the same story. */
export interface Random {
  /** From 0 up to, never reaching, 1. */
  next(): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the list, the heavier the likelier. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
  /** Bell-shaped around 0 with a standard deviation of 1. */
  normal(): number;
  /** A version 4 UUID. */
  uuid(): string;
}

/** Makes a stream; the label sets streams of one seed apart. */
export function createRandom(seed: number, label: string): Random {
  const next = sfc32(seed, label);
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? missing(),
    weighted: (list) => pickWeighted(list, next()),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    uuid: () => uuidFrom(next),
  };
}

function pickWeighted<T extends { readonly weight: number }>(list: readonly T[], at: number): T {
  let total = 0;
  for (const item of list) total += item.weight;
  let left = at * total;
  for (const item of list) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return list.at(-1) ?? missing();
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Tens of thousands are made for one history; a table is several times faster than toString. */
function uuidFrom(next: () => number): string {
  const hex16 = (bits: number): string =>
    `${hexOfByte[(bits >>> 8) & 0xff]}${hexOfByte[bits & 0xff]}`;
  const hex32 = (bits: number): string => hex16(bits >>> 16) + hex16(bits);
  const word = (): number => (next() * 2 ** 32) >>> 0;
  const middle = word();
  const version = 0x4000 | (middle & 0x0fff);
  const variant = 0x8000 | ((middle >>> 16) & 0x3fff);
  const tail = word();
  return `${hex32(word())}-${hex16(tail)}-${hex16(version)}-${hex16(variant)}-${hex16(tail >>> 16)}${hex32(word())}`;
}

function missing(): never {
  throw new RangeError('There is nothing to pick from.');
}

/** Small Fast Counter, 32 bits: a public-domain generator that passes the usual test batteries. */
function sfc32(seed: number, label: string): () => number {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = hash(label);
  let counter = 1;
  const step = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers of neighbouring seeds resemble each other.
  for (let skipped = 0; skipped < 16; skipped += 1) step();
  return step;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return value >>> 0;
}
