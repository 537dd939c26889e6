import { formatPnl } from '../../shared/format.ts';
import type { Restatement, Snapshot } from '../../shared/snapshot.ts';
import { usePrivacy } from '../client/settings-context.tsx';
import { shortMoment } from './dates.ts';
import { foundWords, wordsOf } from './restatement-words.ts';

/** What was shown before and is other now, with the closes that came, changed or went. */
export function RestatementList({ snapshot }: { snapshot: Snapshot | null }) {
  const restatements = snapshot?.restatements ?? [];
  return (
    <section className="system-block restatements" aria-labelledby="restated-heading">
      <h2 id="restated-heading">Restated since the start</h2>
      {restatements.length === 0 || snapshot === null ? (
        <p className="note">Nothing that was shown has turned out to be other.</p>
      ) : (
        <ul data-testid="restatements">
          {restatements.map((restatement) => (
            <li key={`${restatement.at} ${restatement.found}`}>
              <Details restatement={restatement} snapshot={snapshot} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Details({ restatement, snapshot }: { restatement: Restatement; snapshot: Snapshot }) {
  const { at, found, rows, rowsChanged } = restatement;
  const { zone } = snapshot.day;
  const isPrivate = usePrivacy();
  const moment = (instant: string): string => shortMoment(instant, zone, snapshot.asOf);
  const close = (counted: Restatement['rows'][number]['before']): string =>
    counted === null
      ? 'none'
      : `${isPrivate ? '•••' : formatPnl(counted.pnl)} at ${moment(counted.at)}`;
  return (
    <details>
      <summary>
        {isPrivate ? 'restated' : wordsOf(restatement)}
        <span className="dim">{` · found ${foundWords[found]}, ${moment(at)}`}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Trade</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, before, after }) => (
            <tr key={id} data-id={id}>
              <th scope="row">{id}</th>
              <td>{close(before)}</td>
              <td>{close(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rowsChanged > rows.length ? (
        <p className="note">{`The first ${rows.length} of ${rowsChanged}.`}</p>
      ) : null}
    </details>
  );
}
