import { formatPercent } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { FigureValue, formatWhole } from './figure-value.tsx';
import { valueFigure } from './figures.ts';
import { LedgerText } from './ledger-text.tsx';
import { PlaceholderRows } from './placeholder-rows.tsx';

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
          <Header />
          <tbody>
            {snapshot === null ? (
              <PlaceholderRows rows={3} columns={['reason', 'count', 'share']} />
            ) : null}
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

function Header() {
  return (
    <thead>
      <tr>
        <th scope="col" title="Numbers are replaced by #, so that like reasons count together">
          Reason
        </th>
        <th scope="col" className="count">
          Count
        </th>
        <th scope="col" className="share" title="Share of all rejected trades">
          Share
        </th>
      </tr>
    </thead>
  );
}

const shareOf = (count: number, all: number): string =>
  all === 0 ? '—' : formatPercent((count / all).toFixed(6), 0);
