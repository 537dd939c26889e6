import * as z from 'zod/mini';
import { type Basis, countSchema, instantSchema, type Snapshot, tradeSchema } from './snapshot.ts';

/** What can be odd about rows; each kind has a chip that opens the rows behind it. */
export const oddityIds = [
  'unscored',
  'undated',
  'anomalies',
  'otherWithPnl',
  'oddQuantities',
  'oddPrices',
  'oddEdges',
  'oddFees',
] as const satisfies readonly (keyof Snapshot['counts'])[];

export type OddityId = (typeof oddityIds)[number];

/** Rows behind a data-quality chip, newest first. */
export const oddRowsSchema = z.object({
  asOf: instantSchema,
  /** All rows of this kind. */
  total: countSchema,
  /** At most the first hundred. */
  rows: z.array(tradeSchema),
});

export type OddRows = z.infer<typeof oddRowsSchema>;

/** What such rows are, after their number: `closes without a time`. */
export function oddityText(id: OddityId, count: number): string {
  const isOne = count === 1;
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

/** Why such rows are odd, and what that does to the figures. */
export function oddityMeaning(id: OddityId, basis: Basis): string {
  switch (id) {
    case 'unscored':
      return 'Closed trades without a finite P&L: counted as closed, in no sum.';
    case 'undated':
      return 'Closed trades with a P&L, but without a close time: in all-time figures, in no day and not in the equity line.';
    case 'anomalies':
      return 'A close before its opening, a time in the future or an infinite one: the P&L of such a close stays in its sums. Or a P&L on an open trade: that is in no sum.';
    case 'otherWithPnl':
      return 'Trades that are neither open nor closed, but carry a P&L: it is in no sum.';
    case 'oddQuantities':
      return 'The quantity is no finite number: in no figure that rests on stakes, such as exposure, best and worst case, promised P&L and turnover.';
    case 'oddPrices':
      return `The price of an open trade is not between 0 and 1: not in best and worst case${
        // A contract costs its price, a dollar at risk costs a dollar.
        basis.quantityUnit === 'contracts' ? ', and in no exposure' : ''
      }.`;
    case 'oddEdges':
      return 'The expected edge is no finite number: not in the promised P&L, not in edge capture.';
    case 'oddFees':
      return basis.pnlIsGross
        ? 'The fees are no finite number: left out of their sum. Nor has such a trade a P&L, for its fees cannot be taken off.'
        : 'The fees are no finite number and are left out of their sum.';
  }
}
