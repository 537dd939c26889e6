import { formatCount } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { plural } from './words.ts';

/** Something to know about the data, and what it does to the figures. */
export interface Quality {
  readonly text: string;
  readonly meaning: string;
}

/** What a person must know about the data to read the figures right. */
export const qualityOf = ({ counts }: Snapshot): Quality[] => [
  ...oddities(counts)
    .filter(([count]) => count > 0)
    .map(([, text, meaning]) => ({ text, meaning })),
  { text: 'quantity = dollars', meaning: 'Quantities are read as dollars at risk.' },
  { text: 'P&L net of fees', meaning: 'The P&L of the ledger is read as net of fees.' },
];

const oddities = (counts: Snapshot['counts']): readonly [number, string, string][] => [
  [
    counts.unscored,
    `${formatCount(counts.unscored)} closed without P&L`,
    'Closed trades without a P&L are in no sum.',
  ],
  [
    counts.undated,
    `${plural(counts.undated, 'close')} without a time`,
    'Closed trades without a close time count in all-time figures, but in no day.',
  ],
  [
    counts.anomalies,
    plural(counts.anomalies, 'row contradicts itself', 'rows contradict themselves'),
    'Rows that contradict themselves, such as a close in the future.',
  ],
  [
    counts.oddQuantities,
    `${plural(counts.oddQuantities, 'trade')} without a stake`,
    'The quantity is no number: not in exposure, not in turnover.',
  ],
  [
    counts.oddFees,
    `${plural(counts.oddFees, 'trade')} without fees`,
    'The fees are no number and are left out of the sum.',
  ],
  [
    counts.otherWithPnl,
    plural(
      counts.otherWithPnl,
      'trade of unknown status has a P&L',
      'trades of unknown status have a P&L',
    ),
    'A P&L on a trade that is neither open nor closed is in no sum.',
  ],
];
