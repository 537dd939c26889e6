import type { Trade } from '../../shared/snapshot.ts';
import { PlaceholderRows } from './placeholder-rows.tsx';
import { TableHead } from './table-head.tsx';
import { namedAfterUnit, type TradeColumn, type TradeContext } from './trade-columns.tsx';

interface Props {
  /** Null until they are read. */
  trades: readonly Trade[] | null;
  columns: readonly TradeColumn[];
  context: TradeContext;
  /** As many rows as the table is always high; 0 grows with the trades. */
  slots: number;
  testId: string;
}

/**
 * Trades, one a row. A row belongs to its place and its trade: when one comes in at the top, each place
 * gets a new row where the old one was, and nothing moves or looks like a changed figure.
 */
export function TradeTable({ trades, columns, context, slots, testId }: Props) {
  const shown = slots === 0 ? (trades ?? []) : (trades ?? []).slice(0, slots);
  const named = namedAfterUnit(columns, context.basis);
  return (
    <table data-testid={testId}>
      <TableHead columns={named} />
      <tbody>
        {shown.map((trade, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is part of the row, see above.
          <Row key={`${place} ${trade.id}`} trade={trade} columns={named} context={context} />
        ))}
        <PlaceholderRows rows={slots - shown.length} columns={columns} waiting={trades === null} />
      </tbody>
    </table>
  );
}

interface RowProps {
  trade: Trade;
  columns: readonly TradeColumn[];
  context: TradeContext;
}

function Row({ trade, columns: [first, ...others], context }: RowProps) {
  return (
    <tr data-id={trade.id ?? ''} data-class={trade.rowClass}>
      {first === undefined ? null : (
        <th scope="row" className={first.name}>
          {first.cell(trade, context)}
        </th>
      )}
      {others.map(({ name, cell }) => (
        <td key={name} className={name}>
          {cell(trade, context)}
        </td>
      ))}
    </tr>
  );
}
