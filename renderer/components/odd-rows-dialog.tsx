import { useRef } from 'react';
import { formatCount, formatTime } from '../../shared/format.ts';
import { type OddRows, oddityMeaning } from '../../shared/oddities.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { type OddRowsView, useOddRows } from '../client/odd-rows.ts';
import { ModalDialog } from '../keys/modal-dialog.tsx';
import type { Oddity } from './quality.ts';
import { type TradeColumn, tradeColumns } from './trade-columns.tsx';
import { TradeTable } from './trade-table.tsx';

const { market, strategy, side, stake, price, pnl, status, opened, ended } = tradeColumns;

const columns: readonly TradeColumn[] = [
  ...[market, strategy, side, stake, price, pnl, status, opened, ended],
];

interface Props {
  oddity: Oddity;
  /** The figures whose chip was pressed; the rows are read by the same settings. */
  snapshot: Snapshot;
  onClose: () => void;
}

/** The rows behind a data-quality chip, in a dialog: Escape closes it and focus goes back. */
export function OddRowsDialog({ oddity, snapshot, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const view = useOddRows(oddity.id);
  const title = `${oddity.count} ${oddity.what}`;
  return (
    <ModalDialog className="panel" label={title} dialogRef={dialog} onClose={onClose}>
      <div className="panel-content" data-testid="odd-rows">
        <header>
          <h2>{title}</h2>
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <p className="note">{oddityMeaning(oddity.id, snapshot.basis)}</p>
        <p className="note" role="status">
          {statusOf(view, snapshot.day.zone)}
        </p>
        {view.kind === 'read' ? <Rows answer={view.answer} snapshot={snapshot} /> : null}
      </div>
    </ModalDialog>
  );
}

function statusOf(view: OddRowsView, zone: string): string {
  switch (view.kind) {
    case 'reading':
      return 'Reading the rows. To spare the database this may wait for some seconds.';
    case 'failed':
      return `The rows could not be read. ${view.message}`;
    case 'read': {
      const { rows, total, asOf } = view.answer;
      const shown =
        rows.length < total
          ? `The newest ${rows.length} of ${formatCount(total)}`
          : `${formatCount(total)} ${total === 1 ? 'row' : 'rows'}`;
      return `${shown}, as of ${formatTime(asOf, zone)}.`;
    }
  }
}

function Rows({ answer, snapshot }: { answer: OddRows; snapshot: Snapshot }) {
  const context = { basis: snapshot.basis, zone: snapshot.day.zone, now: answer.asOf };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard.
    <section className="panel-rows" aria-label="Rows" tabIndex={0}>
      <TradeTable
        trades={answer.rows}
        columns={columns}
        context={context}
        slots={0}
        testId="odd-rows-table"
      />
    </section>
  );
}
