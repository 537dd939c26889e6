import type { Handlers } from '../shared/contract.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { AlertsNeeds } from './alerts/alerts-needs.ts';
import { openAlerts } from './alerts/open-alerts.ts';
import type { SecretBox, WebhookSecret } from './alerts/webhook-secret.ts';
import type { ForkEngine } from './demo/trading-engine/engine-protocol.ts';
import { connectionBudget } from './ledger/budget.ts';
import { ledgerSource, type OpenedLedger } from './ledger-source.ts';
import { systemClock } from './monitor/clock.ts';
import { Monitor } from './monitor/monitor.ts';
import { ledgerName, namedBySettings } from './settings/ledger-identity.ts';
import { intervalLimits, refreshInterval } from './settings/refresh-interval.ts';
import { openSettings, type SettingsFile } from './settings/settings-file.ts';
import { watchLedger } from './watch-ledger.ts';

/** What differs between the app and `plumbline serve`. */
export interface WatchNeeds {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PLUMBLINE_HOME. */
  readonly home: string;
  readonly forkEngine: ForkEngine;
  readonly keyring: SecretBox;
  /** The webhook's secret where it is not kept with the keyring. */
  readonly webhookSecret?: WebhookSecret;
  readonly notifier: AlertsNeeds['notifier'];
  log(sentence: string, error?: unknown): void;
}

/** A ledger under watch: its settings, its monitor and its alerts, and who may ask them what. */
export interface Watch {
  readonly settings: SettingsFile;
  readonly monitor: Monitor;
  readonly alerts: Alerts;
  readonly alertCalls: Handlers['alerts'];
  /** Opens the ledger and begins to watch; where that fails, the monitor's state tells why. */
  begin(): Promise<void>;
  /** The monitor first, so that nobody asks a pool that is closing; the demo's database last. */
  close(): Promise<void>;
}

/** Makes the collaborators that need no window, and wires them; nothing is asked of a database yet. */
export async function openWatch(needs: WatchNeeds): Promise<Watch> {
  const { home, log } = needs;
  const source = ledgerSource(needs);
  const settings = await openSettings(home, log);
  const monitor = new Monitor({
    clock: systemClock,
    profile: namedBySettings(source.profile, settings.state().settings),
    baseIntervalMs: baseInterval(needs),
    connectionBudget,
    evaluate: (reading) => alerts.evaluate(reading),
    log,
  });
  const { alerts, calls: alertCalls } = await openAlerts({
    ...{ home, log, keyring: needs.keyring, webhookSecret: needs.webhookSecret },
    ...{ clock: systemClock, notifier: needs.notifier },
    settings: () => settings.state().settings,
    monitor: () => monitor.state(),
    ledger: () => ledgerName(source.profile, settings.state().settings),
    evaluateSoon: () => monitor.readSoon(),
  });
  let opening: Promise<OpenedLedger> | undefined;
  return {
    ...{ settings, monitor, alerts, alertCalls },
    begin: async () => {
      monitor.onChange((changed) => alerts.observe(changed));
      alerts.start();
      opening = source.open(settings.state().settings);
      watchLedger(await opening, { monitor, settings, alerts });
    },
    close: async () => {
      monitor.stop();
      await alerts.stop();
      await settings.close();
      await (await opening)?.close();
    },
  };
}

function baseInterval({ env, log }: WatchNeeds): number {
  const interval = refreshInterval(env.PLUMBLINE_REFRESH_MS);
  if (!interval.ok) log(interval.message);
  return interval.ok ? interval.ms : intervalLimits.usual;
}
