import { formatCount, formatPnl } from '../../shared/format.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { FigureValue, formatWhole } from './figure-value.tsx';
import { figureOf, sumFigures, valueFigure } from './figures.ts';
import { LedgerText } from './ledger-text.tsx';
import { PlaceholderRows } from './placeholder-rows.tsx';
import { type Column, TableHead } from './table-head.tsx';

type TypeRow = Omit<Snapshot['byOpportunityType'][number], 'type'>;

const columns: readonly Column[] = [
  { name: 'type', label: 'Type' },
  { name: 'pnl', label: 'P&L' },
  { name: 'scored', label: 'Scored', meaning: 'Closed trades with a P&L' },
  { name: 'outcomes', label: 'W/D/L', meaning: 'Wins, draws and losses' },
  { name: 'open', label: 'Open' },
];

/** P&L by kind of opportunity; the last row is the sum of those above. */
export function OpportunityTypes({ snapshot }: { snapshot: Snapshot | null }) {
  const rows = snapshot?.byOpportunityType ?? [];
  return (
    <section className="by-type" aria-labelledby="by-type-heading">
      <h2 id="by-type-heading">By opportunity type</h2>
      <table data-testid="by-opportunity-type">
        <TableHead columns={columns} />
        <tbody>
          {snapshot === null ? <PlaceholderRows rows={6} columns={columns} /> : null}
          {rows.map((row) => (
            <tr key={row.type} data-type={row.type}>
              <th scope="row">
                <LedgerText text={row.type} />
              </th>
              <Cells row={row} />
            </tr>
          ))}
        </tbody>
        {rows.length === 0 ? null : (
          <tfoot>
            <tr data-testid="by-opportunity-type-total">
              <th scope="row">All types</th>
              <Cells
                row={totalOf(
                  rows,
                  figureOf(snapshot, ({ allTimePnl }) => allTimePnl),
                )}
              />
            </tr>
          </tfoot>
        )}
      </table>
      {snapshot !== null && rows.length === 0 ? <p className="note">No executed trades.</p> : null}
    </section>
  );
}

function Cells({ row }: { row: TypeRow }) {
  return (
    <>
      <td className="pnl">
        <FigureValue figure={row.pnl} format={formatPnl} tone="pnl" />
      </td>
      <td className="scored">
        <FigureValue figure={valueFigure(String(row.scored))} format={formatWhole} />
      </td>
      <td className="outcomes">
        {formatCount(row.wins)}/<wbr />
        {formatCount(row.draws)}/<wbr />
        {formatCount(row.losses)}
      </td>
      <td className="open">
        <FigureValue figure={valueFigure(String(row.open))} format={formatWhole} />
      </td>
    </>
  );
}

function totalOf(rows: readonly TypeRow[], whenEmpty: Figure): TypeRow {
  const sum = (pick: (row: TypeRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    pnl: sumFigures(
      rows.map(({ pnl }) => pnl),
      whenEmpty,
    ),
    trades: sum(({ trades }) => trades),
    open: sum(({ open }) => open),
    scored: sum(({ scored }) => scored),
    wins: sum(({ wins }) => wins),
    draws: sum(({ draws }) => draws),
    losses: sum(({ losses }) => losses),
  };
}
