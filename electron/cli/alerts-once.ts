import type { AlertsState, RuleStatus } from '../../shared/alerts/alerts-state.ts';
import { kindOf } from '../../shared/alerts/rule.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Settings } from '../../shared/settings.ts';
import { instancesShown, nearestFirst } from '../alerts/alert-view.ts';
import { Alerts } from '../alerts/alerts.ts';
import { noShare } from '../alerts/path-evaluation.ts';
import { connectionBudget } from '../ledger/budget.ts';
import type { Reading } from '../ledger/snapshot.ts';
import { systemClock } from '../monitor/clock.ts';
import { type LedgerIdentity, ledgerName } from '../settings/ledger-identity.ts';
import type { KeptAlerts } from './kept-alerts.ts';

/** What is looked at. */
export interface LookedAt {
  readonly kept: KeptAlerts;
  readonly reading: Reading;
  readonly settings: Settings;
  /** As it is called by its address, and as the settings call it. */
  readonly place: LedgerIdentity;
  readonly profile: LedgerIdentity;
}

/**
 * Where the rules stand on one reading, going on from what was kept: by the code that watches, with nothing
 * written and nobody told.
 */
export async function alertsOnce(lookedAt: LookedAt): Promise<AlertsState> {
  const { kept, reading, settings, place, profile } = lookedAt;
  const monitor = watchingSince(reading, profile);
  const alerts = new Alerts({
    files: kept.files,
    clock: systemClock,
    notifier: { show: async () => 'failed', close: () => undefined, isAbsent: true },
    webhook: async () => ({ kind: 'later', afterMs: 0, reason: 'nobody is told' }),
    secret: { get: () => null, set: async () => undefined, warning: () => null },
    settings: () => settings,
    monitor: () => monitor,
    ledger: () => ledgerName(place, settings),
    evaluateSoon: () => undefined,
    log: () => undefined,
  });
  await alerts.evaluate(reading);
  // Rules on the connection are evaluated when rules change, and otherwise by a clock that never ticks here.
  await alerts.change((stored) => stored);
  const state = alerts.state();
  const rules: RuleStatus[] = [];
  for (const status of state.rules) {
    rules.push(isForgotten(status, reading) ? await remembered(status, alerts, lookedAt) : status);
  }
  await alerts.stop();
  return { ...state, rules };
}

/** Whoever watches forgets the quiet values of a scope, for there may be thousands; one look has time for them. */
const isForgotten = ({ rule, count }: RuleStatus, { series }: Reading): boolean => {
  const { timing, isEvent } = kindOf(rule);
  const isScopedPath = timing === 'path' && isEvent !== true && rule.scope.by !== 'all';
  return rule.isEnabled && count === 0 && isScopedPath && series.columns.names !== null;
};

/** A rule with the values that it was held against, all of them quiet. */
async function remembered(
  { rule }: Pick<RuleStatus, 'rule'>,
  { paths }: Alerts,
  { reading, settings }: Pick<LookedAt, 'reading' | 'settings'>,
): Promise<RuleStatus> {
  const presents = await paths.allPresents(rule, reading, settings.tradingDay);
  const instances = presents.map(({ scope, value }) => ({
    ...{ scope, value, state: 'normal' as const, degraded: value === null ? noShare : null },
  }));
  const nearest = nearestFirst(rule, instances).slice(0, instancesShown);
  return { rule, instances: nearest, count: instances.length };
}

const intervalMs = 1000;

/** A monitor's state just after the reading. */
const watchingSince = ({ snapshot }: Reading, profile: LedgerIdentity): MonitorState => ({
  ...{ status: { kind: 'watching' }, sequence: 1, asOf: snapshot.asOf, ageMs: 0, profile },
  ...{ intervalMs, wishedIntervalMs: intervalMs, askedInMs: null, connections: 1 },
  ...{ connectionBudget, clockSkewMs: null, loaded: null },
});
