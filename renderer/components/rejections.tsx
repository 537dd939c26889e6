import { formatPercent } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { FigureValue, formatWhole } from './figure-value.tsx';
import { valueFigure } from './figures.ts';
import { LedgerText } from './ledger-text.tsx';
import { PlaceholderRows } from './placeholder-rows.tsx';
import { type Column, TableHead } from './table-head.tsx';

const columns: readonly Column[] = [
  {
    name: 'reason',
    label: 'Reason',
    meaning: 'Numbers are replaced by #, so that like reasons count together',
  },
  { name: 'count', label: 'Count' },
  { name: 'share', label: 'Share', meaning: 'Share of all rejected trades' },
];

/** Why the risk check turned trades down, most frequent first. */
export function Rejections({ snapshot }: { snapshot: Snapshot | null }) {
  const rows = snapshot?.rejections ?? [];
  const rejected = snapshot?.counts.rejected ?? 0;
  return (
    <section className="rejections" aria-labelledby="rejections-heading">
      <h2 id="rejections-heading">Rejections by reason</h2>
      {snapshot !== null && rows.length === 0 ? (
        <p className="note">No rejected trades.</p>
      ) : (
        <table data-testid="rejections">
          <TableHead columns={columns} />
          <tbody>
            {snapshot === null ? <PlaceholderRows rows={3} columns={columns} /> : null}
            {rows.map(({ reason, count }) => (
              <tr key={reason} data-rejection={reason}>
                <th scope="row">
                  <LedgerText text={reason === '' ? 'no reason given' : reason} />
                </th>
                <td className="count">
                  <FigureValue figure={valueFigure(String(count))} format={formatWhole} />
                </td>
                <td className="share dim">{shareOf(count, rejected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const shareOf = (count: number, all: number): string =>
  all === 0 ? '—' : formatPercent((count / all).toFixed(6), 0);
