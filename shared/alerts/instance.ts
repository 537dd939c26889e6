import * as z from 'zod/mini';
import { decimalSchema } from '../decimal-schema.ts';
import { instantSchema } from '../snapshot.ts';
import { type Episode, episodeSchema } from './episode.ts';

const ms = z.number();

const stateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('normal') }),
  /** Breached, not for long enough yet. */
  z.object({ kind: z.literal('pending'), sinceMs: ms, what: z.enum(['breach', 'no-data']) }),
  z.object({ kind: z.literal('firing'), episode: episodeSchema }),
  /** Beyond the recovery threshold, not for long enough yet. */
  z.object({ kind: z.literal('recovering'), sinceMs: ms, episode: episodeSchema }),
  /** Data is missing, and the rule asked to be told of that. */
  z.object({ kind: z.literal('no-data'), episode: episodeSchema }),
]);

/** Where a rule stands for one value of its scope. */
export const instanceSchema = z.object({
  ruleId: z.string(),
  /** The scope's value; null for all. */
  scope: z.nullable(z.string()),
  /** What the rule meant when this was evaluated. */
  meaning: z.string(),
  state: stateSchema,
  /** Why the last sample told nothing; null when it did. */
  degraded: z.nullable(z.string()),
  /** The last sample that was evaluated. */
  seen: z.nullable(z.object({ asOf: instantSchema, snapshotId: z.string(), position: z.int() })),
  last: z.nullable(z.object({ value: decimalSchema, day: z.string(), at: instantSchema })),
  /** Until an instant, or until the episode is over. */
  snoozedUntil: z.nullable(z.union([instantSchema, z.literal('recovered')])),
  /** When episodes began or ended lately, in milliseconds since 1970. */
  edgesMs: z.array(ms),
  /** Trading days that a daily rule had an episode in, the latest ten. */
  firedDays: z.array(z.string()),
});

export type Instance = z.infer<typeof instanceSchema>;
export type InstanceState = z.infer<typeof stateSchema>;

/** Before the first sample. */
export const newInstance = (ruleId: string, scope: string | null, meaning: string): Instance => ({
  ...{ ruleId, scope, meaning, state: { kind: 'normal' } },
  ...{ degraded: null, seen: null, last: null, snoozedUntil: null, edgesMs: [], firedDays: [] },
});

/** The episode that lasts, null when none does. */
export const episodeOf = ({ state }: Pick<Instance, 'state'>): Episode | null =>
  state.kind === 'normal' || state.kind === 'pending' ? null : state.episode;
