import { formatText } from '../../shared/format.ts';

const longest = 60;

// A connection string in the wrong place: its password must not get into a log or onto a screen.
const isAddress = /:\/\//;
const mayHoldSecret = /:\/\/|passw|pwd|secret|token/i;

/** A key of the file as a sentence may show it: short, without control characters. */
export const shownKey = (key: string): string =>
  isAddress.test(key) ? '(hidden)' : formatText(key, longest);

/** A value of the file as a sentence may show it: never a secret either. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string')
    return mayHoldSecret.test(value) ? '(hidden)' : `"${formatText(value, longest)}"`;
  if (Array.isArray(value)) return '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : String(value);
}
