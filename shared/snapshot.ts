import * as z from 'zod/mini';

/** Exact plain decimal as text: no exponent, no "+", never "-0", trailing zeros trimmed. */
const decimalSchema = z.string().check(z.regex(/^-?\d+(\.\d*[1-9])?$/));

/** UTC instant with microseconds, `2026-11-23T14:03:22.123456Z`. */
export const instantSchema = z
  .string()
  .check(z.regex(/^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/));

const countSchema = z.int().check(z.nonnegative());

/**
 * One number, or why there is none: `none` prints `—` (nothing to compute from), `not-computable`
 * prints `n/a` (the ledger cannot say).
 */
export const figureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: decimalSchema }),
  z.object({ kind: z.literal('none'), reason: z.string() }),
  z.object({ kind: z.literal('not-computable'), reason: z.string() }),
]);

/** Wins, draws and losses: scored trades by the sign of their P&L. */
const outcomesSchema = z.object({ wins: countSchema, draws: countSchema, losses: countSchema });

/** The class of one row, as `row-classes.ts` defines them; `closed` splits into its two kinds. */
export const rowClassSchema = z.enum(['rejected', 'failed', 'open', 'scored', 'unscored', 'other']);

const countsSchema = z.object({
  /** Every row of the relation. */
  all: countSchema,
  rejected: countSchema,
  failed: countSchema,
  /** Open, closed and other together. */
  executed: countSchema,
  open: countSchema,
  closed: countSchema,
  other: countSchema,
  /** Closed with a finite P&L. */
  scored: countSchema,
  /** Closed without one. */
  unscored: countSchema,
  /** Scored without a close time: in all-time figures, in no day. */
  undated: countSchema,
  /** Rows that contradict themselves, each counted once. */
  anomalies: countSchema,
  /** Rows of class other that carry a P&L, which is in no sum. */
  otherWithPnl: countSchema,
  /** Executed rows whose quantity is no finite number: left out of exposure and turnover. */
  oddQuantities: countSchema,
  /** Executed rows whose fees are no finite number: left out of their sum. */
  oddFees: countSchema,
});

const daySchema = z.object({
  /** Start date in the trading-day zone, `2026-11-23`. */
  name: z.string(),
  /** IANA zone that the day is counted in. */
  zone: z.string(),
  start: instantSchema,
  /** First instant of the next day. */
  end: instantSchema,
});

const daySummarySchema = z.object({
  pnl: figureSchema,
  /** Scored closes of the day. */
  closes: countSchema,
  /** Closes of the day without a P&L. */
  unscored: countSchema,
  ...outcomesSchema.shape,
  /** Highest cumulative P&L of the day, starting at 0. */
  peak: figureSchema,
  /** Peak − now, 0 or more. */
  giveBack: figureSchema,
  /** Cumulative P&L after each instant with closes, thinned to at most 240 points for a sparkline. */
  path: z.array(z.object({ at: instantSchema, pnl: decimalSchema })),
});

const tradeSchema = z.object({
  /** Null through a view alone. */
  id: z.nullable(z.string()),
  rowClass: rowClassSchema,
  createdAt: z.nullable(instantSchema),
  resolvedAt: z.nullable(instantSchema),
  venue: z.string(),
  marketId: z.string(),
  side: z.string(),
  outcome: z.string(),
  opportunityType: z.string(),
  strategy: z.nullable(z.string()),
  status: z.string(),
  /** Dollars or contracts, as the settings say; null when not finite. */
  quantity: z.nullable(decimalSchema),
  price: z.nullable(decimalSchema),
  pnl: z.nullable(decimalSchema),
  reason: z.nullable(z.string()),
});

/** All figures of one refresh, read in one transaction, so they agree with each other. */
export const snapshotSchema = z.object({
  /** The database's clock in the transaction that read it. */
  asOf: instantSchema,
  day: daySchema,
  counts: countsSchema,
  today: daySummarySchema,
  allTimePnl: figureSchema,
  outcomes: outcomesSchema,
  /** W / (W + L) as a fraction, with the Wilson 95 % interval on n = W + L. */
  winRate: z.object({
    rate: figureSchema,
    n: countSchema,
    interval: z.nullable(z.object({ low: decimalSchema, high: decimalSchema })),
  }),
  /** Σ quantity over open trades with a finite quantity, in dollars. */
  openExposure: figureSchema,
  /** Σ fees over executed trades. */
  fees: figureSchema,
  /** Σ quantity over executed trades. */
  turnover: figureSchema,
  /** P&L of each of the last 30 trading days, oldest first, days without closes included. */
  days: z.array(z.object({ name: z.string(), pnl: decimalSchema, closes: countSchema })),
  byOpportunityType: z.array(
    z.object({
      type: z.string(),
      /** Executed trades. */
      trades: countSchema,
      open: countSchema,
      scored: countSchema,
      pnl: figureSchema,
      ...outcomesSchema.shape,
    }),
  ),
  /** Rejections grouped by their reason with numbers replaced by "#", most frequent first. */
  rejections: z.array(z.object({ reason: z.string(), count: countSchema })),
  /** The newest rows of any class, newest first. */
  recentTrades: z.array(tradeSchema),
  /** Creation time of the newest row of any class, future-dated rows left out; null on an empty ledger. */
  newestRowAt: z.nullable(instantSchema),
  server: z.object({
    /** `server_version_num`, e.g. 150018. */
    versionNum: z.int(),
    maxConnections: countSchema,
    /** Slots that only superusers may take. */
    reserved: countSchema,
    /** Backends of all databases. */
    inUse: countSchema,
    standby: z.boolean(),
    /** The role could write; Plumbline never does, but a read-only role is safer. */
    roleCanWrite: z.boolean(),
  }),
});

export type Figure = z.infer<typeof figureSchema>;
export type RowClass = z.infer<typeof rowClassSchema>;
export type Snapshot = z.infer<typeof snapshotSchema>;
export type TradingDay = z.infer<typeof daySchema>;
export type Trade = z.infer<typeof tradeSchema>;
