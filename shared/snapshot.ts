import * as z from 'zod/mini';
import { decimalSchema } from './decimal-schema.ts';
import { figureIds } from './metrics.ts';
import { rangeIds } from './ranges.ts';
import { settingsSchema } from './settings.ts';

/**
 * UTC instant with microseconds, `2026-11-23T14:03:22.123456Z`. Years of five and six digits carry no
 * sign; the year 0 and those before it, which PostgreSQL calls BC, are `-000043`, as in ISO 8601.
 */
export const instantSchema = z
  .string()
  .check(z.regex(/^(\d{4,6}|-\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/));

/** How many rows. */
export const countSchema = z.int().check(z.nonnegative());

const missing = { value: z.null(), reason: z.string() };

/**
 * One number, or why there is none: `none` prints `—` (nothing to compute from), `not-computable`
 * prints `n/a` (the ledger cannot say), `infinite` prints `∞`, `error` prints `⚠` (computing it failed).
 */
export const figureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    value: decimalSchema,
    /** How many rows a ratio rests on. */
    n: z.optional(countSchema),
    /** One standard error. */
    plusMinus: z.optional(decimalSchema),
    /** 95 % interval. */
    interval: z.optional(z.object({ low: decimalSchema, high: decimalSchema })),
  }),
  z.object({ kind: z.literal('none'), ...missing }),
  z.object({ kind: z.literal('not-computable'), ...missing }),
  z.object({ kind: z.literal('infinite'), ...missing }),
  z.object({ kind: z.literal('error'), ...missing }),
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
  /** Scored with a close time after now: in the totals and in the equity line all the same. */
  future: countSchema,
  /** Rows that contradict themselves, each counted once. */
  anomalies: countSchema,
  /** Rows of class other that carry a P&L, which is in no sum. */
  otherWithPnl: countSchema,
  /** Executed rows whose quantity is no finite number: left out of exposure and turnover. */
  oddQuantities: countSchema,
  /** Executed rows whose fees are no finite number: left out of their sum. */
  oddFees: countSchema,
  /** Executed rows whose expected edge is no finite number: left out of what the model promises. */
  oddEdges: countSchema,
  /** Open rows whose price is not between 0 and 1: left out of best and worst case. */
  oddPrices: countSchema,
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

/** Closes of some stretch of time. */
const closesSchema = {
  pnl: figureSchema,
  /** Scored closes. */
  closes: countSchema,
  ...outcomesSchema.shape,
};

const todaySchema = z.object({
  ...closesSchema,
  /** Closes of the day without a P&L. */
  unscored: countSchema,
  /** Cumulative P&L after each instant with closes, thinned to at most 240 points for a sparkline. */
  path: z.array(z.object({ at: instantSchema, pnl: decimalSchema })),
});

/** Whole trading days: `[start, end)`; `all` has no start and counts undated closes too. */
const rangeSchema = z.object({
  ...closesSchema,
  start: z.nullable(instantSchema),
  end: instantSchema,
});

/** A fall of the equity from a high-water mark. */
const fallSchema = z.object({
  /** Last instant at the high-water mark before the fall. */
  peakAt: instantSchema,
  troughAt: instantSchema,
  /** First instant back at that mark; null while it is not. */
  recoveredAt: z.nullable(instantSchema),
});

const equitySchema = z.object({
  /** Where the line starts: the bankroll, or 0 without one; null when nothing was ever executed. */
  baseline: z.nullable(z.object({ at: instantSchema, equity: decimalSchema })),
  /**
   * `[at, equity, high-water mark]` after instants with closes, oldest first. Thinned for drawing:
   * of each stretch of every range its first, last, lowest, highest and deepest point are kept.
   */
  points: z.array(z.tuple([instantSchema, decimalSchema, decimalSchema])),
  /** Time of the peak below which the equity stands now; null at the high-water mark. */
  belowPeakSince: z.nullable(instantSchema),
  /** The deepest fall in dollars, null when there was none. */
  maxDrawdown: z.nullable(fallSchema),
  /** The deepest fall in percent, null when there was none or it cannot be said. */
  maxDrawdownPct: z.nullable(fallSchema),
});

/** One limit: how much of it is used. */
const limitSchema = z.object({
  kind: z.enum(['daily-loss', 'drawdown', 'venue', 'market']),
  /** Which venue or market stands closest to it; null for the others, or when nothing is open. */
  subject: z.nullable(z.string()),
  /** The setting: share of the bankroll, for drawdown of the high-water mark. */
  share: decimalSchema,
  used: figureSchema,
  limit: figureSchema,
  /** Negative when the limit is breached. */
  left: figureSchema,
  /** Whether one more average loser would breach it; null where a loser uses nothing up or none is known. */
  breachedByAverageLoss: z.nullable(z.boolean()),
});

/** Name of a row of a breakdown: `none` where the ledger names nothing, `rest` for all beyond the shown. */
const groupNameSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('named'), name: z.string() }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('rest') }),
]);

