import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { instantSchema } from '../../shared/snapshot.ts';
import type { TradeQuery } from '../../shared/trade-page.ts';

/** A cursor that leads nowhere; the message is a sentence for who sent it. */
export class TradeCursorError extends Error {
  override readonly name = 'TradeCursorError';
}

/** Where a page ended. */
export interface PageEnd {
  readonly createdAt: string;
  readonly id: string;
}

const latestYear = 294_276;

/** An instant that PostgreSQL knows as well: what it stumbles over would cost the connection. */
const createdSchema = instantSchema.check(
  z.refine((instant) => {
    const [year, rest] = [Number(instant.slice(0, -23)), instant.slice(-23)];
    if (year < 1 || year > latestYear) return false;
    // A Date ends before PostgreSQL does, but the calendar repeats itself. It takes the 30th of February for
    // a day of March.
    const ms = Date.parse(`${2000 + (year % 400)}${rest}`);
    return !Number.isNaN(ms) && new Date(ms).toISOString().slice(4, 23) === rest.slice(0, 19);
  }),
);

const cursorSchema = z.tuple([
  z.literal(1),
  z.string(),
  z.string(),
  createdSchema,
  z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)),
]);

/**
 * A cursor as opaque text. It is good for one ledger and one set of filters alone, which it names by short
 * digests: it says nothing of either.
 */
export function writeCursor(ledger: string, query: TradeQuery, end: PageEnd): string {
  const parts = [1, digestOf(ledger), filtersOf(query), end.createdAt, end.id];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Where the page before ended, null for the first page; throws a {@link TradeCursorError}. */
export function readCursor(ledger: string, query: TradeQuery): PageEnd | null {
  if (query.cursor === undefined) return null;
  const cursor = cursorSchema.safeParse(parsed(query.cursor));
  if (!cursor.success) refuse('is not understood');
  const [, ofLedger, filters, createdAt, id] = cursor.data;
  if (ofLedger !== digestOf(ledger)) refuse('belongs to another ledger');
  if (filters !== filtersOf(query)) refuse('belongs to other filters');
  return { createdAt, id };
}

function refuse(why: string): never {
  throw new TradeCursorError(`The cursor ${why}; leave it out to begin at the newest trade.`);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Pages of one walk may differ in length. */
function filtersOf({ cursor: _cursor, limit: _limit, ...filters }: TradeQuery): string {
  return digestOf(JSON.stringify(Object.entries(filters).sort()));
}

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);
