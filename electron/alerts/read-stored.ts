import * as z from 'zod/mini';
import { dailyCloseSchema, deliverySettingsSchema } from '../../shared/alerts/alerts-state.ts';
import { checkRule } from '../../shared/alerts/check-rule.ts';
import { episodeSchema } from '../../shared/alerts/episode.ts';
import { instanceSchema } from '../../shared/alerts/instance.ts';
import { type Rule, ruleSchema } from '../../shared/alerts/rule.ts';
import { type Document, isDocument } from '../settings/settings-migrations.ts';
import { shownValue } from '../settings/shown-value.ts';
import {
  noRules,
  noState,
  noticeSchema,
  type StoredRules,
  type StoredState,
  storedRulesSchema,
  storedStateSchema,
} from './stored-alerts.ts';

type Note = (sentence: string) => void;

/** What a document holds, and a sentence for each part that was not understood and left out. */
export interface StoredRead<T> {
  readonly value: T;
  readonly sentences: readonly string[];
}

/** Reads rules: one bad rule or setting costs itself alone. */
export function readRules(document: Document): StoredRead<StoredRules> {
  const sentences: string[] = [];
  const note: Note = (sentence) => sentences.push(sentence);
  const read = listReader(document, note);
  const value: StoredRules = {
    version: 1,
    rules: usableRules(read('rules', 'rule', ruleSchema), note),
    delivery: readDelivery(document.delivery, note),
    presetsAnswered: fieldOf(storedRulesSchema.shape.presetsAnswered, noRules.presetsAnswered, {
      ...{ raw: document.presetsAnswered, path: 'presetsAnswered', note },
    }),
  };
  return { value, sentences };
}

/** Reads what came of the rules: one bad instance, episode or notice costs itself alone. */
export function readState(document: Document): StoredRead<StoredState> {
  const sentences: string[] = [];
  const note: Note = (sentence) => sentences.push(sentence);
  const read = listReader(document, note);
  const { shape } = storedStateSchema;
  const field = <K extends 'ledger' | 'evaluated' | 'basis' | 'snoozedUntil' | 'day'>(key: K) =>
    ({ raw: document[key], path: key, note }) as const;
  const value: StoredState = {
    version: 1,
    ledger: fieldOf(shape.ledger, noState.ledger, field('ledger')),
    instances: read('instances', 'instance', instanceSchema),
    ended: read('ended', 'episode', episodeSchema),
    outbox: read('outbox', 'notice', noticeSchema),
    evaluated: fieldOf(shape.evaluated, noState.evaluated, field('evaluated')),
    seasoned: read('seasoned', 'id of a rule', z.string()),
    basis: fieldOf(shape.basis, noState.basis, field('basis')),
    snoozedUntil: fieldOf(shape.snoozedUntil, noState.snoozedUntil, field('snoozedUntil')),
    day: fieldOf(shape.day, noState.day, field('day')),
    dailyCloses: read('dailyCloses', 'daily close', dailyCloseSchema),
  };
  return { value, sentences };
}

function readDelivery(raw: unknown, note: Note): StoredRules['delivery'] {
  const fallback = noRules.delivery;
  if (raw === undefined) return fallback;
  if (!isDocument(raw)) {
    note('delivery is no group of keys; its defaults are used.');
    return fallback;
  }
  const { shape } = deliverySettingsSchema;
  const field = (key: string) => ({ raw: raw[key], path: `delivery.${key}`, note });
  return {
    quietHours: fieldOf(shape.quietHours, fallback.quietHours, field('quietHours')),
    // Half of a webhook would send to the wrong place, or what it should not.
    webhook: fieldOf(shape.webhook, fallback.webhook, field('webhook')),
    tellsDailyClose: fieldOf(
      shape.tellsDailyClose,
      fallback.tellsDailyClose,
      field('tellsDailyClose'),
    ),
  };
}

interface Field {
  readonly raw: unknown;
  readonly path: string;
  readonly note: Note;
}

/** One field, its default where it is missing or not understood. */
function fieldOf<T>(schema: z.ZodMiniType<T>, fallback: T, { raw, path, note }: Field): T {
  if (raw === undefined) return fallback;
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  // Its value may hold a secret, so it is not told.
  note(`${path} is not understood; its default is used.`);
  return fallback;
}

/** Reads lists of a document entry by entry. */
const listReader =
  (document: Document, note: Note) =>
  <T>(key: string, what: string, schema: z.ZodMiniType<T>): T[] => {
    const raw = document[key];
    if (raw === undefined) return [];
    if (!Array.isArray(raw)) {
      note(`${key} is no list; none is used.`);
      return [];
    }
    return raw.flatMap((entry: unknown, index) => {
      const read = schema.safeParse(entry);
      if (read.success) return [read.data];
      const path = (read.error.issues[0]?.path ?? []).map(String).join('.');
      const why = path === '' ? 'it is none' : `its ${path} is missing or no such value`;
      note(`${what} ${index + 1}${nameOf(entry)} is left out: ${why}.`);
      return [];
    });
  };

function nameOf(entry: unknown): string {
  if (!isDocument(entry)) return '';
  const named = [entry.name, entry.id, entry.ruleId, entry.day];
  const name = named.find((one) => typeof one === 'string' && one !== '');
  return name === undefined ? '' : ` ${shownValue(name)}`;
}

/** A rule that could never end or never tell is switched off rather than lost; an id is taken once. */
function usableRules(rules: readonly Rule[], note: Note): Rule[] {
  const ids = new Set<string>();
  return rules.flatMap((rule) => {
    if (ids.has(rule.id)) {
      note(`rule${nameOf(rule)} is left out: its id ${shownValue(rule.id)} is there twice.`);
      return [];
    }
    ids.add(rule.id);
    const [problem] = checkRule(rule, []);
    if (problem === undefined || !rule.isEnabled) return [rule];
    note(`rule${nameOf(rule)} is switched off. ${problem.message}`);
    return [{ ...rule, isEnabled: false }];
  });
}
