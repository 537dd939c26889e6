import type { LedgerFailure } from '../../shared/failure.ts';
import type { Snapshot } from '../../shared/snapshot.ts';

/** All figures of one moment, with the version of the data that they show. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly token: string;
  /** First instant at which the figures would change without any commit. */
  readonly validUntil: string;
}

/** What the monitor needs of a ledger. */
export interface WatchedLedger {
  /** Has anything changed? Cheap. */
  probe(deadlineMs: number): Promise<{ readonly asOf: string; readonly token: string }>;
  /** All figures, and until when they hold if the token stays the same. */
  read(deadlineMs: number): Promise<Reading>;
  /** Connections held now. */
  held(): number;
  /** Milliseconds spent inside queries since the start. */
  spentMs(): number;
  /** The server runs low on connections. */
  crowded(): boolean;
  /** Classifies what `probe` or `read` rejected with. */
  failureOf(error: unknown): LedgerFailure;
}

/** Stands where the ledger will be; a monitor that has not started asks it nothing. */
export const nothingYet: WatchedLedger = {
  probe: () => Promise.reject(new Error('The monitor has no ledger yet')),
  read: () => Promise.reject(new Error('The monitor has no ledger yet')),
  held: () => 0,
  spentMs: () => 0,
  crowded: () => false,
  failureOf: (error) => {
    throw error;
  },
};