/** A row of a breakdown of the executed trades; the rows always add up to the total. */
const groupSchema = z.object({
  group: groupNameSchema,
  /** Executed trades. */
  trades: countSchema,
  open: countSchema,
  /** Σ cost over its open trades whose cost can be said; not computable when that is none of them. */
  exposure: figureSchema,
  scored: countSchema,
  pnl: figureSchema,
  expectancy: figureSchema,
  /** Σ P&L ÷ Σ (quantity × expected edge) over scored trades. */
  edgeCapture: figureSchema,
  ...outcomesSchema.shape,
});

const exposureSchema = z.object({
  group: groupNameSchema,
  trades: countSchema,
  cost: decimalSchema,
});

/** Rows grouped by their reason with numbers replaced by "#". */
const reasonSchema = z.object({ reason: z.string(), count: countSchema });

/** One row, as lists show it. */
export const tradeSchema = z.object({
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
  /** Share of the stake that the model expects. */
  expectedEdge: z.nullable(decimalSchema),
  fees: z.nullable(decimalSchema),
  pnl: z.nullable(decimalSchema),
  reason: z.nullable(z.string()),
});

/** The settings that the figures rest on. */
const basisSchema = z.pick(settingsSchema, {
  bankroll: true,
  tradingDay: true,
  quantityUnit: true,
  pnlIsGross: true,
});

/** How a change of what was published before was found. */
export const restatementSources = ['live', 'sweep', 'count', 'audit', 'reload'] as const;

/** A scored close as it counted before or counts now. */
const closeSchema = z.object({ at: instantSchema, pnl: decimalSchema });

/** Figures that were published, and were other in truth: late, amended or deleted rows. */
const restatementSchema = z.object({
  /** The database's clock when it was found. */
  at: instantSchema,
  /** In a refresh, by row version, by a count of rows, by an audit, or by a change of the ledger itself. */
  found: z.enum(restatementSources),
  /** By how much past trading days are others now, oldest first; at most 30. */
  days: z.array(z.object({ name: z.string(), pnl: decimalSchema, closes: z.int() })),
  /** Closes that came, changed or went: at most 20. */
  rows: z.array(
    z.object({
      id: z.string(),
      before: z.nullable(closeSchema),
      after: z.nullable(closeSchema),
    }),
  ),
  /** How many such closes there are. */
  rowsChanged: countSchema,
});

/** All figures of one refresh, read in one transaction, so they agree with each other. */
export const snapshotSchema = z.object({
  /** The database's clock in the transaction that read it. */
  asOf: instantSchema,
  day: daySchema,
  basis: basisSchema,
  /** Every metric of `metrics.ts` but the counts, by its name. */
  figures: z.record(z.enum(figureIds), figureSchema),
  counts: countsSchema,
  outcomes: outcomesSchema,
  today: todaySchema,
  ranges: z.record(z.enum(rangeIds), rangeSchema),
  /** A range that was asked for by its number of days; only the report does. */
  lastDays: z.optional(rangeSchema),
  /** P&L of each of the last 30 trading days, oldest first, days without closes included. */
  days: z.array(z.object({ name: z.string(), pnl: decimalSchema, closes: countSchema })),
  equity: equitySchema,
  limits: z.array(limitSchema),
  /** Executed trades by strategy and by opportunity type, most trades first, at most 20 and the rest. */
  byStrategy: z.array(groupSchema),
  byOpportunityType: z.array(groupSchema),
  exposure: z.object({
    /** The ten with the highest cost. */
    markets: z.array(exposureSchema),
    venues: z.array(exposureSchema),
    /** Open trades whose cost cannot be said; in no exposure. */
    leftOut: countSchema,
    /** Open trades that best and worst case leave out. */
    outsideEnvelope: countSchema,
  }),
  /** The newest open trades, newest first. */
  openTrades: z.array(tradeSchema),
  /** The last trades to close, last first. */
  recentCloses: z.array(tradeSchema),
  /** The scored trades with the highest and the lowest P&L; null where there is no win or no loss. */
  largestWin: z.nullable(tradeSchema),
  largestLoss: z.nullable(tradeSchema),
  /** Most frequent first. */
  rejections: z.array(reasonSchema),
  failures: z.array(reasonSchema),
  /** What was published before and was restated since the start: the latest 20, latest first. */
  restatements: z.array(restatementSchema),
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
export type Basis = z.infer<typeof basisSchema>;
export type Range = z.infer<typeof rangeSchema>;
export type Equity = z.infer<typeof equitySchema>;
export type Fall = z.infer<typeof fallSchema>;
export type Limit = z.infer<typeof limitSchema>;
export type GroupName = z.infer<typeof groupNameSchema>;
export type Group = z.infer<typeof groupSchema>;
export type Restatement = z.infer<typeof restatementSchema>;
export type Exposure = z.infer<typeof exposureSchema>;
