import type { LedgerFailure } from '../../shared/failure.ts';
import type { OddityId, OddRows } from '../../shared/oddities.ts';
import type { HistoryReport, OwnCost } from '../../shared/own-cost.ts';
import type { TradePage, TradeQuery } from '../../shared/trade-page.ts';
import type { Reading } from '../ledger/snapshot.ts';

export type { Reading } from '../ledger/snapshot.ts';

/** What the monitor needs of a ledger. */
export interface WatchedLedger {
  /** Has anything changed? Cheap. */
  probe(deadlineMs: number): Promise<{ readonly asOf: string; readonly token: string }>;
  /**
   * All figures, and until when they hold if the token stays the same; null when more of the history
   * is to be loaded first, by refreshing again.
   */
  refresh(deadlineMs: number): Promise<Reading | null>;
  /** The rows behind a data-quality chip. */
  oddRows(id: OddityId, deadlineMs: number): Promise<OddRows>;
  /** A page of trades; rejects with a `TradeCursorError` on a cursor that leads nowhere. */
  trades(query: TradeQuery, deadlineMs: number): Promise<TradePage>;
  /** Calls `listener` each time that the server or the network has cut the last connection. */
  onLost(listener: () => void): void;
  /** Connections held now. */
  held(): number;
  /** Milliseconds spent inside queries since the start. */
  spentMs(): number;
  /** What of it went into loading history and into looking for late changes. */
  upkeepMs(): number;
  /** Bytes that came from the server and went to it since the start. */
  traffic(): Pick<OwnCost, 'received' | 'sent'>;
  /** What is kept of the ledger's history, and what looking after it has found. */
  history(): HistoryReport;
  /** Compares all that is kept with the server, in the course of the coming refreshes. */
  audit(): void;
  /** The server runs low on connections. */
  crowded(): boolean;
  /** Classifies what one of the questions rejected with. */
  failureOf(error: unknown): LedgerFailure;
}

const refuse = (): Promise<never> => Promise.reject(new Error('The monitor has no ledger yet'));

/** Nothing is kept yet. */
export const noHistory: HistoryReport = {
  ...{ loaded: 0, unfit: null, closes: 0, bytes: 0, rowsSwept: 0, surveyMs: null, audit: null },
};

/** Stands where the ledger will be; a monitor that has not started asks it nothing. */
export const nothingYet: WatchedLedger = {
  ...{ probe: refuse, refresh: refuse, oddRows: refuse, trades: refuse },
  held: () => 0,
  spentMs: () => 0,
  upkeepMs: () => 0,
  ...{
    traffic: () => ({ received: 0, sent: 0 }),
    history: () => noHistory,
    audit: () => undefined,
    onLost: () => undefined,
  },
  crowded: () => false,
  failureOf: (error) => {
    throw error;
  },
};
