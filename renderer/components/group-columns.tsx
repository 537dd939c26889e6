import type { ReactNode } from 'react';
import { formatCount } from '../../shared/format.ts';
import type { Figure, Group } from '../../shared/snapshot.ts';
import { ErrorTerm, FigureValue } from './figure-value.tsx';
import { countFigure } from './figures.ts';
import { Refreshed } from './refreshed.tsx';
import type { Column } from './table-head.tsx';

/** A row of a breakdown without its name; the total has no edge capture, for nothing adds up to it. */
export type GroupFigures = Omit<Group, 'group' | 'edgeCapture'> & { edgeCapture: Figure | null };

/** A column of a breakdown. */
export interface GroupColumn extends Column {
  readonly cell: (row: GroupFigures) => ReactNode;
}

/** The columns that breakdowns choose from. */
export const groupColumns = {
  pnl: {
    name: 'pnl',
    label: 'P&L',
    cell: ({ pnl }) => <FigureValue figure={pnl} unit="pnl" tone="pnl" />,
  },
  scored: {
    name: 'scored',
    label: 'n',
    meaning: 'Closed trades with a P&L',
    cell: ({ scored }) => <FigureValue figure={countFigure(scored)} unit="count" />,
  },
  outcomes: {
    name: 'outcomes',
    label: 'W/D/L',
    meaning: 'Wins, draws and losses',
    cell: (row) => <Outcomes row={row} />,
  },
  expectancy: {
    name: 'expectancy',
    label: 'Expectancy',
    meaning: 'Average P&L of a scored trade, ± its standard error',
    cell: ({ expectancy }) => (
      <span className="with-error">
        <FigureValue figure={expectancy} unit="pnl" /> <ErrorTerm figure={expectancy} />
      </span>
    ),
  },
  edgeCapture: {
    name: 'capture',
    label: 'Edge capture',
    meaning:
      'P&L as a share of what the trading model promised: Σ P&L ÷ Σ (quantity × expected edge)',
    cell: ({ edgeCapture }) =>
      edgeCapture === null ? null : <FigureValue figure={edgeCapture} unit="fraction" />,
  },
  open: {
    name: 'open',
    label: 'Open',
    meaning: 'Trades that are open now',
    cell: ({ open }) => <FigureValue figure={countFigure(open)} unit="count" />,
  },
  exposure: {
    name: 'exposure',
    label: 'Exposure',
    meaning: 'What the open trades have cost and can lose',
    cell: ({ exposure }) => <FigureValue figure={exposure} unit="money" />,
  },
} as const satisfies Record<string, GroupColumn>;

/** One text: parts of it would move when another part grows. */
function Outcomes({ row }: { row: GroupFigures }) {
  const [wins, draws, losses] = [row.wins, row.draws, row.losses].map(formatCount);
  const words = `${wins} wins, ${draws} draws, ${losses} losses`;
  return <Refreshed text={`${wins}/${draws}/${losses}`} title={words} />;
}
