import { canonicalDecimal, compareDecimals, parseDecimal, zero } from '../../shared/decimal.ts';
import { parseRelationName } from '../../shared/relation-name.ts';
import { isZone } from '../../shared/trading-day.ts';

/** A field as it was understood, or why it was not: the rest of "bankroll -5 …". */
export type FieldRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

/** Judges one field of the file. */
export type FieldCheck<T> = (value: unknown) => FieldRead<T>;

const understood = <T>(value: T): FieldRead<T> => ({ ok: true, value });
const refused = (why: string): FieldRead<never> => ({ ok: false, why });

const longestAmount = 60;
const longestName = 60;
const one = parseDecimal('1');

/** True or false. */
export const flag: FieldCheck<boolean> = (value) =>
  typeof value === 'boolean' ? understood(value) : refused('is neither true nor false');

/** One of a few words. */
export const oneOf =
  <const T extends string>(choices: readonly T[]): FieldCheck<T> =>
  (value) => {
    const chosen = choices.find((choice) => choice === value);
    const known = choices.map((choice) => `"${choice}"`).join(', ');
    return chosen === undefined ? refused(`is none of ${known}`) : understood(chosen);
  };

/** Null, or what the check takes. */
export const orNull =
  <T>(check: FieldCheck<T>): FieldCheck<T | null> =>
  (value) =>
    value === null ? understood(null) : check(value);

/** A positive amount of money: text, or a whole number, which JSON holds exactly. */
export const amount: FieldCheck<string> = (value) => {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    return refused('must be text in double quotes, for a number in JSON is not exact');
  const text = decimalText(value);
  if (text === null || compareDecimals(parseDecimal(text), zero) <= 0)
    return refused('is no positive amount such as "500" or "1250.50"');
  return understood(text);
};

/** A share of something, over 0 and up to 1. It is no money, so a number will do. */
export const share: FieldCheck<string> = (value) => {
  const text = decimalText(value);
  const isShare =
    text !== null &&
    compareDecimals(parseDecimal(text), zero) > 0 &&
    compareDecimals(parseDecimal(text), one) <= 0;
  return isShare ? understood(text) : refused('is no share over 0 and up to 1 such as "0.1"');
};

/** A time zone that this machine knows. */
export const zone: FieldCheck<string> = (value) =>
  typeof value === 'string' && isZone(value)
    ? understood(value)
    : refused('is no time zone of this machine');

/** A TCP port; 0 takes any that is free. */
export const port: FieldCheck<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535
    ? understood(value)
    : refused('is no port from 0 to 65535');

/** An hour of the clock. */
export const hour: FieldCheck<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 23
    ? // JSON knows -0, which no screen should.
      understood(value + 0)
    : refused('is no hour from 0 to 23');

/** `name` or `schema.name`. */
export const relation: FieldCheck<string> = (value) =>
  // An address in this place would be shown with its password when no such relation is found.
  typeof value === 'string' && !value.includes('://') && parseRelationName(value) !== null
    ? understood(value)
    : refused('is neither name nor schema.name, of at most 63 bytes each');

/** A short name that can be shown on one line. */
export const displayName: FieldCheck<string> = (value) => {
  const isName =
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= longestName &&
    !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value);
  return isName ? understood(value) : refused(`is no name of 1 to ${longestName} characters`);
};

/** Canonical text of a plain decimal, null when it is none. */
function decimalText(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > longestAmount) return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? canonicalDecimal(text) : null;
}
