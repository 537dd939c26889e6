import * as z from 'zod/mini';
import { decimalSchema } from '../decimal-schema.ts';
import { instantSchema } from '../snapshot.ts';
import { severitySchema } from './rule.ts';
import { ruleKindIds } from './rule-kinds.ts';

/** Why a notification was not shown. */
export const muteReasons = [
  'snoozed',
  'acked',
  'quiet',
  'cooldown',
  'rate-limited',
  'inhibited',
  'flapping',
  'permission-denied',
] as const;

/** Why an episode ended. */
export const endReasons = [
  'recovered',
  'rollover',
  'data-back',
  'event',
  'disabled',
  'deleted',
  'changed',
] as const;

/** What of an episode is told. */
export const noticeKinds = ['fired', 'ended', 'repeat', 'flapping'] as const;

/** A notification of an episode, or why there was none. */
const deliverySchema = z.object({
  what: z.enum(noticeKinds),
  /** This machine's wall clock. */
  at: instantSchema,
  /** How it was shown, or what kept it back. */
  how: z.enum(['toast', 'digest', 'summary', 'webhook', ...muteReasons]),
});

const edgeSchema = z.object({
  /** The close's time for path rules, else the database's clock. */
  at: instantSchema,
  /** Null where data was missing. */
  value: z.nullable(decimalSchema),
});

/** A row of the ledger that an event is about, as the ledger has it; printed by `order-words.ts` alone. */
const orderSchema = z.object({ reason: z.string(), venue: z.string(), market: z.string() });

/** One time that a rule was breached, from its first notice to its end. */
export const episodeSchema = z.object({
  /** `rule/scope@start`: the same evaluation gives the same id. */
  id: z.string(),
  ruleId: z.string(),
  /** The scope's value; null for all. */
  scope: z.nullable(z.string()),
  kind: z.enum(ruleKindIds),
  /** The rule's name when it fired. */
  name: z.string(),
  severity: severitySchema,
  what: z.enum(['breach', 'no-data']),
  threshold: z.nullable(decimalSchema),
  /** Trading day of a daily rule. */
  day: z.nullable(z.string()),
  start: edgeSchema,
  /** Furthest beyond the threshold. */
  worst: edgeSchema,
  end: z.nullable(edgeSchema),
  endReason: z.nullable(z.enum(endReasons)),
  /** The close came to light late, or while nobody watched. */
  isLate: z.boolean(),
  snapshotId: z.string(),
  /** "Fired" was seen to be delivered. */
  isTold: z.boolean(),
  isEndTold: z.boolean(),
  acked: z.nullable(
    z.object({ at: instantSchema, by: z.string(), note: z.string().check(z.maxLength(500)) }),
  ),
  plan: z.string(),
  /** What an event is about: its newest orders, at most three. */
  orders: z._default(z.array(orderSchema), []),
  /** The latest ten, latest last. */
  deliveries: z.array(deliverySchema),
});

export type Episode = z.infer<typeof episodeSchema>;
/** It lasts, or nobody has acknowledged it. */
export const isOpen = ({ end, acked }: Pick<Episode, 'end' | 'acked'>): boolean =>
  end === null || acked === null;

export type FailedOrder = z.infer<typeof orderSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type MuteReason = (typeof muteReasons)[number];
export type EndReason = (typeof endReasons)[number];
export type NoticeKind = (typeof noticeKinds)[number];
