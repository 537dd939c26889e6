import type { Snapshot, Trade } from '../../shared/snapshot.ts';
import { type TradeColumn, tradeColumns } from './trade-columns.tsx';
import { TradeTable } from './trade-table.tsx';
import { plural } from './words.ts';

const { market, strategy, side, stake, price, edge, pnl, age, closed } = tradeColumns;

const openColumns: readonly TradeColumn[] = [
  { ...market, label: 'Open trade' },
  ...[strategy, side, stake, price, edge, age],
];

const closeColumns: readonly TradeColumn[] = [
  { ...market, label: 'Last closes' },
  ...[strategy, side, stake, price, pnl, closed],
];

const slots = 12;

interface Props {
  snapshot: Snapshot | null;
}

/** The newest open trades. */
export function OpenTrades({ snapshot }: Props) {
  const open = snapshot?.counts.open ?? 0;
  const remark = open > slots ? `the newest ${slots} of ${plural(open, 'open trade')}` : '';
  return (
    <Trades
      {...{ snapshot, remark }}
      name="open-trades"
      title="Open trades"
      trades={snapshot?.openTrades ?? null}
      columns={openColumns}
      whenEmpty="No trade is open."
    />
  );
}

/** The last trades to close. */
export function RecentCloses({ snapshot }: Props) {
  return (
    <Trades
      {...{ snapshot, remark: '' }}
      name="recent-closes"
      title="Last closes"
      trades={snapshot?.recentCloses ?? null}
      columns={closeColumns}
      whenEmpty="No trade has closed with a close time yet."
    />
  );
}

interface ListProps extends Props {
  name: string;
  title: string;
  trades: readonly Trade[] | null;
  columns: readonly TradeColumn[];
  whenEmpty: string;
  remark: string;
}

function Trades({ snapshot, name, title, trades, columns, whenEmpty, remark }: ListProps) {
  const context = {
    basis: snapshot?.basis,
    zone: snapshot?.day.zone ?? 'UTC',
    now: snapshot?.asOf ?? '',
  };
  return (
    <section className="block trades" aria-labelledby={`${name}-heading`}>
      <h2 className="visually-hidden" id={`${name}-heading`}>
        {title}
      </h2>
      <TradeTable {...{ trades, columns, context, slots }} testId={name} />
      {trades?.length === 0 ? <p className="note when-empty">{whenEmpty}</p> : null}
      <p className="note remark">{remark}</p>
    </section>
  );
}
