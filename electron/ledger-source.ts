import type { LedgerFailure } from '../shared/failure.ts';
import type { MonitorState } from '../shared/monitor-state.ts';
import type { ForkEngine } from './demo/trading-engine/engine-protocol.ts';
import { addressOf, ConnectionUrlError, parseConnectionUrl } from './ledger/connection-profile.ts';
import type { WatchedLedger } from './monitor/watched-ledger.ts';

type Profile = MonitorState['profile'];

/** A ledger that is ready to be watched. */
export interface OpenedLedger {
  readonly ledger: WatchedLedger;
  readonly profile: Profile;
  /** Closes every connection, and the demo with its database. */
  close(): Promise<void>;
}

/** Which ledger is to be watched, known at once; the code that speaks to it is loaded by `open`. */
export interface LedgerSource {
  readonly profile: Profile;
  /** Never rejects: what cannot be opened is a ledger that tells why. */
  open(): Promise<OpenedLedger>;
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
  const named = (name: string, host: string): Profile => ({ name, host, label: 'LEDGER' });
  try {
    const connection = parseConnectionUrl(url);
    const profile = named(connection.database, addressOf(connection));
    return { profile, open: () => openAt(url, profile, log) };
  } catch (error) {
    const profile = named('ledger', 'an address that cannot be read');
    return { profile, open: async () => unusable(profile, error, log) };
  }
}

function demoSource({ home, forkEngine, log }: SourceNeeds): LedgerSource {
  const profile: Profile = { name: 'demo', label: 'DEMO', host: 'the embedded server' };
  return {
    profile,
    open: async () => {
      const { startDemo } = await import('./demo/demo.ts');
      try {
        // Loaded before anything is started that would have to be stopped again.
        await import('./ledger/ledger.ts');
        const demo = await startDemo({ home, forkEngine, log });
        const opened = await openAt(demo.url, profile, log);
        const close = async (): Promise<void> => {
          await opened.close();
          await demo.stop();
        };
        return { ...opened, close };
      } catch (error) {
        return unusable(profile, error, log);
      }
    },
  };
}

async function openAt(
  url: string,
  profile: Profile,
  log: SourceNeeds['log'],
): Promise<OpenedLedger> {
  const { Ledger } = await import('./ledger/ledger.ts');
  const connection = parseConnectionUrl(url);
  const ledger = new Ledger(connection, log);
  return {
    ledger,
    profile: { ...profile, host: addressOf(connection) },
    close: () => ledger.close(closeDeadlineMs),
  };
}

/** A ledger that answers each question with the reason why there is none. */
function unusable(profile: Profile, error: unknown, log: SourceNeeds['log']): OpenedLedger {
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
      ...{ probe: refuse, read: refuse, held: () => 0, spentMs: () => 0, crowded: () => false },
      failureOf: () => failure,
    },
    close: async () => undefined,
  };
}
