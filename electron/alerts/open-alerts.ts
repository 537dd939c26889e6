import type { Handlers } from '../../shared/contract.ts';
import { alertCalls } from './alert-calls.ts';
import { noSteps, openAlertFiles } from './alert-files.ts';
import { Alerts } from './alerts.ts';
import type { AlertsNeeds } from './alerts-needs.ts';
import { createWebhook, webhookSender } from './webhook.ts';
import { openWebhookSecret, type SecretBox, type WebhookSecret } from './webhook-secret.ts';

/** What alerts are opened with. */
export interface OpenAlertsNeeds extends Omit<AlertsNeeds, 'files' | 'secret' | 'webhook'> {
  /** PLUMBLINE_HOME. */
  readonly home: string;
  readonly keyring: SecretBox;
  /** In place of the one that is kept with the keyring. */
  readonly webhookSecret?: WebhookSecret | undefined;
}

/** Alerts, and what a window may ask of them. */
export interface OpenedAlerts {
  readonly alerts: Alerts;
  readonly calls: Handlers['alerts'];
}

/** Reads what was kept of alerts; they are evaluated and told from `start` on. */
export async function openAlerts({
  home,
  keyring,
  webhookSecret,
  ...needs
}: OpenAlertsNeeds): Promise<OpenedAlerts> {
  // The history of somebody's money does not go under in that of a demonstration.
  const isDemo = needs.monitor().profile.label === 'DEMO';
  const stateName = isDemo ? 'alert-state-demo.json' : 'alert-state.json';
  const files = await openAlertFiles(home, needs.log, noSteps, stateName);
  const secret = webhookSecret ?? (await openWebhookSecret(home, keyring, needs.log));
  const sender = webhookSender(createWebhook({ now: () => needs.clock.wallMs() }), () => ({
    settings: alerts.stored.delivery.webhook,
    secret: secret.get(),
  }));
  const all: AlertsNeeds = { ...needs, files, secret, webhook: sender };
  const alerts = new Alerts(all);
  return { alerts, calls: alertCalls(alerts, all) };
}
