import type { Effect } from '../../shared/alerts/engine.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import type { ScopeKind } from '../../shared/alerts/rule-kinds.ts';
import { type Decimal, parseDecimal, subtractDecimals, zero } from '../../shared/decimal.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import { markCloses, unmarkedPoints } from '../ledger/close-marks.ts';
import { type PathRule, pathOver, presentOf } from '../ledger/close-path.ts';
import type { CloseSeries } from '../ledger/close-series.ts';
import { ScopeLines } from '../ledger/scope-lines.ts';
import type { Reading } from '../ledger/snapshot.ts';
import type { Book } from './book.ts';
import { Evaluation, type EvaluationRules } from './evaluation.ts';
import { type PathMoment, pathValue } from './path-values.ts';

/** A close that was committed this long after its time is told to be late. */
const lateMs = 60 * 1000;
/** Points between two rests in which others have their turn. */
const pointsASlice = 2000;
const presentsShown = 20;
/** Neither a win nor a loss: the present has no closes of its own. */
const neutral = '0';
const noShare = 'there is no high-water mark above 0 to take a share of';

/** What a path rule reads now for one value of its scope. */
export interface Present {
  readonly scope: string | null;
  readonly value: string | null;
}

const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Evaluates path rules at every close since the last evaluation, and at the present. */
export class PathEvaluation {
  readonly #lines = new Map<ScopeKind, ScopeLines>();

  /** The line of closes of the reading must stand still until this resolves. */
  async evaluate(
    book: Book,
    { rules, tradingDay }: EvaluationRules,
    { snapshot, series }: Pick<Reading, 'snapshot' | 'series'>,
  ): Promise<Effect[]> {
    const { asOf } = snapshot;
    const marks = book.rest.evaluated;
    const mine = rules.filter((rule) => rule.isEnabled && kindOf(rule).timing === 'path');
    const lateBefore = marks === null ? asOf : instantOfMs((instantMs(marks.asOf) ?? 0) - lateMs);
    const work = {
      ...{ evaluation: new Evaluation(book, asOf, asOf), book, lateBefore },
      path: { asOf, tradingDay },
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
    book.remember({ evaluated: markCloses(series, asOf), seasoned: mine.map(({ id }) => id) });
    return work.evaluation.effects;
  }

  /** The lines that a rule is evaluated on, by the value of its scope; the reading stands still. */
  async linesOf(
    { scope }: Rule,
    series: CloseSeries,
  ): Promise<ReadonlyMap<string | null, CloseSeries>> {
    if (scope.by === 'all') return new Map([[null, series]]);
    const lines = await this.#linesBy(scope.by, series);
    const names = scope.value === null ? lines.names() : [scope.value];
    return new Map(
      names.flatMap((name) => {
        const line = lines.line(name);
        return line === null ? [] : [[name, line] as const];
      }),
    );
  }

  /** What a rule reads now, the worst first. */
  async presents(
    rule: Rule,
    { snapshot, series }: Pick<Reading, 'snapshot' | 'series'>,
    tradingDay: PathRule['tradingDay'],
  ): Promise<Present[]> {
    const undated = rule.scope.by === 'all' ? undatedPnl(snapshot, series) : zero;
    const found = [...(await this.linesOf(rule, series))].map(([scope, line]) => ({
      ...{
        scope,
        value: pathValue(rule.kind, presentOf(line, { asOf: snapshot.asOf, tradingDay }), undated),
      },
    }));
    const sign = kindOf(rule).side === 'low' ? 1 : -1;
    return found
      .sort((a, b) => sign * (Number(a.value ?? 0) - Number(b.value ?? 0)))
      .slice(0, presentsShown);
  }

  async #linesBy(by: ScopeKind, series: CloseSeries): Promise<ScopeLines> {
    const lines = this.#lines.get(by) ?? new ScopeLines(by);
    this.#lines.set(by, lines);
    for (const _slice of lines.update(series)) await rest();
    return lines;
  }

  async #evaluateScoped(
    work: Omit<Walk, 'scope'>,
    by: ScopeKind,
    series: CloseSeries,
    points: readonly number[],
  ): Promise<void> {
    // Read before the names were: the next reading has them.
    if (series.columns.names === null) return;
    const lines = await this.#linesBy(by, series);
    const changed = lines.pointsOf(points);
    for (const rule of work.rules) {
      const isSeasoned = work.book.rest.seasoned.includes(rule.id);
      const all = isSeasoned ? [...changed.keys()] : lines.names();
      const known = work.book.instancesOf(rule.id).flatMap(({ scope }) => scope ?? []);
      for (const name of new Set([...all, ...known])) {
        const line = lines.line(name);
        const isMeant = rule.scope.value === null || rule.scope.value === name;
        if (line === null || !isMeant) continue;
        const own = changed.get(name) ?? [];
        await walkOver({ ...work, rules: [rule], scope: name }, line, own);
      }
      work.book.forgetQuiet(rule.id, work.path.asOf);
    }
  }
}

interface Walk {
  readonly evaluation: Evaluation;
  readonly book: Book;
  readonly rules: readonly Rule[];
  readonly scope: string | null;
  readonly undated: Decimal;
  readonly path: PathRule;
  readonly lateBefore: string;
}

const dimensionsOf = (rules: readonly Rule[]): Set<ScopeKind> =>
  new Set(rules.flatMap(({ scope }) => (scope.by === 'all' ? [] : [scope.by])));

/** Feeds the new points of a line, and then the present. */
async function walkOver(walk: Walk, series: CloseSeries, points: readonly number[]): Promise<void> {
  const { book, rules, path, lateBefore } = walk;
  const seasoned = rules.filter(({ id }) => book.rest.seasoned.includes(id));
  let fed = 0;
  for (const point of pathOver(series, seasoned.length === 0 ? [] : points, path)) {
    feed({ ...walk, rules: seasoned }, point, point.at, point.at < lateBefore);
    fed += 1;
    if (fed % pointsASlice === 0) await rest();
  }
  if (rules.length > 0) feed(walk, presentOf(series, path), path.asOf, false);
}

function feed(walk: Walk, moment: PathMoment, at: string, isLate: boolean): void {
  const { evaluation, rules, scope, undated } = walk;
  evaluation.next();
  const now = { at, ms: instantMs(at) ?? 0 };
  for (const rule of rules) {
    const found = pathValue(rule.kind, moment, undated);
    const value = found ?? (kindOf(rule).isEvent ? neutral : null);
    const sample =
      value === null
        ? ({ kind: 'no-data', reason: noShare } as const)
        : ({ kind: 'ok', value, day: moment.day, isLate } as const);
    evaluation.feed(rule, scope, sample, now);
  }
}

/** Σ P&L of the scored trades without a close time. */
function undatedPnl({ figures }: Reading['snapshot'], series: CloseSeries): Decimal {
  const all = figures['all-time-pnl'];
  if (all.kind !== 'value') return zero;
  const dated = subtractDecimals(series.decimal(series.last.sum), series.start);
  return subtractDecimals(parseDecimal(all.value), dated);
}
