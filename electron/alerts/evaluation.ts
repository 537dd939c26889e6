import { type Effect, evaluate, retire } from '../../shared/alerts/engine.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import type { Instance } from '../../shared/alerts/instance.ts';
import { episodeOf } from '../../shared/alerts/instance.ts';
import { kindOf, meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import type { Now, Sample } from '../../shared/alerts/sample.ts';
import { instantMs } from '../../shared/instant.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { type TradingDayRule, tradingDayAt } from '../../shared/trading-day.ts';
import type { Book } from './book.ts';
import {
  countedOn,
  exposuresNamed,
  failedOrders,
  isOfMonitor,
  type LevelFacts,
  levelValues,
  monitorValue,
} from './level-values.ts';

/** What an evaluation goes by. */
export interface EvaluationRules {
  readonly rules: readonly Rule[];
  readonly tradingDay: TradingDayRule;
}

/** What came and went lately may be flapping. */
const rememberedMs = 60 * 60 * 1000;

type Body =
  | {
      readonly kind: 'ok';
      readonly value: string;
      readonly day: string;
      readonly isLate: boolean;
      readonly orders?: Episode['orders'] | undefined;
    }
  | { readonly kind: 'no-data'; readonly reason: string }
  | { readonly kind: 'error'; readonly code: string };

/** Feeds one snapshot's samples to the instances of a book, and collects what comes of it. */
export class Evaluation {
  readonly effects: Effect[] = [];
  readonly #book: Book;
  readonly #asOf: string;
  readonly #snapshotId: string;
  #position = 0;

  constructor(book: Book, asOf: string, snapshotId: string) {
    this.#book = book;
    this.#asOf = asOf;
    this.#snapshotId = snapshotId;
  }

  /** Begins with the next sample of the snapshot; rules that see it together share its position. */
  next(): void {
    this.#position += 1;
  }

  feed(rule: Rule, scope: string | null, body: Body, now: Now): void {
    const order = {
      asOf: this.#asOf,
      snapshotId: this.#snapshotId,
      position: this.#position,
    };
    const sample: Sample = { ...order, ...body };
    const { instance, effects } = evaluate(rule, this.#book.instanceOf(rule, scope), sample, now);
    this.#book.put(instance);
    for (const effect of effects) {
      this.#book.note(effect);
      this.effects.push(effect);
    }
  }
}

/** Evaluates level rules on figures that have just been confirmed. `nowMs` is monotonic. */
export function evaluateLevels(
  book: Book,
  { rules }: EvaluationRules,
  facts: LevelFacts,
  nowMs: number,
): Effect[] {
  const evaluation = new Evaluation(book, facts.asOf, `level ${facts.asOf}`);
  evaluation.next();
  const now = { at: facts.asOf, ms: nowMs };
  const day = facts.reading.snapshot.day.name;
  for (const rule of rules) {
    if (!rule.isEnabled || kindOf(rule).timing !== 'level' || isOfMonitor(rule)) continue;
    if (rule.kind === 'restatement') {
      const value = restatementsCounted(book, rule, facts);
      evaluation.feed(rule, null, { kind: 'ok', value, day, isLate: false }, now);
      continue;
    }
    const found = levelValues(rule, facts, episodeOf(book.instanceOf(rule, null)));
    if (found.kind === 'none') {
      evaluation.feed(rule, null, { kind: 'no-data', reason: found.reason }, now);
      continue;
    }
    const orders = failedOrders(rule, facts);
    const gone = goneFrom(found.values, rule, book);
    for (const [scope, value] of [...found.values, ...gone]) {
      evaluation.feed(rule, scope, { kind: 'ok', value, day, isLate: false, orders }, now);
    }
    for (const scope of gone.keys()) forgetIfQuiet(book, book.instanceOf(rule, scope), facts.asOf);
  }
  return evaluation.effects;
}

/** What instances were made for and is gone from a list that is whole: nothing of it is left. */
function goneFrom(
  values: ReadonlyMap<string | null, string>,
  { id, kind, scope: { by, value } }: Rule,
  book: Book,
): Map<string, string> {
  const isWhole = kind === 'exposure' && by !== 'all' && value === null;
  if (!isWhole || values.size >= exposuresNamed) return new Map();
  const known = book.instancesOf(id).flatMap(({ scope }) => scope ?? []);
  return new Map(known.filter((scope) => !values.has(scope)).map((scope) => [scope, '0']));
}

/** Markets come and go by the thousand: what is gone and has nothing to remember is forgotten. */
function forgetIfQuiet(book: Book, instance: Instance, asOf: string): void {
  const nowMs = instantMs(asOf) ?? 0;
  const { state, snoozedUntil, edgesMs } = instance;
  const isRecent = edgesMs.some((edge) => nowMs - edge < rememberedMs);
  if (state.kind === 'normal' && snoozedUntil === null && !isRecent) book.remove(instance);
}

/** Counts on from what was counted: the snapshot names the latest restatements alone. */
function restatementsCounted(
  book: Book,
  rule: Rule,
  { reading: { snapshot } }: LevelFacts,
): string {
  const { last } = book.instanceOf(rule, null);
  const more = snapshot.restatements.filter(({ at }) => last !== null && at > last.at).length;
  return countedOn(last?.value, more);
}

/** Evaluates the rules on Plumbline's own connection by this machine's clocks. */
export function evaluateMonitor(
  book: Book,
  { rules, tradingDay }: EvaluationRules,
  state: MonitorState,
  { at, nowMs }: { readonly at: string; readonly nowMs: number },
): Effect[] {
  const effects: Effect[] = [];
  // A paused monitor asks nothing: that its figures grow old is no news.
  const isAsking = state.status.kind !== 'paused';
  for (const rule of rules) {
    if (!rule.isEnabled || !isOfMonitor(rule) || !isAsking) continue;
    const { seen } = book.instanceOf(rule, null);
    // A clock that was set back must not make the sample an old one.
    const asOf = seen !== null && seen.asOf > at ? seen.asOf : at;
    const evaluation = new Evaluation(book, asOf, `monitor ${nowMs}`);
    const value = monitorValue(rule, state);
    const day = tradingDayAt(at, tradingDay).name;
    evaluation.feed(rule, null, { kind: 'ok', value, day, isLate: false }, { at, ms: nowMs });
    effects.push(...evaluation.effects);
  }
  return effects;
}

/** Tells all rules on figures that there are none to be trusted. */
export function evaluateFailure(
  book: Book,
  { rules }: EvaluationRules,
  { asOf, code, at, nowMs }: { asOf: string; code: string; at: string; nowMs: number },
): Effect[] {
  const evaluation = new Evaluation(book, asOf, `failure ${at}`);
  for (const rule of rules) {
    if (!rule.isEnabled || isOfMonitor(rule)) continue;
    for (const { scope } of book.instancesOf(rule.id)) {
      evaluation.feed(rule, scope, { kind: 'error', code }, { at, ms: nowMs });
    }
  }
  return evaluation.effects;
}

/** Ends what belongs to rules that are gone, switched off or others than they were. */
export function retireOthers(book: Book, rules: readonly Rule[], now: Now): Effect[] {
  const effects: Effect[] = [];
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const instance of book.instances()) {
    const rule = known.get(instance.ruleId);
    const reason =
      rule === undefined
        ? 'deleted'
        : !rule.isEnabled
          ? 'disabled'
          : meaningOf(rule) !== instance.meaning
            ? 'changed'
            : null;
    if (reason === null) continue;
    const retired = retire(instance, reason, now);
    book.remove(instance);
    // What comes back under its id is a new rule: it replays no history.
    book.remember({ seasoned: book.rest.seasoned.filter((id) => id !== instance.ruleId) });
    for (const effect of retired.effects) {
      book.note(effect);
      effects.push(effect);
    }
  }
  return effects;
}
