import type { WhatIf } from '../../shared/alerts/alerts-state.ts';
import { evaluate } from '../../shared/alerts/engine.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { episodeOf, type Instance, newInstance } from '../../shared/alerts/instance.ts';
import { kindOf, meaningOf, type Rule } from '../../shared/alerts/rule.ts';
import { zero } from '../../shared/decimal.ts';
import { instantMs } from '../../shared/instant.ts';
import { lastTradingDays, type TradingDayRule } from '../../shared/trading-day.ts';
import { pathOver, pointsUntil } from '../ledger/close-path.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from '../ledger/close-series.ts';
import type { Reading } from '../ledger/snapshot.ts';
import { pathValue } from './path-values.ts';

const days = 90;
const episodesShown = 200;
const pointsASlice = 2000;

/** Where a rule is tried out. */
export interface WhatIfScope {
  readonly reading: Pick<Reading, 'snapshot' | 'series'>;
  readonly tradingDay: TradingDayRule;
  /** Series of each value of the rule's scope; null for all. */
  readonly lines: ReadonlyMap<string | null, CloseSeries>;
  /** The closes have changed under it: what was found so far is worth nothing. */
  isOutdated(): boolean;
}

/** What a rule would have told over the last 90 trading days, by the same engine; null when outdated. */
export async function whatIf(rule: Rule, scope: WhatIfScope): Promise<WhatIf | null> {
  const { snapshot } = scope.reading;
  const from =
    lastTradingDays(snapshot.day, days, scope.tradingDay)[0]?.start ?? snapshot.day.start;
  const nothing = { from, evaluated: 0, fired: 0, longestMs: 0, episodes: [] };
  if (kindOf(rule).timing === 'level') {
    return {
      ...nothing,
      reason: 'What this rule watches is not kept: the ledger holds no history of it.',
    };
  }
  const found: Episode[] = [];
  let evaluated = 0;
  for (const [value, series] of scope.lines) {
    const line = await overLine(rule, value, series, { ...scope, from });
    if (line === null) return null;
    evaluated += line.evaluated;
    found.push(...line.episodes);
  }
  const nowMs = instantMs(snapshot.asOf) ?? 0;
  const lasted = ({ start, end }: Episode): number =>
    (end === null ? nowMs : (instantMs(end.at) ?? 0)) - (instantMs(start.at) ?? 0);
  return {
    ...{ from, evaluated, fired: found.length, reason: null },
    longestMs: found.reduce((longest, episode) => Math.max(longest, lasted(episode)), 0),
    episodes: found
      .sort((a, b) => (a.start.at < b.start.at ? -1 : 1))
      .slice(-episodesShown)
      .map(({ scope: of, start, end, endReason, worst }) => ({
        ...{ scope: of, start: start.at, end: end?.at ?? null, endReason, worst: worst.value },
      })),
  };
}

async function overLine(
  rule: Rule,
  value: string | null,
  series: CloseSeries,
  { reading, tradingDay, from, isOutdated }: WhatIfScope & { readonly from: string },
): Promise<{ readonly evaluated: number; readonly episodes: Episode[] } | null> {
  const { asOf } = reading.snapshot;
  const first = firstPointAt(series, firstAtOrAfter(series, from));
  const to = pointsUntil(series, asOf);
  const points = Array.from({ length: Math.max(0, to - first) }, (_, index) => first + index);
  let instance: Instance = newInstance(rule.id, value, meaningOf(rule));
  const episodes: Episode[] = [];
  let position = 0;
  for (const point of pathOver(series, points, { asOf, tradingDay })) {
    position += 1;
    const found = pathValue(rule.kind, point, zero);
    if (found === null) continue;
    const result = evaluate(
      rule,
      instance,
      {
        ...{ kind: 'ok', value: found, day: point.day, isLate: false },
        ...{ asOf, snapshotId: 'what-if', position },
      },
      { at: point.at, ms: instantMs(point.at) ?? 0 },
    );
    instance = result.instance;
    for (const effect of result.effects) if (effect.kind === 'ended') episodes.push(effect.episode);
    if (position % pointsASlice === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOutdated()) return null;
    }
  }
  const lasting = episodeOf(instance);
  return { evaluated: position, episodes: lasting === null ? episodes : [...episodes, lasting] };
}
