import { formatDecimal, formatMoney, formatPnl, formatText } from '../../shared/format.ts';
import type { Snapshot, Trade } from '../../shared/snapshot.ts';
import { FigureValue } from './figure-value.tsx';
import { rowFigure } from './figures.ts';
import { LedgerText } from './ledger-text.tsx';
import { PlaceholderRows } from './placeholder-rows.tsx';
import { type Column, TableHead } from './table-head.tsx';
import { TradeAge } from './trade-age.tsx';

const columns: readonly Column[] = [
  { name: 'market', label: 'Market' },
  { name: 'type', label: 'Type' },
  { name: 'strategy', label: 'Strategy' },
  { name: 'side', label: 'Side' },
  { name: 'stake', label: 'Stake', meaning: 'Quantity, read as dollars at risk' },
  { name: 'price', label: 'Price', meaning: 'Probability from 0 to 1' },
  { name: 'status', label: 'Status' },
  { name: 'pnl', label: 'P&L' },
  { name: 'age', label: 'Age', meaning: 'Time since the row was created' },
];

/** The newest rows of any class. */
export function RecentTrades({ snapshot }: { snapshot: Snapshot | null }) {
  const trades = snapshot?.recentTrades ?? [];
  return (
    <section className="recent" aria-labelledby="recent-heading">
      <h2 id="recent-heading">Recent trades</h2>
      {snapshot !== null && trades.length === 0 ? (
        <p className="note">The ledger holds no trades yet.</p>
      ) : (
        <table data-testid="recent-trades">
          <TableHead columns={columns} />
          <tbody>
            {snapshot === null ? <PlaceholderRows rows={12} columns={columns} /> : null}
            {trades.map((trade, position) => (
              <Row key={trade.id ?? position} trade={trade} zone={snapshot?.day.zone ?? 'UTC'} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ trade, zone }: { trade: Trade; zone: string }) {
  return (
    <tr data-id={trade.id ?? ''} data-class={trade.rowClass}>
      <th scope="row" className="market">
        <Market trade={trade} />
      </th>
      <td className="type">
        <LedgerText text={trade.opportunityType} />
      </td>
      <td className="strategy">
        {trade.strategy === null ? <Missing /> : <LedgerText text={trade.strategy} />}
      </td>
      <td className="side">
        <LedgerText text={`${trade.side} ${trade.outcome}`} />
      </td>
      <td className="stake">
        <FigureValue figure={rowFigure(trade.quantity, notFinite)} format={formatMoney} />
      </td>
      <td className="price">
        <FigureValue figure={rowFigure(trade.price, notFinite)} format={formatPrice} />
      </td>
      <td className="status">
        <Status trade={trade} />
      </td>
      <td className="pnl">
        <FigureValue figure={rowFigure(trade.pnl, noPnl(trade))} format={formatPnl} tone="pnl" />
      </td>
      <td className="age">
        <TradeAge trade={trade} zone={zone} />
      </td>
    </tr>
  );
}

const notFinite = 'not a finite number in the ledger';

const formatPrice = (price: string): string => formatDecimal(price, 3);

const Missing = () => (
  <span className="dim" title="none in the ledger">
    —
  </span>
);

/** `polymarket:btc-100k` → `polymarket · btc-100k`, the venue dimmed. */
function Market({ trade: { venue, marketId, opportunityType, strategy } }: { trade: Trade }) {
  const prefix = `${venue}:`;
  const slug = marketId.startsWith(prefix) ? marketId.slice(prefix.length) : marketId;
  return (
    <bdi
      className="ledger-text"
      title={[venue, slug, opportunityType, strategy ?? 'no strategy']
        .map((part) => formatText(part))
        .join(' · ')}
    >
      <bdi className="dim">{formatText(venue, 24)}</bdi> · <bdi>{formatText(slug)}</bdi>
    </bdi>
  );
}

function Status({ trade: { rowClass, status, reason } }: { trade: Trade }) {
  switch (rowClass) {
    case 'rejected':
    case 'failed':
      return <LedgerText text={rowClass} title={`${rowClass}: ${reason ?? 'no reason given'}`} />;
    case 'open':
    case 'scored':
    case 'unscored':
    case 'other':
      return <LedgerText text={status} />;
  }
}

function noPnl({ rowClass }: Trade): string {
  switch (rowClass) {
    case 'rejected':
      return 'rejected, never executed';
    case 'failed':
      return 'failed, never executed';
    case 'open':
      return 'open, nothing realized yet';
    case 'scored':
    case 'unscored':
      return 'closed without a P&L';
    case 'other':
      return 'no P&L in the ledger';
  }
}
