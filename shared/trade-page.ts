import * as z from 'zod/mini';
import { instantSchema, rowClassSchema, tradeSchema } from './snapshot.ts';

/** The most rows of one page, and how many there are where nothing is said. */
export const longestPage = 200;
const usualPage = 50;

/** A name as the ledger writes it; PostgreSQL knows no text with a NUL in it. */
const nameSchema = z.string().check(
  z.maxLength(300),
  z.refine((name) => !name.includes('\0')),
);

/** An instant in UTC, to the second or as fine as a microsecond: `2026-11-23T14:00:00Z`. */
const momentSchema = z.string().check(
  z.regex(/^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/),
  // A Date takes the 30th of February for a day of March.
  z.refine((text) => {
    const ms = Date.parse(text);
    return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 10));
  }),
);

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
  from: z.optional(momentSchema),
  /** Created before. */
  to: z.optional(momentSchema),
});

/** A page of trades. Rows created at no finite time, or before the year 1, are on none. */
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
