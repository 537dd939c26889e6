import * as z from 'zod/mini';
import { countSchema, instantSchema } from './snapshot.ts';

const milliseconds = z.number().check(z.nonnegative());
const share = z.number().check(z.gte(0), z.lte(1));

/** Upper ends of the classes that latencies are counted in, in milliseconds; the last has none. */
export const latencyClassesMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

/** How long one kind of question took, from asking to having the answer. */
export const latencySchema = z.object({
  /** Since the start. */
  count: countSchema,
  /** Of the last 500; null before the first. */
  p50Ms: z.nullable(milliseconds),
  p95Ms: z.nullable(milliseconds),
  /** Counts since the start, one a class of `latencyClassesMs` and one for what is beyond. */
  histogram: z.array(countSchema),
});

/** Why history is kept or not, and what looking after it has cost and found. */
export const historySchema = z.object({
  /** Share of the ledger that is loaded. */
  loaded: share,
  /** Why no history is kept of this ledger; null where it is. */
  unfit: z.nullable(z.string()),
  /** Closes that are kept, and the bytes that their columns take. */
  closes: countSchema,
  bytes: countSchema,
  /** Rows that surveys looked at since the history was begun. */
  rowsSwept: countSchema,
  /** What the last survey took; null before the first. */
  surveyMs: z.nullable(milliseconds),
  /** When the last audit ended, by the database's clock, and how many days of rows it corrected. */
  audit: z.nullable(z.object({ at: instantSchema, corrected: countSchema })),
});

/** What watching costs: this app's own doing since it started to watch. */
export const ownCostSchema = z.object({
  /** Milliseconds since the first question. */
  forMs: milliseconds,
  probe: latencySchema,
  refresh: latencySchema,
  /** Share of the last ten minutes that was spent inside queries, and the most that it may be. */
  dutyCycle: share,
  dutyCycleLimit: share,
  /** Milliseconds inside queries since the start, and what of it was upkeep of the history. */
  spentMs: milliseconds,
  upkeepMs: milliseconds,
  /** Bytes that came from the server and went to it. */
  received: countSchema,
  sent: countSchema,
  history: historySchema,
});

export type Latency = z.infer<typeof latencySchema>;
export type HistoryReport = z.infer<typeof historySchema>;
export type OwnCost = z.infer<typeof ownCostSchema>;
