import { formatDay, formatPnl } from '../../shared/format.ts';
import type { Restatement, Snapshot } from '../../shared/snapshot.ts';
import { plural } from './words.ts';

/** The latest restatement in a few words, `22 Nov restated −$4.10`; null where there is none. */
export function restatementText({ restatements }: Snapshot): string | null {
  const latest = restatements[0];
  return latest === undefined ? null : wordsOf(latest);
}

/** What one restatement changed. */
export function wordsOf({ days, rowsChanged }: Restatement): string {
  const [first, ...others] = [...days].reverse();
  if (first === undefined) {
    return rowsChanged === 0 ? 'counts restated' : `${plural(rowsChanged, 'close')} restated`;
  }
  const change = first.pnl === '0' ? plural(Math.abs(first.closes), 'close') : formatPnl(first.pnl);
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'more day')}`;
  return `${formatDay(first.name)} restated ${change}${more}`;
}

/** How it was found. */
export const foundWords: Readonly<Record<Restatement['found'], string>> = {
  live: 'in a refresh',
  sweep: 'by row version',
  count: 'by a count of rows',
  audit: 'by an audit',
  reload: 'when the ledger was read anew',
};
