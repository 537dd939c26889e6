import type { WhatIf } from '../../shared/alerts/alerts-state.ts';
import { evaluate } from '../../shared/alerts/engine.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { episodeOf, type Instance, newInstance } from '../../shared/alerts/instance.ts';
import { kindOf, meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import { type Decimal, zero } from '../../shared/decimal.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';
import { lastTradingDays, type TradingDayRule } from '../../shared/trading-day.ts';
import { type PathPoint, type PathRule, pathOver, pointsUntil } from '../ledger/close-path.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from '../ledger/close-series.ts';
import type { Reading } from '../ledger/snapshot.ts';
import type { ScopedLines } from './path-evaluation.ts';
import { pathValue, undatedPnl } from './path-values.ts';
import { type DueMoment, dueMoment } from './path-waits.ts';

const days = 90;
const episodesShown = 200;
const pointsASlice = 2000;
const dayMs = 24 * 60 * 60 * 1000;

/** Names of closes are read while a saved rule asks for them, for they make the first load longer. */
export const namesUnread =
  'Strategy, venue and market of past closes are read once the rule is saved';

/** Whether a rule by name has none to go by yet. */
export const lacksNames = (rule: Rule, { columns }: CloseSeries): boolean =>
  rule.scope.by !== 'all' && kindOf(rule).timing === 'path' && columns.names === null;

/** Where a rule is tried out. */
export interface WhatIfScope {
  readonly reading: Pick<Reading, 'snapshot' | 'series'>;
  readonly tradingDay: TradingDayRule;
  /** Line of each value of the rule's scope; null where other closes have come between. */
  readonly lines: ScopedLines;
  /** The closes have changed under it: what was found so far is worth nothing. */
  isOutdated(): boolean;
}

/** What a rule would have told over the last 90 trading days, by the same engine; null when outdated. */
export async function whatIf(rule: Rule, scope: WhatIfScope): Promise<WhatIf | null> {
  const { snapshot } = scope.reading;
  const from =
    lastTradingDays(snapshot.day, days, scope.tradingDay)[0]?.start ?? snapshot.day.start;
  const nothing = { from, days, evaluated: 0, fired: 0, longestMs: 0, episodes: [] };
  if (kindOf(rule).timing === 'level') {
    return {
      ...nothing,
      reason: 'What this rule watches is not kept: the ledger holds no history of it.',
    };
  }
  if (lacksNames(rule, scope.reading.series)) return { ...nothing, reason: `${namesUnread}.` };
  const found: Episode[] = [];
  let evaluated = 0;
  let restedAt = 0;
  for (const [value, series] of scope.lines) {
    if (series === null) return null;
    const trial = new Trial(rule, value, scope);
    for (const point of pathOver(series, pointsFrom(series, from, snapshot.asOf), trial.path)) {
      trial.feed(point);
      evaluated += 1;
      if (evaluated - restedAt < pointsASlice) continue;
      restedAt = evaluated;
      await new Promise((resolve) => setImmediate(resolve));
      if (scope.isOutdated()) return null;
    }
    found.push(...trial.finish());
  }
  const history = daysOf(scope.reading.series, from, snapshot.asOf);
  return { ...summaryOf(found, { from, evaluated, asOf: snapshot.asOf }), days: history };
}

function summaryOf(
  found: readonly Episode[],
  { from, evaluated, asOf }: { from: string; evaluated: number; asOf: string },
): Omit<WhatIf, 'days'> {
  const lasted = ({ start, end }: Episode): number =>
    (instantMs(end?.at ?? asOf) ?? 0) - (instantMs(start.at) ?? 0);
  return {
    ...{ from, evaluated, fired: found.length, reason: null },
    longestMs: found.reduce((longest, episode) => Math.max(longest, lasted(episode)), 0),
    episodes: [...found]
      .sort((a, b) => compareInstants(a.start.at, b.start.at))
      .slice(-episodesShown)
      .map(({ scope: of, start, end, endReason, worst }) => ({
        ...{ scope: of, start: start.at, end: end?.at ?? null, endReason, worst: worst.value },
      })),
  };
}

/** Days that there are closes of, as far as they count. */
function daysOf(series: CloseSeries, from: string, asOf: string): number {
  const first = series.points === 0 ? from : series.instantOf(0);
  const since = compareInstants(first, from) > 0 ? first : from;
  const ms = (instantMs(asOf) ?? 0) - (instantMs(since) ?? 0);
  return Math.max(1, Math.min(days, Math.ceil(ms / dayMs)));
}

function pointsFrom(series: CloseSeries, from: string, asOf: string): number[] {
  const first = firstPointAt(series, firstAtOrAfter(series, from));
  const count = Math.max(0, pointsUntil(series, asOf) - first);
  return Array.from({ length: count }, (_, index) => first + index);
}

/** One instance of the rule, led over a line of closes. */
class Trial {
  readonly path: PathRule;
  readonly #rule: Rule;
  readonly #undated: Decimal;
  readonly #found: Episode[] = [];
  #instance: Instance;
  #position = 0;

  constructor(rule: Rule, value: string | null, { reading, tradingDay }: WhatIfScope) {
    this.path = { asOf: reading.snapshot.asOf, tradingDay };
    this.#rule = rule;
    this.#undated = value === null ? undatedPnl(reading.snapshot, reading.series) : zero;
    this.#instance = newInstance(rule.id, value, meaningOf(rule));
  }

  feed(point: PathPoint): void {
    const ms = instantMs(point.at) ?? 0;
    this.#passTime(ms);
    const value = pathValue(this.#rule.kind, point, this.#undated);
    if (value !== null) this.#look({ at: point.at, ms, value, day: point.day });
  }

  /** All episodes, the one that lasts among them. */
  finish(): Episode[] {
    this.#passTime(instantMs(this.path.asOf) ?? 0);
    const lasting = episodeOf(this.#instance);
    return lasting === null ? this.#found : [...this.#found, lasting];
  }

  #passTime(untilMs: number): void {
    const next = () => dueMoment(this.#rule, this.#instance, untilMs, this.path.tradingDay);
    for (let due = next(); due !== null; due = next()) this.#look(due);
  }

  #look({ at, ms, value, day }: DueMoment): void {
    this.#position += 1;
    const order = { asOf: this.path.asOf, snapshotId: 'what-if', position: this.#position };
    const sample = { ...order, kind: 'ok', value, day, isLate: false } as const;
    const { instance, effects } = evaluate(this.#rule, this.#instance, sample, { at, ms });
    this.#instance = instance;
    for (const { kind, episode } of effects) if (kind === 'ended') this.#found.push(episode);
  }
}
