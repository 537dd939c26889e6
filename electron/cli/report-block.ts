import type { Cell, Column } from './text-table.ts';

/** One part of a report: a heading and a table, or a sentence where there is nothing to list. */
export interface Block {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Names of the columns; without them the first column names the rows. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly whenEmpty: string;
}

/** Text. */
export const leftColumn: Column = { align: 'left' };
/** Numbers. */
export const rightColumn: Column = { align: 'right' };
/** Names, cut where they are too long. */
export const nameColumn: Column = { align: 'left', shrinksTo: 12 };
/** Words that go on in the next line. */
export const noteColumn: Column = { align: 'left', shrinksTo: 16, wraps: true };
/** Labels of metrics: as wide as the widest, so that the blocks line up. */
export const labelColumn: Column = { align: 'left', least: 18 };
/** Values of metrics. */
export const valueColumn: Column = { align: 'right', least: 13 };
