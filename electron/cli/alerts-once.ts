import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Settings } from '../../shared/settings.ts';
import { Alerts } from '../alerts/alerts.ts';
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
export async function alertsOnce({
  kept,
  reading,
  settings,
  place,
  profile,
}: LookedAt): Promise<AlertsState> {
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
  await alerts.stop();
  return state;
}

const intervalMs = 1000;

/** A monitor's state just after the reading. */
const watchingSince = ({ snapshot }: Reading, profile: LedgerIdentity): MonitorState => ({
  ...{ status: { kind: 'watching' }, sequence: 1, asOf: snapshot.asOf, ageMs: 0, profile },
  ...{ intervalMs, wishedIntervalMs: intervalMs, askedInMs: null, connections: 1 },
  ...{ connectionBudget, clockSkewMs: null, loaded: null },
});
