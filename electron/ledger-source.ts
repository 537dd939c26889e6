import type { LedgerFailure } from '../shared/failure.ts';
import type { Settings } from '../shared/settings.ts';
import type { ForkEngine } from './demo/trading-engine/engine-protocol.ts';
import { addressOf, ConnectionUrlError, parseConnectionUrl } from './ledger/connection-profile.ts';
import type { LedgerWishes } from './ledger/ledger-options.ts';
import { nothingYet, type WatchedLedger } from './monitor/watched-ledger.ts';
import { demoIdentity, demoSettings, type LedgerIdentity } from './settings/ledger-identity.ts';

/** A ledger that is ready to be watched. */
export interface OpenedLedger {
  readonly ledger: WatchedLedger;
  readonly profile: LedgerIdentity;
  /** Other settings, in effect from the next read on. */
  configure(settings: Settings, wishes: LedgerWishes): void;
  /** Closes every connection, and the demo with its database. */
  close(): Promise<void>;
}

/** Which ledger is to be watched, known at once; the code that speaks to it is loaded by `open`. */
export interface LedgerSource {
  readonly profile: LedgerIdentity;
  /** Never rejects: what cannot be opened is a ledger that tells why. */
  open(settings: Settings): Promise<OpenedLedger>;
}

/** What a source needs from others. */
export interface SourceNeeds {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PLUMBLINE_HOME. */
  readonly home: string;
  readonly forkEngine: ForkEngine;
  readonly log: (sentence: string, error?: unknown) => void;
}

const closeDeadlineMs = 2000;

/** DATABASE_URL where it is given, else the embedded demo. */
export function ledgerSource(needs: SourceNeeds): LedgerSource {
  const url = needs.env.DATABASE_URL;
  return url === undefined || url === '' ? demoSource(needs) : urlSource(url, needs);
}

function urlSource(url: string, { log }: SourceNeeds): LedgerSource {
  const named = (name: string, host: string): LedgerIdentity => ({ name, host, label: 'LEDGER' });
  try {
    const connection = parseConnectionUrl(url);
    const profile = named(connection.database, addressOf(connection));
    return { profile, open: (settings) => openAt(url, profile, settings, log) };
  } catch (error) {
    const profile = named('ledger', 'an address that cannot be read');
    return { profile, open: async () => unusable(profile, error, log) };
  }
}

function demoSource({ home, forkEngine, log }: SourceNeeds): LedgerSource {
  const profile = demoIdentity;
  return {
    profile,
    open: async (settings) => {
      const { startDemo } = await import('./demo/demo.ts');
      try {
        // Loaded before anything is started that would have to be stopped again.
        await import('./ledger/ledger.ts');
        const demo = await startDemo({ home, forkEngine, log });
        const opened = await openAt(demo.url, profile, demoSettings(settings), log);
        const close = async (): Promise<void> => {
          await opened.close();
          await demo.stop();
        };
        const configure: OpenedLedger['configure'] = (changed, wishes) =>
          opened.configure(demoSettings(changed), wishes);
        return { ...opened, configure, close };
      } catch (error) {
        return unusable(profile, error, log);
      }
    },
  };
}

async function openAt(
  url: string,
  profile: LedgerIdentity,
  settings: Settings,
  log: SourceNeeds['log'],
): Promise<OpenedLedger> {
  const [{ Ledger }, { ledgerOptionsOf }] = await Promise.all([
    import('./ledger/ledger.ts'),
    import('./ledger/ledger-options.ts'),
  ]);
  const connection = parseConnectionUrl(url);
  const ledger = new Ledger(connection, log, ledgerOptionsOf(settings));
  return {
    ledger,
    profile: { ...profile, host: addressOf(connection) },
    configure: (changed, wishes) => ledger.configure(ledgerOptionsOf(changed, wishes)),
    close: () => ledger.close(closeDeadlineMs),
  };
}

/** A ledger that answers each question with the reason why there is none. */
function unusable(profile: LedgerIdentity, error: unknown, log: SourceNeeds['log']): OpenedLedger {
  const isUrl = error instanceof ConnectionUrlError;
  if (!isUrl) log('The demo could not be started.', error);
  const failure: LedgerFailure = {
    code: 'other',
    cause: isUrl ? error.message : 'The embedded database of the demo did not start.',
    remedy: isUrl ? 'Correct DATABASE_URL and start again.' : 'The log has the cause; start again.',
    retry: 'needs-you',
  };
  const refuse = (): Promise<never> => Promise.reject(new Error(failure.cause));
  return {
    profile,
    ledger: {
      ...nothingYet,
      ...{ probe: refuse, refresh: refuse, oddRows: refuse, trades: refuse },
      failureOf: () => failure,
    },
    configure: () => undefined,
    close: async () => undefined,
  };
}
