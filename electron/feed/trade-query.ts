import type * as z from 'zod/mini';
import { rowClassSchema } from '../../shared/snapshot.ts';
import { longestPage, tradeQuerySchema } from '../../shared/trade-page.ts';

/** Parameters as the schema wants them: a number is text in an address. */
export function tradeQueryOf(query: URLSearchParams): Record<string, unknown> {
  const { limit, ...rest } = Object.fromEntries(query);
  return limit === undefined
    ? rest
    : { ...rest, limit: /^\d+$/.test(limit) ? Number(limit) : limit };
}

/** What is wrong with the parameters of a page of trades, and what would be right, in a sentence. */
export function faultOfQuery(issue: z.core.$ZodIssue | undefined): string {
  const name = issue?.code === 'unrecognized_keys' ? String(issue.keys[0]) : String(issue?.path[0]);
  switch (name) {
    case 'limit':
      return `limit takes a whole number from 1 to ${longestPage}.`;
    case 'class':
      return `class is one of ${rowClassSchema.options.join(', ')}.`;
    case 'from':
    case 'to':
      return `${name} takes an instant in UTC, such as 2026-11-23T14:00:00Z.`;
    case 'cursor':
      return 'The cursor is not understood; leave it out to begin at the newest trade.';
    default:
      return Object.hasOwn(tradeQuerySchema.shape, name)
        ? `${name} takes a name of up to 300 characters.`
        : `There is no parameter ${name.slice(0, 40)}; known are ${Object.keys(tradeQuerySchema.shape).join(', ')}.`;
  }
}
