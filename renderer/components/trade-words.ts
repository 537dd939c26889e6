import type { Basis, Trade } from '../../shared/snapshot.ts';
import { hiddenAmount } from './units.ts';

/** Why a row has no P&L. */
export function noPnl({ rowClass }: Trade): string {
  switch (rowClass) {
    case 'rejected':
      return 'rejected, never executed';
    case 'failed':
      return 'failed, never executed';
    case 'open':
      return 'open, nothing realized yet';
    case 'scored':
    case 'unscored':
      return 'closed without a P&L';
    case 'other':
      return 'no P&L in the ledger';
  }
}

/** A rejection or failure with its reason. */
export const statusText = (rowClass: 'rejected' | 'failed', reason: string | null): string =>
  `${rowClass}: ${reason === null || reason === '' ? 'no reason given' : reason}`;

/** Text that embeds amounts, with its numbers hidden. */
export const maskNumbers = (text: string): string => text.replace(/\d[\d.,]*/g, hiddenAmount);

/** What a stake is, as the settings say. */
export const stakeMeaning = (basis: Basis | undefined): string =>
  basis?.quantityUnit === 'contracts'
    ? 'Quantity, read as a number of contracts'
    : 'Quantity, read as dollars at risk';
