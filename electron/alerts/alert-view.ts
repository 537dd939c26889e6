import type {
  AlertsState,
  CurrentAlert,
  InstanceStatus,
  RuleStatus,
} from '../../shared/alerts/alerts-state.ts';
import { isFlapping } from '../../shared/alerts/engine.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { episodeOf, type Instance } from '../../shared/alerts/instance.ts';
import { type Rule, severities } from '../../shared/alerts/rule.ts';
import { instantMs } from '../../shared/instant.ts';
import type { Book } from './book.ts';
import type { StoredRules } from './stored-alerts.ts';

const recentShown = 50;
const instancesShown = 20;
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
  const order = ['firing', 'no-data', 'recovering', 'pending', 'normal'];
  const shown = instances
    .map(instanceStatus)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return { rule, instances: shown.slice(0, instancesShown), count: instances.length };
}

/** Where one instance stands. */
export const instanceStatus = ({ scope, state, last, degraded }: Instance): InstanceStatus => ({
  ...{ scope, state: state.kind, value: last?.value ?? null, degraded },
});
