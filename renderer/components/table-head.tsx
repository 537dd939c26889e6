import { Explain } from './explain.tsx';

/** One column of a table: its class gives it width and alignment. */
export interface Column {
  readonly name: string;
  readonly label: string;
  /** What the label means, where that is not plain. */
  readonly meaning?: string | undefined;
}

/** The row of column headings. */
export function TableHead({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, label, meaning }) => (
          <th key={name} scope="col" className={name}>
            {meaning === undefined ? label : <Explain term={label}>{meaning}</Explain>}
          </th>
        ))}
      </tr>
    </thead>
  );
}
