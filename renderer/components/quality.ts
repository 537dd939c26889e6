import { formatCount } from '../../shared/format.ts';
import { type OddityId, oddityIds, oddityText } from '../../shared/oddities.ts';
import type { Basis, Snapshot } from '../../shared/snapshot.ts';

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
    .map((id) => ({ id, count: formatCount(counts[id]), what: oddityText(id, counts[id]) }));

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
