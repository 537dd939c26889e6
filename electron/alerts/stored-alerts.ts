import * as z from 'zod/mini';
import { dailyCloseSchema, deliverySettingsSchema } from '../../shared/alerts/alerts-state.ts';
import { episodeSchema, noticeKinds } from '../../shared/alerts/episode.ts';
import { instanceSchema } from '../../shared/alerts/instance.ts';
import { ruleSchema } from '../../shared/alerts/rule.ts';
import { closeMarksSchema } from '../../shared/close-marks.ts';
import { instantSchema } from '../../shared/snapshot.ts';

/** What is to be told of one episode. */
export const noticeSchema = z.object({
  /** `what episode`, which makes it unique but for reminders, which carry their time. */
  id: z.string(),
  what: z.enum(noticeKinds),
  episodeId: z.string(),
  /** When it came up, by this machine's wall clock. */
  at: instantSchema,
  /** It came up while nobody watched: it is told with others of the same absence in one digest. */
  isOfGap: z.boolean(),
  /** The way that it goes. */
  by: z.enum(['toast', 'webhook']),
  /** A try began and its end is not known: told once more it is marked as a repeat. */
  isTried: z.boolean(),
  /** Failed tries. */
  failures: z.int(),
});

/** `alert-rules.json`: what a person set. */
export const storedRulesSchema = z.object({
  version: z.literal(1),
  rules: z.array(ruleSchema),
  delivery: deliverySettingsSchema,
  /** The presets were offered and taken or declined. */
  presetsAnswered: z.boolean(),
});

/** `alert-state.json`: what came of it. One file, so that its parts always fit each other. */
export const storedStateSchema = z.object({
  version: z.literal(1),
  /** Which ledger it belongs to: figures of another say nothing about it. */
  ledger: z.nullable(z.string()),
  instances: z.array(instanceSchema),
  /** Episodes that have ended, oldest first, at most 2000. */
  ended: z.array(episodeSchema),
  outbox: z.array(noticeSchema),
  evaluated: z.nullable(closeMarksSchema),
  /** Path rules that were evaluated then: others begin with the present. */
  seasoned: z.array(z.string()),
  /** What closes were counted by then: under other settings they would all look new. */
  basis: z.nullable(z.string()),
  snoozedUntil: z.nullable(instantSchema),
  /** Trading day of the last evaluation, by its name. */
  day: z.nullable(z.string()),
  /** Oldest first, at most 400. */
  dailyCloses: z.array(dailyCloseSchema),
});

export type Notice = z.infer<typeof noticeSchema>;
export type StoredRules = z.infer<typeof storedRulesSchema>;
export type StoredState = z.infer<typeof storedStateSchema>;

export const noRules: StoredRules = {
  version: 1,
  rules: [],
  delivery: {
    quietHours: null,
    webhook: { preset: 'off', url: '', from: 'warning' },
    tellsDailyClose: false,
  },
  presetsAnswered: false,
};

export const noState: StoredState = {
  ...{
    version: 1,
    ledger: null,
    instances: [],
    ended: [],
    outbox: [],
    evaluated: null,
    seasoned: [],
  },
  ...{ basis: null, snoozedUntil: null, day: null, dailyCloses: [] },
};
