import * as z from 'zod/mini';
import { decimalSchema } from '../decimal-schema.ts';
import { countSchema, instantSchema } from '../snapshot.ts';
import { endReasons, episodeSchema } from './episode.ts';
import { hoursSchema, ruleSchema } from './rule.ts';

/** Where messages go when nobody sits at the desk. Its secrets are kept elsewhere. */
export const webhookSchema = z.object({
  preset: z.enum(['off', 'ntfy', 'pushover', 'plain']),
  /** `https://…`; Pushover has one of its own. */
  url: z.string().check(z.maxLength(500)),
  /** Only what is at least as bad is sent. */
  from: z.enum(['info', 'warning', 'critical']),
});

/** When and whereto alerts are told. */
export const deliverySettingsSchema = z.object({
  /** In the trading day's zone: toasts wait for their end, but for critical ones. */
  quietHours: z.nullable(hoursSchema),
  webhook: webhookSchema,
  /** Tell the day's result at each rollover. */
  tellsDailyClose: z.boolean(),
});

/** An alert of now: an episode that lasts, or an event of the last hour that nobody has acknowledged. */
const currentAlertSchema = z.object({
  episode: episodeSchema,
  state: z.enum(['firing', 'recovering', 'no-data', 'event']),
  /** The value of now; null when it is not known. */
  value: z.nullable(decimalSchema),
  /** Why the value is not known; the alert stands all the same. */
  degraded: z.nullable(z.string()),
  snoozedUntil: z.nullable(z.union([instantSchema, z.literal('recovered')])),
  isFlapping: z.boolean(),
});

const instanceStatusSchema = z.object({
  scope: z.nullable(z.string()),
  state: z.enum(['normal', 'pending', 'firing', 'recovering', 'no-data']),
  value: z.nullable(decimalSchema),
  degraded: z.nullable(z.string()),
});

const ruleStatusSchema = z.object({
  rule: ruleSchema,
  /** At most 20, the worst first. */
  instances: z.array(instanceStatusSchema),
  /** All instances. */
  count: countSchema,
});

/** What a trading day came to. */
export const dailyCloseSchema = z.object({
  /** Its start date. */
  day: z.string(),
  /** When it was written, by the database's clock. */
  at: instantSchema,
  pnl: z.nullable(decimalSchema),
  ...{ closes: countSchema, wins: countSchema, draws: countSchema, losses: countSchema },
  /** Limits as they stood at the last look before the rollover; shares of the limit, 1 is all. */
  limits: z.array(
    z.object({
      name: z.string(),
      used: z.nullable(decimalSchema),
      share: z.nullable(decimalSchema),
    }),
  ),
  /** Worst case of the trades that stayed open. */
  openWorstCase: z.nullable(decimalSchema),
  open: countSchema,
  /** Ids of the episodes of the day, with what they were. */
  alerts: z.array(
    z.object({ at: instantSchema, title: z.string(), severity: z.string(), end: z.string() }),
  ),
});

/** Everything that a window shows of alerts. */
export const alertsStateSchema = z.object({
  /** False until the rules have been evaluated on fresh figures once. */
  isReady: z.boolean(),
  /** Worst first. */
  current: z.array(currentAlertSchema),
  rules: z.array(ruleStatusSchema),
  /** The latest 50 episodes, latest first. */
  recent: z.array(episodeSchema),
  /** Episodes that nobody has acknowledged. */
  unacked: countSchema,
  /** Nothing is told until then; null when all is. */
  snoozedUntil: z.nullable(instantSchema),
  delivery: deliverySettingsSchema,
  /** Whether the webhook's secret is known; it never leaves the main process. */
  hasWebhookSecret: z.boolean(),
  /** No rule was ever made: the presets are offered. */
  offersPresets: z.boolean(),
  /** The latest 31, latest first. */
  dailyCloses: z.array(dailyCloseSchema),
  /** What a person should know: a file that was put aside, a webhook that fails. */
  warnings: z.array(z.string()),
});

/** What keeps a rule from being saved, by its field. */
export const ruleProblemSchema = z.object({
  field: z.string(),
  message: z.string(),
  /** What was probably meant, as the field holds it. */
  suggestion: z.optional(decimalSchema),
});

/** What a rule would say now. */
export const rulePreviewSchema = z.object({
  problems: z.array(ruleProblemSchema),
  /** Value of now, per instance, the worst first, at most 20. */
  instances: z.array(instanceStatusSchema),
  /** Earliest time from a breach to its notification, in milliseconds. */
  earliestMs: z.number(),
  /** Where a breach would end. */
  recovery: z.nullable(decimalSchema),
});

/** What a rule would have told over the last 90 days of closes. */
export const whatIfSchema = z.object({
  from: instantSchema,
  /** Days since then, or since the first close if that came later. */
  days: countSchema,
  /** Instants with closes that it was evaluated on. */
  evaluated: countSchema,
  fired: countSchema,
  longestMs: z.number(),
  /** The latest 200, oldest first. */
  episodes: z.array(
    z.object({
      scope: z.nullable(z.string()),
      start: instantSchema,
      /** Null while it lasts. */
      end: z.nullable(instantSchema),
      endReason: z.nullable(z.enum(endReasons)),
      worst: z.nullable(decimalSchema),
    }),
  ),
  /** Why nothing can be said; null when it can. */
  reason: z.nullable(z.string()),
});

/** What an import would change, or has changed. */
export const importResultSchema = z.object({
  problems: z.array(z.string()),
  added: z.array(z.string()),
  changed: z.array(z.object({ name: z.string(), what: z.array(z.string()) })),
  unchanged: countSchema,
});

/** Whether a test notification was shown. */
export const testResultSchema = z.object({
  wasShown: z.boolean(),
  /** What happened, in a sentence. */
  message: z.string(),
});

export type AlertsState = z.infer<typeof alertsStateSchema>;
export type CurrentAlert = z.infer<typeof currentAlertSchema>;
export type RuleStatus = z.infer<typeof ruleStatusSchema>;
export type InstanceStatus = z.infer<typeof instanceStatusSchema>;
export type DeliverySettings = z.infer<typeof deliverySettingsSchema>;
export type WebhookSettings = z.infer<typeof webhookSchema>;
export type DailyClose = z.infer<typeof dailyCloseSchema>;
export type RuleProblem = z.infer<typeof ruleProblemSchema>;
export type RulePreview = z.infer<typeof rulePreviewSchema>;
export type WhatIf = z.infer<typeof whatIfSchema>;
export type ImportResult = z.infer<typeof importResultSchema>;
export type TestResult = z.infer<typeof testResultSchema>;
