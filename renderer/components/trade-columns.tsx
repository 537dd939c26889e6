import type { ReactNode } from 'react';
import { formatText } from '../../shared/format.ts';
import type { Basis, Trade } from '../../shared/snapshot.ts';
import { usePrivacy } from '../client/settings-context.tsx';
import { shortMoment } from './dates.ts';
import { FigureValue } from './figure-value.tsx';
import { rowFigure } from './figures.ts';
import { LedgerText } from './ledger-text.tsx';
import type { Column } from './table-head.tsx';
import { TradeAge } from './trade-age.tsx';
import { maskNumbers, noPnl, stakeMeaning, statusText } from './trade-words.ts';
import { stakeUnit } from './units.ts';

/** What cells need to know besides their trade. */
export interface TradeContext {
  readonly basis: Basis | undefined;
  readonly zone: string;
  readonly now: string;
}

/** A column of a list of trades. */
export interface TradeColumn extends Column {
  readonly cell: (trade: Trade, context: TradeContext) => ReactNode;
}

const notFinite = 'not a finite number in the ledger';

const momentOf = (instant: string | null, { zone, now }: TradeContext): string =>
  instant === null ? '—' : shortMoment(instant, zone, now);

/** The columns that lists of trades choose from. */
export const tradeColumns = {
  market: { name: 'market', label: 'Market', cell: (trade) => <Market trade={trade} /> },
  strategy: {
    name: 'strategy',
    label: 'Strategy',
    cell: ({ strategy }) => <LedgerText text={strategy ?? ''} />,
  },
  side: {
    name: 'side',
    label: 'Side',
    cell: ({ side, outcome }) => <LedgerText text={`${side} ${outcome}`} />,
  },
  stake: {
    name: 'stake',
    label: 'Stake',
    cell: ({ quantity }, { basis }) => (
      <FigureValue figure={rowFigure(quantity, notFinite)} unit={stakeUnit(basis)} />
    ),
  },
  price: {
    name: 'price',
    label: 'Price',
    meaning: 'Probability from 0 to 1',
    cell: ({ price }) => <FigureValue figure={rowFigure(price, notFinite)} unit="price" />,
  },
  edge: {
    name: 'edge',
    label: 'Edge',
    meaning: 'Share of the stake that the trading model expects to win',
    cell: ({ expectedEdge }) => (
      <FigureValue figure={rowFigure(expectedEdge, notFinite)} unit="return" />
    ),
  },
  pnl: {
    name: 'pnl',
    label: 'P&L',
    cell: (trade) => (
      <FigureValue figure={rowFigure(trade.pnl, noPnl(trade))} unit="pnl" tone="pnl" />
    ),
  },
  status: { name: 'status', label: 'Status', cell: (trade) => <Status trade={trade} /> },
  age: {
    name: 'age',
    label: 'Age',
    meaning: 'Time since the trade was opened',
    cell: (trade, { zone, now }) => (
      <TradeAge trade={trade} since="createdAt" zone={zone} now={now} />
    ),
  },
  closed: {
    name: 'age',
    label: 'Closed',
    meaning: 'Time since the trade closed',
    cell: (trade, { zone, now }) => (
      <TradeAge trade={trade} since="resolvedAt" zone={zone} now={now} />
    ),
  },
  opened: {
    name: 'moment',
    label: 'Opened',
    cell: ({ createdAt }, context) => momentOf(createdAt, context),
  },
  ended: {
    name: 'moment ended',
    label: 'Closed',
    cell: ({ resolvedAt }, context) => momentOf(resolvedAt, context),
  },
} as const satisfies Record<string, TradeColumn>;

/** Columns with their stakes named after their unit. */
export const namedAfterUnit = (
  columns: readonly TradeColumn[],
  basis: Basis | undefined,
): TradeColumn[] =>
  columns.map((column) =>
    column.name === 'stake'
      ? {
          ...column,
          label: basis?.quantityUnit === 'contracts' ? 'Contracts' : 'Stake',
          meaning: stakeMeaning(basis),
        }
      : column,
  );

/** `polymarket:btc-100k` → `polymarket · btc-100k`, the venue dimmed. */
export function Market({
  trade: { venue, marketId, opportunityType, strategy },
}: {
  trade: Trade;
}) {
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

/** Status of a row; the reason of a rejection or failure, which holds amounts, is on hover. */
function Status({ trade }: { trade: Trade }) {
  const isPrivate = usePrivacy();
  const { rowClass, reason } = trade;
  if (rowClass !== 'rejected' && rowClass !== 'failed') return <LedgerText text={trade.status} />;
  const why = statusText(rowClass, reason);
  return <LedgerText text={rowClass} title={isPrivate ? maskNumbers(why) : why} />;
}
