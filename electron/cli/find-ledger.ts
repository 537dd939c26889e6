import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { Settings, SettingsState } from '../../shared/settings.ts';
import { demoAddressFile, findDemoAddress } from '../demo/demo-address.ts';
import {
  addressOf,
  type ConnectionProfile,
  ConnectionUrlError,
  parseConnectionUrl,
} from '../ledger/connection-profile.ts';
import { codeOf } from '../ledger/failures.ts';
import { homeFolder } from '../settings/home.ts';
import {
  demoIdentity,
  demoSettings,
  type LedgerIdentity,
  namedBySettings,
} from '../settings/ledger-identity.ts';
import { readSettings } from '../settings/settings-file.ts';
import { type CommandIo, UsageError } from './command-io.ts';
import { oneSentence, urlForm } from './failure-words.ts';

const howToName = `name the ledger with DATABASE_URL, as in ${urlForm}`;

/** The ledger that a command reads. */
export interface FoundLedger {
  readonly profile: ConnectionProfile;
  /** It is the one of an app that watches the embedded demo. */
  readonly isDemo: boolean;
}

/** The ledger that DATABASE_URL names, else the demo that an app watches; throws a UsageError. */
export async function profileOf({ env }: CommandIo): Promise<FoundLedger> {
  const home = homeOf(env);
  await mustBeUsable(home);
  if (env.DATABASE_URL) return { profile: parsedUrl(env.DATABASE_URL), isDemo: false };
  const url = await demoUrlOf(home);
  if (url === null)
    throw new UsageError(
      `DATABASE_URL is not set and no demo is running under ${home}; ${howToName}.`,
    );
  try {
    return { profile: parseConnectionUrl(url), isDemo: true };
  } catch (cause) {
    if (!(cause instanceof ConnectionUrlError)) throw cause;
    throw new UsageError(
      `The demo's address in ${demoAddressFile(home)} is not understood; start Plumbline anew, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** The settings in effect under PLUMBLINE_HOME, where nothing is written; the demo has its own relations. */
export async function settingsOf(
  { env }: CommandIo,
  { isDemo }: Pick<FoundLedger, 'isDemo'>,
): Promise<SettingsState> {
  const state = await readSettings(homeOf(env));
  return isDemo ? { ...state, settings: demoSettings(state.settings) } : state;
}

/** What the ledger goes by, as in the app. */
export function identityOf({ profile, isDemo }: FoundLedger, settings: Settings): LedgerIdentity {
  const host = addressOf(profile);
  if (isDemo) return { ...demoIdentity, host };
  return namedBySettings({ name: profile.database, label: 'LEDGER', host }, settings);
}

/** PLUMBLINE_HOME, or the platform's place. */
export const homeOf = (env: CommandIo['env']): string =>
  homeFolder({ env, platform: process.platform, userFolder: homedir() });

/** Figures by other settings than the person's would be worse than none. */
async function mustBeUsable(home: string): Promise<void> {
  try {
    if (!(await stat(home)).isDirectory()) {
      throw new UsageError(
        `${home} is no folder; set PLUMBLINE_HOME to the folder of settings.json.`,
      );
    }
    await access(home, constants.X_OK);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    // Where there is no folder yet, the defaults hold.
    if (code === 'ENOENT') return;
    throw new UsageError(
      `${home} cannot be read (${code}); set PLUMBLINE_HOME to a folder that can.`,
      {
        cause,
      },
    );
  }
}

async function demoUrlOf(home: string): Promise<string | null> {
  try {
    return await findDemoAddress(home);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    throw new UsageError(`The demo's address cannot be read (${code}); ${howToName}.`, { cause });
  }
}

/** Reads DATABASE_URL; throws a UsageError with one sentence. */
export function parsedUrl(url: string): ConnectionProfile {
  try {
    return parseConnectionUrl(url);
  } catch (error) {
    if (!(error instanceof ConnectionUrlError)) throw error;
    throw new UsageError(oneSentence(error.message), { cause: error });
  }
}
