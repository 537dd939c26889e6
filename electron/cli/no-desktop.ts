import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlertsNeeds } from '../alerts/alerts-needs.ts';
import type { SecretBox, WebhookSecret } from '../alerts/webhook-secret.ts';
import { codeOf } from '../settings/whole-file.ts';
import type { CommandIo } from './command-io.ts';

/** Stands where the app has the desktop's notifications: nothing is shown, and nothing counts as shown. */
export const noNotifier: AlertsNeeds['notifier'] = {
  show: async () => 'failed',
  close: () => undefined,
  isAbsent: true,
};

/** Stands where the app has the desktop's keyring, which belongs to a session that nobody has here. */
export const noKeyring: SecretBox = {
  isAvailable: () => false,
  encrypt: () => {
    throw new Error('There is no keyring here.');
  },
  decrypt: () => {
    throw new Error('There is no keyring here.');
  },
};

/**
 * The webhook's secret from PLUMBLINE_WEBHOOK_SECRET. Where the app has kept one in its keyring instead, the
 * warning says what to do. It is not written anywhere.
 */
export async function secretOfEnvironment(
  home: string,
  { PLUMBLINE_WEBHOOK_SECRET: secret }: CommandIo['env'],
): Promise<WebhookSecret> {
  const isMissing = !secret && (await exists(join(home, 'alert-secret.json')));
  return {
    get: () => secret || null,
    set: async () => undefined,
    warning: () => (isMissing ? inKeyring : null),
  };
}

const inKeyring =
  'The webhook’s secret lies in the keyring of the desktop, which this command cannot open: set PLUMBLINE_WEBHOOK_SECRET to it.';

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
