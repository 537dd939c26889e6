import { formatPercent } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { FigureValue } from './figure-value.tsx';
import { countFigure } from './figures.ts';
import { LedgerText } from './ledger-text.tsx';
import { PlaceholderRows } from './placeholder-rows.tsx';
import { Refreshed } from './refreshed.tsx';
import { TableHead } from './table-head.tsx';

interface Props {
  snapshot: Snapshot | null;
}

/** Why the risk check turned trades down, most frequent first. */
export const Rejections = ({ snapshot }: Props) => (
  <Reasons
    rows={snapshot?.rejections ?? null}
    all={snapshot?.counts.rejected ?? 0}
    name="rejections"
    title="Rejected because"
    meaning="Reasons of the risk check; numbers are replaced by #, so that like reasons count together"
    whenEmpty="No trade was rejected."
  />
);

/** Why approved trades could not be executed, most frequent first. */
export const Failures = ({ snapshot }: Props) => (
  <Reasons
    rows={snapshot?.failures ?? null}
    all={snapshot?.counts.failed ?? 0}
    name="failures"
    title="Failed because"
    meaning="Reasons of failed executions; numbers are replaced by #, so that like reasons count together"
    whenEmpty="No execution failed."
  />
);

interface ReasonsProps {
  rows: Snapshot['rejections'] | null;
  /** All rows of the class, of which each reason has its share. */
  all: number;
  name: string;
  title: string;
  meaning: string;
  whenEmpty: string;
}

const placesKept = 3;

function Reasons({ rows, all, name, title, meaning, whenEmpty }: ReasonsProps) {
  const columns = [
    { name: 'reason', label: title, meaning },
    { name: 'count', label: 'Count' },
    { name: 'share', label: 'Share' },
  ];
  const rest = restOf(rows, all);
  return (
    <section className="block reasons" aria-labelledby={`${name}-heading`}>
      <h2 className="visually-hidden" id={`${name}-heading`}>
        {title}
      </h2>
      <table data-testid={name}>
        <TableHead columns={columns} />
        <tbody>
          {rows?.map(({ reason, count }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place, so that none moves.
            <tr key={place} data-why={reason}>
              <th scope="row" className="reason">
                <LedgerText text={reason.trim() === '' ? 'no reason given' : reason} />
              </th>
              <ShareCells count={count} all={all} />
            </tr>
          ))}
          {rest <= 0 ? null : (
            <tr>
              <th scope="row" className="reason dim" title="All beyond the most frequent reasons">
                all others
              </th>
              <ShareCells count={rest} all={all} />
            </tr>
          )}
          {rows === null ? <PlaceholderRows rows={placesKept} columns={columns} waiting /> : null}
        </tbody>
      </table>
      {rows?.length === 0 ? <p className="note when-empty">{whenEmpty}</p> : null}
    </section>
  );
}

const ShareCells = ({ count, all }: { count: number; all: number }) => (
  <>
    <td className="count">
      <FigureValue figure={countFigure(count)} unit="count" />
    </td>
    <td className="share dim">
      <Refreshed text={shareOf(count, all)} />
    </td>
  </>
);

/** Rows whose reason is beyond those that are listed. */
const restOf = (rows: Snapshot['rejections'] | null, all: number): number =>
  rows === null ? 0 : all - rows.reduce((sum, { count }) => sum + count, 0);

const shareOf = (count: number, all: number): string =>
  all === 0 ? '—' : formatPercent((count / all).toFixed(6), 0);
