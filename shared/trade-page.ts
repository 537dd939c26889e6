import * as z from 'zod/mini';
import { instantSchema, rowClassSchema, tradeSchema } from './snapshot.ts';

/** The most rows of one page. */
export const longestPage = 200;
const usualPage = 50;

const nameSchema = z.string().check(z.maxLength(300));

/** Which trades are asked for, newest first; what is left out does not narrow. */
export const tradeQuerySchema = z.strictObject({
  /** Where the page before this one ended, from its `nextCursor`. */
  cursor: z.optional(z.string().check(z.maxLength(500))),
  limit: z._default(z.int().check(z.gte(1), z.lte(longestPage)), usualPage),
  class: z.optional(rowClassSchema),
  strategy: z.optional(nameSchema),
  type: z.optional(nameSchema),
  venue: z.optional(nameSchema),
  market: z.optional(nameSchema),
  side: z.optional(nameSchema),
  /** Created at or after. */
  from: z.optional(instantSchema),
  /** Created before. */
  to: z.optional(instantSchema),
});

/** A page of trades. */
export const tradePageSchema = z.object({
  /** The database's clock when the page was read. */
  asOf: instantSchema,
  /** Newest first, by time of creation and id. */
  trades: z.array(tradeSchema),
  /** Null on the last page. */
  nextCursor: z.nullable(z.string()),
});

export type TradeQuery = z.infer<typeof tradeQuerySchema>;
export type TradePage = z.infer<typeof tradePageSchema>;
