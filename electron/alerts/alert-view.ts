import type {
  AlertsState,
  CurrentAlert,
  InstanceStatus,
  RuleStatus,
} from '../../shared/alerts/alerts-state.ts';
import { isFlapping } from '../../shared/alerts/engine.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { episodeOf, type Instance } from '../../shared/alerts/instance.ts';
import { kindOf, type Rule, severities } from '../../shared/alerts/rule.ts';
import { compareDecimals, parseDecimal } from '../../shared/decimal.ts';
import { instantMs } from '../../shared/instant.ts';
import type { Book } from './book.ts';
import type { StoredRules } from './stored-alerts.ts';

const recentShown = 50;
/** Instances of a rule that a window gets at most. */
export const instancesShown = 20;
const closesShown = 31;
/** How long an event that nobody has acknowledged counts as current. */
const eventMs = 60 * 60 * 1000;

/** What a view of all alerts is made of. */
export interface ViewNeeds {
  readonly book: Book;
  readonly stored: StoredRules;
  readonly isReady: boolean;
  readonly nowMs: number;
  readonly hasWebhookSecret: boolean;
  readonly warnings: readonly string[];
}

/** Everything that a window, a tray or a feed shows of alerts. */
export function alertsView(needs: ViewNeeds): AlertsState {
  const { book, stored, isReady, hasWebhookSecret, warnings } = needs;
  const ended = book.ended();
  const all = [...ended, ...book.lasting()];
  return {
    ...{ isReady, hasWebhookSecret, warnings: [...warnings], delivery: stored.delivery },
    current: currentAlerts(needs, ended),
    rules: stored.rules.map((rule) => statusOf(rule, book.instancesOf(rule.id))),
    recent: latestFirst(all).slice(0, recentShown),
    unacked: all.filter(({ acked }) => acked === null).length,
    snoozedUntil: book.rest.snoozedUntil,
    offersPresets: !stored.presetsAnswered && stored.rules.length === 0,
    dailyCloses: book.rest.dailyCloses.slice(-closesShown).reverse(),
  };
}

/** Episodes by their beginning, latest first. */
export const latestFirst = (episodes: readonly Episode[]): Episode[] =>
  [...episodes].sort((a, b) => (a.start.at > b.start.at ? -1 : Number(a.start.at < b.start.at)));

function currentAlerts({ book, nowMs }: ViewNeeds, ended: readonly Episode[]): CurrentAlert[] {
  const lasting = book.instances().flatMap((instance): CurrentAlert[] => {
    const { state, last, degraded, snoozedUntil } = instance;
    const episode = episodeOf(instance);
    if (episode === null || state.kind === 'normal' || state.kind === 'pending') return [];
    const flaps = isFlapping(instance, episode.start.at);
    const value = state.kind === 'no-data' ? null : (last?.value ?? null);
    return [{ episode, state: state.kind, value, degraded, snoozedUntil, isFlapping: flaps }];
  });
  const isRecent = ({ start, acked, endReason }: Episode): boolean =>
    endReason === 'event' && acked === null && nowMs - (instantMs(start.at) ?? 0) < eventMs;
  const events = ended.filter(isRecent).map(
    (episode): CurrentAlert => ({
      ...{ episode, state: 'event', value: episode.start.value, degraded: null },
      ...{ snoozedUntil: book.ownerOf(episode)?.snoozedUntil ?? null, isFlapping: false },
    }),
  );
  return [...lasting, ...events].sort(
    (a, b) =>
      severities.indexOf(a.episode.severity) - severities.indexOf(b.episode.severity) ||
      (a.episode.start.at < b.episode.start.at ? 1 : -1),
  );
}

function statusOf(rule: Rule, instances: readonly Instance[]): RuleStatus {
  const shown = nearestFirst(rule, instances.map(instanceStatus));
  return { rule, instances: shown.slice(0, instancesShown), count: instances.length };
}

const stateOrder: readonly InstanceStatus['state'][] = [
  ...(['firing', 'no-data', 'recovering', 'pending', 'normal'] as const),
];

/** Instances by their state, the worst first; equal ones from furthest beyond the threshold to furthest from it. */
export function nearestFirst(
  rule: Pick<Rule, 'kind'>,
  instances: readonly InstanceStatus[],
): InstanceStatus[] {
  const isLow = kindOf(rule).side === 'low';
  const compare = (a: string | null, b: string | null): number => {
    // What is not known comes last.
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const compared = compareDecimals(parseDecimal(a), parseDecimal(b));
    return isLow ? compared : -compared;
  };
  return [...instances].sort(
    (a, b) =>
      stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) || compare(a.value, b.value),
  );
}

/** Where one instance stands. */
export const instanceStatus = ({ scope, state, last, degraded }: Instance): InstanceStatus => ({
  ...{ scope, state: state.kind, value: last?.value ?? null, degraded },
});
