import { isBreach } from '../../shared/alerts/defaults.ts';
import type { Effect } from '../../shared/alerts/engine.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import type { ScopeKind } from '../../shared/alerts/rule-kinds.ts';
import { compareDecimals, type Decimal, parseDecimal, zero } from '../../shared/decimal.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';
import { markCloses, unmarkedPoints } from '../ledger/close-marks.ts';
import { type PathRule, pathOver, presentOf } from '../ledger/close-path.ts';
import type { CloseSeries } from '../ledger/close-series.ts';
import { ScopeLines } from '../ledger/scope-lines.ts';
import type { Reading } from '../ledger/snapshot.ts';
import type { Book } from './book.ts';
import { Evaluation, type EvaluationRules } from './evaluation.ts';
import { type PathMoment, pathDecimal, pathValue, undatedPnl } from './path-values.ts';
import { dueMoment, stateSinceMs } from './path-waits.ts';

/** A close that was committed this long after its time is told to be late. */
const lateMs = 60 * 1000;
/** Samples between two rests in which others have their turn: about 20 ms. */
const samplesASlice = 2000;
const presentsShown = 20;
/** Neither a win nor a loss: the present has no closes of its own. */
const neutral = '0';
/** Why a share of the high-water mark has no value. */
export const noShare = 'there is no high-water mark above 0 to take a share of';

/** What a path rule reads now for one value of its scope. */
export interface Present {
  readonly scope: string | null;
  readonly value: string | null;
}

const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Evaluates path rules at every close since the last evaluation, and at the present. */
export class PathEvaluation {
  readonly #lines = new Map<ScopeKind, ScopeLines>();
  #turn: Promise<unknown> = Promise.resolve();

  /** The line of closes of the reading must stand still until this resolves. */
  async evaluate(
    book: Book,
    { rules, tradingDay }: EvaluationRules,
    { snapshot, series }: Pick<Reading, 'snapshot' | 'series'>,
  ): Promise<Effect[]> {
    const { asOf } = snapshot;
    const marks = book.rest.evaluated;
    // A clock that went back: its closes are looked at when it has caught up, and are marked then.
    if (marks !== null && compareInstants(asOf, marks.asOf) < 0) return [];
    const mine = rules.filter((rule) => rule.isEnabled && kindOf(rule).timing === 'path');
    const work = {
      ...{ evaluation: new Evaluation(book, asOf, asOf), book, pace: new Pace() },
      ...{ seenUntil: marks?.asOf ?? asOf, path: { asOf, tradingDay } },
    };
    // A rule that was never evaluated begins with the present: it replays no history.
    const points = marks === null ? [] : unmarkedPoints(series, marks, asOf);
    const undated = undatedPnl(snapshot, series);
    const whole = mine.filter(({ scope }) => scope.by === 'all');
    await walkOver({ ...work, rules: whole, scope: null, undated }, series, points);
    for (const by of dimensionsOf(mine)) {
      const scoped = mine.filter(({ scope }) => scope.by === by);
      await this.#evaluateScoped({ ...work, rules: scoped, undated: zero }, by, series, points);
    }
    const seasoned = mine.filter((rule) => canEvaluate(rule, series)).map(({ id }) => id);
    book.remember({ evaluated: markCloses(series, asOf), seasoned });
    return work.evaluation.effects;
  }

  /** Between two readings figures hold, and periods run out: to be called when they were confirmed. */
  confirm(book: Book, { rules, tradingDay }: EvaluationRules, asOf: string): readonly Effect[] {
    const evaluation = new Evaluation(book, asOf, asOf);
    const walk = { evaluation, book, path: { asOf, tradingDay } };
    for (const rule of rules) {
      if (!rule.isEnabled || kindOf(rule).timing !== 'path') continue;
      for (const { scope } of book.instancesOf(rule.id)) {
        passTime({ ...walk, scope }, rule, instantMs(asOf) ?? 0);
      }
    }
    return evaluation.effects;
  }

