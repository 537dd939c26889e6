import * as z from 'zod/mini';
import { alertsStateSchema } from './alerts/alerts-state.ts';
import { severitySchema } from './alerts/rule.ts';
import { metricIds } from './metrics.ts';
import { monitorStateSchema } from './monitor-state.ts';
import { countSchema, figureSchema, instantSchema, snapshotSchema } from './snapshot.ts';

/**
 * The events of the feed. Each carries all that it is about, so that one may be left out when a later one
 * of its name follows: `settings` says only that they changed.
 */
export const feedEvents = ['snapshot', 'freshness', 'alert', 'settings', 'heartbeat'] as const;

export type FeedEvent = (typeof feedEvents)[number];

/** The window's freshness in one word, and the age it was judged by when the message was made. */
const freshnessSchema = z.object({
  kind: z.enum(['starting', 'live', 'late', 'stale', 'disconnected', 'paused']),
  ageMs: z.nullable(z.number().check(z.nonnegative())),
});

/** What each message on figures begins with. */
const standing = {
  /** Number of the snapshot, 0 before the first; it starts anew with each start. */
  sequence: countSchema,
  /** The database's clock when the figures were last read or confirmed. */
  asOf: z.nullable(instantSchema),
  freshness: freshnessSchema,
};

/** A figure as the window has it, and as it is printed there. */
const printedFigureSchema = z.object({ figure: figureSchema, text: z.string() });

/** Data of a `snapshot` event: every metric by its test id; null before the first figures. */
export const feedFiguresSchema = z.object({
  ...standing,
  figures: z.nullable(z.record(z.enum(metricIds), printedFigureSchema)),
});

/** `GET /v1/snapshot`; `snapshot` is what `plumbline report --json` prints. */
export const feedSnapshotSchema = z.extend(feedFiguresSchema, {
  state: monitorStateSchema,
  snapshot: z.nullable(snapshotSchema),
});

/** Data of a `freshness` event, one each time that the figures are confirmed or their trust changes. */
export const feedFreshnessSchema = z.object({ ...standing, state: monitorStateSchema });

/** Data of an `alert` event: what stands now, worst first. */
export const feedAlertSchema = z.object({
  worst: z.nullable(severitySchema),
  ...z.pick(alertsStateSchema, { isReady: true, current: true, unacked: true }).shape,
});

/** `GET /v1/alerts`; where alerts are sent is nobody's business here. */
export const feedAlertsSchema = z.object({
  worst: z.nullable(severitySchema),
  ...z.pick(alertsStateSchema, {
    ...{ isReady: true, current: true, unacked: true, rules: true, recent: true },
    ...{ snoozedUntil: true, dailyCloses: true },
  }).shape,
});

/** Data of a `heartbeat`, every ten seconds: silence longer than that is a dead connection. */
export const feedHeartbeatSchema = z.object({
  ...standing,
  status: z.enum(['starting', 'watching', 'verifying', 'failing', 'paused']),
  subscribers: countSchema,
});

/** What a refusal says. */
export const feedErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});

export type FeedFigures = z.infer<typeof feedFiguresSchema>;
export type FeedSnapshot = z.infer<typeof feedSnapshotSchema>;
export type FeedFreshness = z.infer<typeof feedFreshnessSchema>;
export type FeedAlert = z.infer<typeof feedAlertSchema>;
export type FeedAlerts = z.infer<typeof feedAlertsSchema>;
export type FeedHeartbeat = z.infer<typeof feedHeartbeatSchema>;

/**
 * The calls of the contract that a browser view may make: each only tells. Everything else belongs to who
 * sits at the workstation.
 */
export const viewCalls = [
  ...['monitor.state', 'monitor.snapshot', 'monitor.cost', 'monitor.oddRows', 'monitor.trades'],
  ...['settings.state', 'alerts.state', 'alerts.history', 'alerts.dailyCloseText', 'feed.state'],
] as const;

/** Where the feed stands, for the window. */
export const feedStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('starting') }),
  z.object({
    kind: z.literal('on'),
    /** `http://127.0.0.1:8630`. */
    address: z.string(),
    subscribers: countSchema,
    /** Subscribers that were cut because they did not read. */
    cut: countSchema,
    /** Requests since the start: answered, and refused by who they were or how many. */
    answered: countSchema,
    refused: countSchema,
  }),
  /** It was to be on; the sentence says why it is not. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

export type FeedState = z.infer<typeof feedStateSchema>;
