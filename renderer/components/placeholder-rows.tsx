import type { Column } from './table-head.tsx';

interface Props {
  rows: number;
  /** The columns, so that blank cells are as wide, or as hidden, as real ones. */
  columns: readonly Column[];
}

/** Blank rows that keep the place of a table until it is read. */
export function PlaceholderRows({ rows, columns }: Props) {
  return Array.from({ length: rows }, (_, row) => String(row)).map((row) => (
    <tr key={row} className="placeholder">
      {columns.map(({ name }) => (
        <td key={name} className={name}>
          <span className="figure" data-kind="none" aria-hidden="true">
            —
          </span>
        </td>
      ))}
    </tr>
  ));
}