  /**
   * The lines that a rule is evaluated on, by the value of its scope, each drawn when its turn comes. A line
   * is null when another reading has come between.
   */
  async linesOf({ scope }: Rule, series: CloseSeries): Promise<ScopedLines> {
    if (scope.by === 'all') return [[null, series]];
    const lines = await this.#linesBy(scope.by, series);
    const names = lines.names().filter((name) => scope.value === null || scope.value === name);
    return (function* () {
      for (const name of names) yield [name, lines.isOf(series) ? lines.line(name) : null] as const;
    })();
  }

  /** What a rule reads now, the worst first: as many as a window shows. */
  async presents(
    rule: Rule,
    reading: Pick<Reading, 'snapshot' | 'series'>,
    tradingDay: PathRule['tradingDay'],
  ): Promise<Present[]> {
    return (await this.allPresents(rule, reading, tradingDay)).slice(0, presentsShown);
  }

  /** What a rule reads now for every value of its scope, the worst first. */
  async allPresents(
    rule: Rule,
    { snapshot, series }: Pick<Reading, 'snapshot' | 'series'>,
    tradingDay: PathRule['tradingDay'],
  ): Promise<Present[]> {
    const undated = rule.scope.by === 'all' ? undatedPnl(snapshot, series) : zero;
    const path = { asOf: snapshot.asOf, tradingDay };
    const found: Present[] = [];
    for (const [scope, line] of await this.linesOf(rule, series)) {
      if (line === null) continue;
      found.push({ scope, value: pathValue(rule.kind, presentOf(line, path), undated) });
    }
    const sign = kindOf(rule).side === 'low' ? 1 : -1;
    return found.sort(
      (a, b) => sign * compareDecimals(parseDecimal(a.value ?? '0'), parseDecimal(b.value ?? '0')),
    );
  }

  /** In turns: a line that is taken apart twice at once would hold its closes twice. */
  #linesBy(by: ScopeKind, series: CloseSeries): Promise<ScopeLines> {
    const lines = this.#lines.get(by) ?? new ScopeLines(by);
    this.#lines.set(by, lines);
    const updated = this.#turn.then(async () => {
      for (const _slice of lines.update(series)) await rest();
      return lines;
    });
    // Whoever asked is told of a failure; whose turn is next does not depend on it.
    this.#turn = updated.catch(() => undefined);
    return updated;
  }

  async #evaluateScoped(
    work: Omit<Walk, 'scope'>,
    by: ScopeKind,
    series: CloseSeries,
    points: readonly number[],
  ): Promise<void> {
    // Read before the names were: the next reading has them.
    if (!hasNames(series)) return;
    const lines = await this.#linesBy(by, series);
    const changed = lines.rowsOf(points);
    const names = namesToLookAt(work, lines.names(), [...changed.keys()]);
    // One name after the other: of thousands of markets few lines are kept.
    for (const [name, rules] of names) {
      const line = lines.line(name);
      if (line === null) continue;
      const own = lines.pointsOf(name, changed.get(name) ?? []);
      await walkOver({ ...work, rules, scope: name }, line, own);
    }
    for (const { id } of work.rules) work.book.forgetQuiet(id, work.path.asOf);
  }
}

/** Where something closed or is remembered; a new rule looks everywhere. */
function namesToLookAt(
  { book, rules }: Pick<Walk, 'book' | 'rules'>,
  all: readonly string[],
  changed: readonly string[],
): Map<string, Rule[]> {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    const isSeasoned = book.rest.seasoned.includes(rule.id);
    const known = book.instancesOf(rule.id).flatMap(({ scope }) => scope ?? []);
    for (const name of new Set([...(isSeasoned ? changed : all), ...known])) {
      if (rule.scope.value !== null && rule.scope.value !== name) continue;
      found.set(name, [...(found.get(name) ?? []), rule]);
    }
  }
  return found;
}

/** Lines by the value of a rule's scope. */
export type ScopedLines = Iterable<readonly [scope: string | null, line: CloseSeries | null]>;

interface Walk {
  readonly evaluation: Evaluation;
  readonly book: Book;
  readonly rules: readonly Rule[];
  readonly scope: string | null;
  readonly undated: Decimal;
  readonly path: PathRule;
  /** Closes up to then could have been seen at the last evaluation. */
  readonly seenUntil: string;
  readonly pace: Pace;
}

/** Lets others have their turn every so many samples, on however many lines. */
class Pace {
  #samples = 0;

