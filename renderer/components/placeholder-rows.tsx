import type { Column } from './table-head.tsx';

interface Props {
  rows: number;
  /** The columns, so that blank cells are as wide, or as hidden, as real ones. */
  columns: readonly Column[];
  /** Bars where figures are still to come; else the rows only keep their place. */
  waiting?: boolean;
}

/** Rows without content that keep the place of a table's rows. */
export function PlaceholderRows({ rows, columns, waiting = false }: Props) {
  return Array.from({ length: Math.max(0, rows) }, (_, row) => String(row)).map((row) => (
    <tr key={`blank ${row}`} className="placeholder" data-waiting={waiting}>
      {columns.map(({ name }) => (
        <td key={name} className={name}>
          {waiting ? <span className="figure">—</span> : '\u00a0'}
        </td>
      ))}
    </tr>
  ));
}
