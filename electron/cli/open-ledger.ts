import { constants as osConstants } from 'node:os';
import type { LedgerFailure } from '../../shared/failure.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ConnectionProfile } from '../ledger/connection-profile.ts';
import { LedgerError } from '../ledger/failures.ts';
import { Ledger } from '../ledger/ledger.ts';
import { type LedgerOptions, ledgerOptionsOf } from '../ledger/ledger-options.ts';
import type { CommandIo } from './command-io.ts';

/** How a question to the ledger ended. */
export type Asked<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: LedgerFailure }
  /** A person ended it; the code is the one that shells use. */
  | { readonly kind: 'interrupted'; readonly code: number };

/** How long one question may take, reconnecting included. */
export const questionDeadlineMs = 8000;
const closeDeadlineMs = 2000;

/** What a ledger is opened with. */
export interface LedgerPlace {
  readonly profile: ConnectionProfile;
  readonly settings: Settings;
  readonly options?: Partial<LedgerOptions>;
}

/** Opens a ledger for some questions and closes it, also when a person interrupts: the signal tells. */
export async function askLedger<T>(
  { profile, settings, options }: LedgerPlace,
  io: CommandIo,
  work: (ledger: Ledger, interrupted: AbortSignal) => Promise<T>,
): Promise<Asked<T>> {
  const interrupt = onInterrupt();
  const note = (sentence: string): void => {
    // What breaks because a person ended it is nobody's failure.
    if (!interrupt.signal.aborted) io.stderr(`${sentence}\n`);
  };
  const ledger = new Ledger(profile, note, { ...ledgerOptionsOf(settings), ...options });
  try {
    return await Promise.race([
      interrupt.happened,
      work(ledger, interrupt.signal).then(
        (value): Asked<T> => ({ kind: 'answered', value }),
        failedAs,
      ),
    ]);
  } finally {
    // What is under way is cancelled at the server too.
    await ledger.close(closeDeadlineMs);
    interrupt.forget();
  }
}

/** What a ledger rejects with is classified already; anything else is a mistake of this program. */
function failedAs(error: unknown): Asked<never> {
  if (error instanceof LedgerError) return { kind: 'failed', failure: error.failure };
  throw error;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

function onInterrupt() {
  const controller = new AbortController();
  let stop: (signal: NodeJS.Signals) => void = () => undefined;
  const happened = new Promise<Asked<never>>((resolve) => {
    stop = (signal) => {
      controller.abort();
      resolve({ kind: 'interrupted', code: 128 + osConstants.signals[signal] });
    };
  });
  for (const signal of signals) process.once(signal, stop);
  return {
    happened,
    signal: controller.signal,
    forget: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