  async step(samples: number): Promise<void> {
    this.#samples += samples;
    if (this.#samples < samplesASlice) return;
    this.#samples = 0;
    await rest();
  }
}

const hasNames = ({ columns }: CloseSeries): boolean => columns.names !== null;
const canEvaluate = ({ scope }: Rule, series: CloseSeries): boolean =>
  scope.by === 'all' || hasNames(series);

const dimensionsOf = (rules: readonly Rule[]): Set<ScopeKind> =>
  new Set(rules.flatMap(({ scope }) => (scope.by === 'all' ? [] : [scope.by])));

/** Feeds the new points of a line, and then the present. */
async function walkOver(walk: Walk, series: CloseSeries, points: readonly number[]): Promise<void> {
  const { book, rules, path, pace } = walk;
  const seasoned = rules.filter(({ id }) => book.rest.seasoned.includes(id));
  for (const point of pathOver(series, seasoned.length === 0 ? [] : points, path)) {
    const moved = seasoned.filter((rule) => !staysQuiet(walk, rule, point));
    if (moved.length > 0) feed({ ...walk, rules: moved }, point, point.at);
    await pace.step(seasoned.length);
  }
  if (rules.length > 0) feed(walk, presentOf(series, path), path.asOf);
  await pace.step(rules.length);
}

function feed(walk: Walk, moment: PathMoment, at: string): void {
  const { evaluation, rules, scope, undated } = walk;
  const ms = instantMs(at) ?? 0;
  for (const rule of rules) passTime(walk, rule, ms);
  evaluation.next();
  for (const rule of rules) {
    if (isTold(walk, rule, at)) continue;
    const found = pathValue(rule.kind, moment, undated);
    const value = found ?? (kindOf(rule).isEvent ? neutral : null);
    const isLate = isLateFor(walk, rule, at);
    const sample =
      value === null
        ? ({ kind: 'no-data', reason: noShare } as const)
        : ({ kind: 'ok', value, day: moment.day, isLate } as const);
    evaluation.feed(rule, scope, sample, { at, ms });
  }
}

/** A value short of the line leaves a quiet rule quiet: of most closes nothing else has to be known. */
function staysQuiet({ book, scope, undated }: Walk, rule: Rule, moment: PathMoment): boolean {
  if (book.instanceOf(rule, scope).state.kind !== 'normal') return false;
  const value = pathDecimal(rule.kind, moment, undated);
  return value !== null && !isBreach(rule, value);
}

/** Periods that ran out before a moment: their ends have their own times, however long nobody looked. */
function passTime(
  { evaluation, book, scope, path }: Pick<Walk, 'evaluation' | 'book' | 'scope' | 'path'>,
  rule: Rule,
  untilMs: number,
): void {
  for (;;) {
    const before = book.instanceOf(rule, scope);
    const due = dueMoment(rule, before, untilMs, path.tradingDay);
    if (due === null) return;
    const { at, ms, value, day } = due;
    evaluation.next();
    evaluation.feed(rule, scope, { kind: 'ok', value, day, isLate: false }, { at, ms });
    // An older reading than the last changes nothing, however often it is looked at.
    if (book.instanceOf(rule, scope) === before) return;
  }
}

/**
 * Whether a close that came to light behind later ones lies within an episode that is over: it began and
 * ended at other times than it would have, but it was told.
 */
function isTold({ book, scope, seenUntil }: Walk, rule: Rule, at: string): boolean {
  if (kindOf(rule).isEvent || compareInstants(at, seenUntil) > 0) return false;
  return book
    .ended()
    .some(
      ({ ruleId, scope: of, start, end }) =>
        ruleId === rule.id &&
        of === scope &&
        compareInstants(start.at, at) <= 0 &&
        end !== null &&
        compareInstants(at, end.at) < 0,
    );
}

/** Long after its time, or from before what lasts began: it cannot be the end of that. */
function isLateFor({ book, scope, seenUntil }: Walk, rule: Rule, at: string): boolean {
  const ms = instantMs(at) ?? 0;
  if (ms < (instantMs(seenUntil) ?? 0) - lateMs) return true;
  return ms < stateSinceMs(book.instanceOf(rule, scope));
}
