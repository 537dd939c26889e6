import * as z from 'zod/mini';
import { failureSchema } from './failure.ts';
import { instantSchema } from './snapshot.ts';

const nonNegative = z.number().check(z.nonnegative());

/** Where the monitor stands with its ledger. */
const statusSchema = z.discriminatedUnion('kind', [
  /** The first refresh has not ended yet. */
  z.object({ kind: z.literal('starting') }),
  /** The last refresh or probe succeeded. */
  z.object({ kind: z.literal('watching') }),
  /**
   * The machine slept, its clock jumped, or the settings that figures depend on were changed: the
   * figures are not trusted until the next refresh.
   */
  z.object({ kind: z.literal('verifying') }),
  /** The last refresh and its one immediate retry failed. */
  z.object({
    kind: z.literal('failing'),
    failure: failureSchema,
    /** Milliseconds until the next try, counted from `sentAt`; 0 while it is under way. */
    nextTryInMs: nonNegative,
    /** Failed tries in a row. */
    attempts: z.int(),
  }),
  /** A person paused the monitor; nothing is asked of the database. */
  z.object({ kind: z.literal('paused') }),
]);

/** What the monitor tells about itself, pushed after each probe, refresh or change of status. */
export const monitorStateSchema = z.object({
  status: statusSchema,
  /** Number of the current snapshot, 0 before the first; a new number means new figures. */
  sequence: z.int(),
  /** The database's clock when the figures were last read or confirmed unchanged. */
  asOf: z.nullable(instantSchema),
  /** Milliseconds since then on this machine's monotonic clock, when this message was made. */
  ageMs: z.nullable(nonNegative),
  /** Interval in effect: the wished one, stretched by the duty-cycle limit. */
  intervalMs: nonNegative,
  /** The wished interval. */
  wishedIntervalMs: nonNegative,
  /** Milliseconds until the refresh that somebody asked for, 0 while it runs; null when nobody did. */
  askedInMs: z.nullable(nonNegative),
  /** Connections that Plumbline holds now. */
  connections: z.int(),
  /** What it may hold at the very most. */
  connectionBudget: z.int(),
  /** This machine's wall clock minus the database's. */
  clockSkewMs: z.nullable(z.number()),
  /** Share of the ledger's history that is loaded; null when none is being loaded. */
  loaded: z.nullable(z.number()),
  profile: z.object({
    /** Short name of the profile, e.g. the database's name. */
    name: z.string(),
    label: z.enum(['PAPER', 'LIVE', 'DEMO', 'LEDGER']),
    /** `host:port`, never credentials. */
    host: z.string(),
  }),
});

export type MonitorState = z.infer<typeof monitorStateSchema>;
export type MonitorStatus = z.infer<typeof statusSchema>;
