/**
 * Exact decimals. Money arrives from PostgreSQL as text, is kept as a scaled BigInt as wide as the
 * data needs, and leaves as text; it becomes a float only inside a chart.
 */

/** `units × 10^-scale`, exact. */
export interface Decimal {
  /** The digits as an integer, with the sign. */
  readonly units: bigint;
  /** How many of the digits stand behind the point, 0 or more. */
  readonly scale: number;
}

const plainDecimal = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** Reads a plain decimal such as `-12.50`; throws a RangeError on NaN, Infinity, exponents, blanks. */
export function parseDecimal(text: string): Decimal {
  const match = plainDecimal.exec(text);
  if (match === null) throw new RangeError(`Not a plain decimal: ${text.slice(0, 40)}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const magnitude = BigInt(whole + fraction);
  return { units: sign === '-' ? -magnitude : magnitude, scale: fraction.length };
}

/** Plain text as `ledger.md` writes it: no exponent, no "+", never "-0", trailing zeros trimmed. */
export function printDecimal({ units, scale }: Decimal): string {
  const digits = magnitudeOf(units)
    .toString()
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The same number in the one text form that the screen, the feed and the files share. */
export const canonicalDecimal = (text: string): string => printDecimal(parseDecimal(text));

/** Rounds half away from zero to `decimals` places; the result has exactly that scale. */
export function roundDecimal({ units, scale }: Decimal, decimals: number): Decimal {
  if (scale <= decimals) return { units: units * 10n ** BigInt(decimals - scale), scale: decimals };
  const divisor = 10n ** BigInt(scale - decimals);
  const rounded = (magnitudeOf(units) + divisor / 2n) / divisor;
  return { units: units < 0n ? -rounded : rounded, scale: decimals };
}

/** Exact sum. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

/** Exact difference `a − b`. */
export const subtractDecimals = (a: Decimal, b: Decimal): Decimal =>
  addDecimals(a, { units: -b.units, scale: b.scale });

/** Quotient `a / b`, rounded half away from zero to `decimals` places; throws on division by zero. */
export function divideDecimals(a: Decimal, b: Decimal, decimals: number): Decimal {
  if (b.units === 0n) throw new RangeError('Division by zero');
  const scaled = a.units * 10n ** BigInt(decimals + 1 + b.scale);
  const quotient = scaled / (b.units * 10n ** BigInt(a.scale));
  return roundDecimal({ units: quotient, scale: decimals + 1 }, decimals);
}

/** Exact product. */
export const multiplyDecimals = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});

/** Square root, cut off after `decimals` places; throws on a negative number. */
export function squareRoot({ units, scale }: Decimal, decimals: number): Decimal {
  if (units < 0n) throw new RangeError('Square root of a negative number');
  const places = 2 * Math.max(decimals, Math.ceil(scale / 2));
  const root = integerRoot(units * 10n ** BigInt(places - scale));
  return { units: root / 10n ** BigInt(places / 2 - decimals), scale: decimals };
}

/** Largest integer whose square is not above `n`, by Newton's method from above. */
function integerRoot(n: bigint): bigint {
  if (n === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** A whole number. */
export const wholeDecimal = (count: number): Decimal => ({ units: BigInt(count), scale: 0 });

/** Magnitude. */
export const absoluteDecimal = ({ units, scale }: Decimal): Decimal => ({
  units: magnitudeOf(units),
  scale,
});

/** −1, 0 or 1. */
export function signOf({ units }: Decimal): -1 | 0 | 1 {
  if (units === 0n) return 0;
  return units < 0n ? -1 : 1;
}

/** −1, 0 or 1 as `a` is below, equal to or above `b`. */
export const compareDecimals = (a: Decimal, b: Decimal): -1 | 0 | 1 =>
  signOf(subtractDecimals(a, b));

/** Zero. */
export const zero: Decimal = { units: 0n, scale: 0 };

const magnitudeOf = (units: bigint): bigint => (units < 0n ? -units : units);

const unitsAt = ({ units, scale }: Decimal, wanted: number): bigint =>
  units * 10n ** BigInt(wanted - scale);
