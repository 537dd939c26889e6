import { formatCount } from '../../shared/format.ts';
import { type Basis, type OddityId, oddityIds, type Snapshot } from '../../shared/snapshot.ts';

/** Something odd about rows: a chip says how many, and opens them. */
export interface Oddity {
  readonly id: OddityId;
  readonly count: string;
  /** What the count is of. */
  readonly what: string;
}

/** What is odd about the rows of a ledger, as far as there are any. */
export const odditiesOf = ({ counts }: Snapshot): Oddity[] =>
  oddityIds
    .filter((id) => counts[id] > 0)
    .map((id) => ({ id, count: formatCount(counts[id]), what: whatOf(id, counts[id] === 1) }));

function whatOf(id: OddityId, isOne: boolean): string {
  switch (id) {
    case 'unscored':
      return 'closed without P&L';
    case 'undated':
      return `${isOne ? 'close' : 'closes'} without a time`;
    case 'anomalies':
      return isOne ? 'row contradicts itself' : 'rows contradict themselves';
    case 'otherWithPnl':
      return 'of unknown status with P&L';
    case 'oddQuantities':
      return `${isOne ? 'trade' : 'trades'} without a stake`;
    case 'oddPrices':
      return 'open at an odd price';
    case 'oddEdges':
      return `${isOne ? 'trade' : 'trades'} without an edge`;
    case 'oddFees':
      return `${isOne ? 'trade' : 'trades'} without fees`;
  }
}

/** What such rows are, and what they do to the figures. */
export function oddityMeaning(id: OddityId): string {
  switch (id) {
    case 'unscored':
      return 'Closed trades without a finite P&L: counted as closed, in no sum.';
    case 'undated':
      return 'Closed trades without a close time: in all-time figures, in no day and not in the equity line.';
    case 'anomalies':
      return 'A P&L on an open trade, a close before its opening, a time in the future or an infinite one. Such rows stay in their sums.';
    case 'otherWithPnl':
      return 'Trades that are neither open nor closed, but carry a P&L: it is in no sum.';
    case 'oddQuantities':
      return 'The quantity is no finite number: not in exposure, not in turnover.';
    case 'oddPrices':
      return 'The price of an open trade is not between 0 and 1: not in best and worst case.';
    case 'oddEdges':
      return 'The expected edge is no finite number: not in the promised P&L, not in edge capture.';
    case 'oddFees':
      return 'The fees are no finite number and are left out of their sum.';
  }
}

/** How the settings say that the ledger is to be read. */
export const basisTexts = ({
  quantityUnit,
  pnlIsGross,
}: Basis): { text: string; meaning: string }[] => [
  quantityUnit === 'contracts'
    ? { text: 'quantity = contracts', meaning: 'Quantities are read as numbers of contracts.' }
    : { text: 'quantity = dollars', meaning: 'Quantities are read as dollars at risk.' },
  pnlIsGross
    ? {
        text: 'P&L net of fees, ledger gross',
        meaning:
          "The ledger's P&L is read as gross of fees: they are taken off it in every figure.",
      }
    : { text: 'P&L net of fees', meaning: "The ledger's P&L is read as net of fees." },
];
