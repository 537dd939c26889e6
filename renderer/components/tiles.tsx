import type { ReactNode } from 'react';
import { formatCount, formatMoney, formatPercent, formatPnl } from '../../shared/format.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { DirectionGlyph } from './direction-glyph.tsx';
import { FigureValue } from './figure-value.tsx';
import { figureOf } from './figures.ts';
import { outcomesText, plural } from './words.ts';

interface Props {
  snapshot: Snapshot | null;
}

/** The figures of the whole ledger that a person looks for first. */
export function Tiles({ snapshot }: Props) {
  return (
    <div className="tiles">
      <AllTime snapshot={snapshot} />
      <WinRate snapshot={snapshot} />
      <Exposure snapshot={snapshot} />
      <Turnover snapshot={snapshot} />
    </div>
  );
}

interface TileProps {
  title: string;
  children: ReactNode;
  /** Two lines under the figure; blank ones keep their place. */
  notes: readonly [ReactNode, ReactNode];
}

function Tile({ title, children, notes: [first, second] }: TileProps) {
  return (
    <section className="tile">
      <h2>{title}</h2>
      <p className="tile-figure">{children}</p>
      <p className="note">{first}</p>
      <p className="note">{second}</p>
    </section>
  );
}

/** What stands under a figure: why it is missing, or more about it. */
const noteOf = (figure: Figure, note: () => ReactNode): ReactNode =>
  figure.kind === 'value' ? note() : figure.reason;

function AllTime({ snapshot }: Props) {
  const pnl = figureOf(snapshot, ({ allTimePnl }) => allTimePnl);
  return (
    <Tile
      title="All time, realized"
      notes={[
        noteOf(pnl, () => snapshot && closedTrades(snapshot)),
        snapshot && unpriced(snapshot),
      ]}
    >
      <FigureValue figure={pnl} format={formatPnl} tone="pnl" testId="all-time-pnl" />
      <DirectionGlyph figure={pnl} />
    </Tile>
  );
}

const closedTrades = ({ counts }: Snapshot): string => plural(counts.closed, 'close');

const unpriced = ({ counts }: Snapshot): string =>
  counts.unscored === 0 ? '' : `${formatCount(counts.unscored)} of them without P&L`;

function WinRate({ snapshot }: Props) {
  const rate = figureOf(snapshot, ({ winRate }) => winRate.rate);
  return (
    <Tile
      title="Win rate"
      notes={[
        noteOf(rate, () => snapshot && outcomesText(snapshot.outcomes)),
        snapshot && intervalOf(snapshot),
      ]}
    >
      <FigureValue
        figure={rate}
        format={formatPercent}
        testId="win-rate"
        meaning={snapshot === null ? undefined : winsOf(snapshot)}
      />
    </Tile>
  );
}

const winsOf = ({ outcomes, winRate }: Snapshot): string =>
  `${plural(outcomes.wins, 'win')} of ${formatCount(winRate.n)} wins and losses`;

function intervalOf({ winRate: { interval, n } }: Snapshot): ReactNode {
  if (interval === null) return null;
  const low = formatPercent(interval.low).replace(' %', '');
  return (
    <span title="95 % Wilson interval of the win rate; n counts wins and losses, not draws">
      {low} to {formatPercent(interval.high)} · n {formatCount(n)}
    </span>
  );
}

function Exposure({ snapshot }: Props) {
  const exposure = figureOf(snapshot, ({ openExposure }) => openExposure);
  return (
    <Tile
      title="Open exposure"
      notes={[
        noteOf(exposure, () => snapshot && plural(snapshot.counts.open, 'open trade')),
        'sum of their stakes',
      ]}
    >
      <FigureValue figure={exposure} format={formatMoney} testId="open-exposure" />
    </Tile>
  );
}

function Turnover({ snapshot }: Props) {
  const turnover = figureOf(snapshot, (read) => read.turnover);
  const fees = figureOf(snapshot, (read) => read.fees);
  return (
    <Tile
      title="Turnover"
      notes={[
        noteOf(turnover, () => snapshot && plural(snapshot.counts.executed, 'executed trade')),
        <span key="fees">
          fees <FigureValue figure={fees} format={formatMoney} testId="fees" />
        </span>,
      ]}
    >
      <FigureValue figure={turnover} format={formatMoney} testId="turnover" />
    </Tile>
  );
}
