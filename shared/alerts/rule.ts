import * as z from 'zod/mini';
import { decimalSchema } from '../decimal-schema.ts';
import { type RuleKind, ruleKindIds, ruleKinds, scopeKinds } from './rule-kinds.ts';

/** How bad it is, the worst first. */
export const severities = ['critical', 'warning', 'info'] as const;

export const severitySchema = z.enum(severities);

export type Severity = (typeof severities)[number];

/** A time of day of the trading day's zone, `09:30`. */
export const clockSchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** Hours of a day; `from` after `to` runs over midnight. */
export const hoursSchema = z.object({ from: clockSchema, to: clockSchema });

export type Hours = z.infer<typeof hoursSchema>;

const span = (most: number) => z.nullable(z.int().check(z.gte(0), z.lte(most)));

/** What a person asked to be told of. Where a field is null the default of its kind holds. */
export const ruleSchema = z.object({
  /** Stays the same for as long as the rule lives. */
  id: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  kind: z.enum(ruleKindIds),
  /** A name of one's own; empty takes the kind's. */
  name: z.string().check(z.maxLength(80)),
  isEnabled: z.boolean(),
  severity: severitySchema,
  /** `all`, or an instance for each value; with a `value` for that one alone. */
  scope: z.object({
    by: z.enum(['all', ...scopeKinds]),
    value: z.nullable(z.string().check(z.maxLength(200))),
  }),
  /** In the unit of the kind, shares as fractions; null where the kind has none. */
  threshold: z.nullable(decimalSchema),
  /** Where a breach ends: on the safe side of the threshold. */
  recovery: z.nullable(decimalSchema),
  /** Seconds that a breach has to last before it is told. */
  pendingS: span(24 * 60 * 60),
  /** Seconds that it has to be over before its end is told. */
  keepFiringS: span(24 * 60 * 60),
  /** Minutes between reminders while it lasts and nobody has acknowledged it; 0 never reminds. */
  repeatMin: span(7 * 24 * 60),
  /** Minutes after a notification in which a new episode of the same rule is recorded only. */
  cooldownMin: span(24 * 60),
  /** Whether missing data keeps the state as it is, or is told itself. */
  noData: z.enum(['keep', 'alert']),
  /** How many of the last closes a win rate is counted over. */
  lastN: z.nullable(z.int().check(z.gte(1), z.lte(100_000))),
  /** When rows are to be expected; null is always. */
  hours: z.nullable(hoursSchema),
  /** The answer to "what will you do?", shown with the alert. */
  plan: z.string().check(z.maxLength(500)),
});

export type Rule = z.infer<typeof ruleSchema>;

/** Closes that a win rate has to rest on at least. */
export const leastLastN = 10;

export const kindOf = (rule: Pick<Rule, 'kind'>): RuleKind => ruleKinds[rule.kind];

/** The rule's own name, or what it watches. */
export const ruleName = (rule: Pick<Rule, 'kind' | 'name'>): string =>
  rule.name === '' ? kindOf(rule).name : rule.name;

/** Equal texts mean that an alert goes on; other ones that it has become another. */
export function meaningOf(rule: Rule): string {
  const { kind, scope, threshold, recovery, pendingS, keepFiringS, noData, lastN, hours } = rule;
  return JSON.stringify([
    kind,
    scope.by,
    scope.value,
    threshold,
    recovery,
    pendingS,
    keepFiringS,
    noData,
    lastN,
    hours,
  ]);
}

/** What a rule is made of before a person has changed anything. */
export const emptyRule = (id: string, kind: Rule['kind']): Rule => ({
  ...{ id, kind, name: '', isEnabled: true, severity: 'warning', plan: '' },
  scope: { by: 'all', value: null },
  ...{ threshold: ruleKinds[kind].usual, recovery: null, pendingS: null, keepFiringS: null },
  ...{ repeatMin: null, cooldownMin: null, noData: 'keep', hours: null },
  lastN: kind === 'win-rate' ? 50 : null,
});
