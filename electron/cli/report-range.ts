import { type RangeId, rangeIds, rangeLabels } from '../../shared/ranges.ts';
import type { Range, Snapshot } from '../../shared/snapshot.ts';

/** The stretch of trading days that a report tells apart: one of the chips', or a number of days. */
export type ChosenRange =
  | { readonly kind: 'named'; readonly id: RangeId }
  | { readonly kind: 'days'; readonly days: number };

/** The charts' own default. */
export const defaultRange: ChosenRange = { kind: 'named', id: '30d' };

/** Whether a text names a range. */
export const isRangeId = (text: string): text is RangeId => rangeIds.some((id) => id === text);

/** As files name it: `30d`, `last-12-days`. */
export const rangeName = (chosen: ChosenRange): string =>
  chosen.kind === 'named' ? chosen.id : `last-${chosen.days}-days`;

/** As a person reads it: `Range 30D`, `Last 12 days`. */
export function rangeTitle(chosen: ChosenRange): string {
  if (chosen.kind === 'named') return `Range ${rangeLabels[chosen.id]}`;
  return chosen.days === 1 ? 'Last 1 day' : `Last ${chosen.days} days`;
}

/** The figures of a range. */
export function rangeOf(snapshot: Snapshot, chosen: ChosenRange): Range {
  if (chosen.kind === 'named') return snapshot.ranges[chosen.id];
  if (snapshot.lastDays === undefined) throw new Error('The ledger was not asked for these days');
  return snapshot.lastDays;
}
