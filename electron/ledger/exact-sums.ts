/**
 * Exact sums fast enough for a million rows. An integer of any size is kept as limbs of 15 decimal
 * digits in floats, where every whole number up to 2^53 is exact: value = Σ limbs[i] × 10^(15 i).
 * All limbs but the top one lie in [0, 10^15); the top one carries the sign.
 */
export type Limbs = Float64Array;

const base = 1e15;
const bigBase = 10n ** 15n;
/** What the top limb of a sum may reach, and still be exact. */
const topLimit = 9_000_000_000_000_000n;

/** How many limbs hold every integer up to a magnitude. */
export function limbsFor(magnitude: bigint): number {
  let count = 1;
  for (let limit = topLimit; magnitude > limit; limit *= bigBase) count += 1;
  return count;
}

/** Writes an integer. */
export function setLimbs(limbs: Limbs, value: bigint): void {
  let rest = value;
  const top = limbs.length - 1;
  for (let index = 0; index < top; index += 1) {
    let digits = rest % bigBase;
    if (digits < 0n) digits += bigBase;
    limbs[index] = Number(digits);
    rest = (rest - digits) / bigBase;
  }
  limbs[top] = Number(rest);
}

/** Reads it back. */
export function integerOf(limbs: Limbs): bigint {
  let value = 0n;
  for (let index = limbs.length - 1; index >= 0; index -= 1) {
    value = value * bigBase + BigInt(limbs[index] ?? 0);
  }
  return value;
}

/** The nearest float, give or take a rounding a limb. */
export function approximately(limbs: Limbs): number {
  let value = 0;
  for (let index = limbs.length - 1; index >= 0; index -= 1) {
    value = value * base + (limbs[index] ?? 0);
  }
  return value;
}

/** Adds the row's value, whose limbs lie in one column each. */
export function addRow(sum: Limbs, columns: readonly Float64Array[], row: number): void {
  const top = sum.length - 1;
  let carry = 0;
  for (let index = 0; index < top; index += 1) {
    const added = (sum[index] ?? 0) + (columns[index]?.[row] ?? 0) + carry;
    carry = added >= base ? 1 : 0;
    sum[index] = carry === 1 ? added - base : added;
  }
  sum[top] = (sum[top] ?? 0) + (columns[top]?.[row] ?? 0) + carry;
}

/** `to = a − b`. */
export function subtractLimbs(to: Limbs, a: Limbs, b: Limbs): void {
  const top = to.length - 1;
  let borrow = 0;
  for (let index = 0; index < top; index += 1) {
    const left = (a[index] ?? 0) - (b[index] ?? 0) - borrow;
    borrow = left < 0 ? 1 : 0;
    to[index] = borrow === 1 ? left + base : left;
  }
  to[top] = (a[top] ?? 0) - (b[top] ?? 0) - borrow;
}

/** Negative, 0 or positive as `a` is below, equal to or above `b`. */
export function compareLimbs(a: Limbs, b: Limbs): number {
  for (let index = a.length - 1; index >= 0; index -= 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
