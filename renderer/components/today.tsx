import { formatCount, formatDay, formatMoney, formatPnl } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { DaySparkline } from '../charts/day-sparkline.tsx';
import { useSecondsSince } from '../client/monitor-context.tsx';
import { DirectionGlyph } from './direction-glyph.tsx';
import { FigureValue } from './figure-value.tsx';
import { figureOf } from './figures.ts';

interface Props {
  snapshot: Snapshot | null;
}

/** The trading day so far, in one large figure. */
export function Today({ snapshot }: Props) {
  const pnl = figureOf(snapshot, ({ today }) => today.pnl);
  return (
    <section className="today" aria-labelledby="today-heading">
      <div>
        <DayHeading snapshot={snapshot} />
        <p className="hero">
          <FigureValue figure={pnl} format={formatPnl} tone="pnl" testId="day-pnl" />
          <DirectionGlyph figure={pnl} />
        </p>
        <p className="note">{snapshot === null ? '—' : closesOf(snapshot)}</p>
        <p className="note">
          peak{' '}
          <FigureValue figure={figureOf(snapshot, ({ today }) => today.peak)} format={formatPnl} />
          {' · given back '}
          <FigureValue
            figure={figureOf(snapshot, ({ today }) => today.giveBack)}
            format={formatMoney}
          />
        </p>
      </div>
      <DaySparkline snapshot={snapshot} />
    </section>
  );
}

/** "Today" only while it is: a window that lost its database may show a day that has ended. */
function DayHeading({ snapshot }: Props) {
  const since = useSecondsSince(snapshot?.day.end ?? null);
  const ended = snapshot !== null && since !== null && since >= 0;
  return <h2 id="today-heading">{ended ? `${formatDay(snapshot.day.name)}, ended` : 'Today'}</h2>;
}

function closesOf({ today }: Snapshot): string {
  if (today.pnl.kind !== 'value') return today.pnl.reason;
  const unscored = today.unscored === 0 ? '' : `${formatCount(today.unscored)} without P&L`;
  if (today.closes === 0) return unscored === '' ? 'no closes yet' : `no closes yet · ${unscored}`;
  const { wins, draws, losses } = today;
  const outcomes = `${formatCount(wins)} W ${formatCount(draws)} D ${formatCount(losses)} L`;
  const closes = `${formatCount(today.closes)} ${today.closes === 1 ? 'close' : 'closes'}`;
  return [closes, outcomes, unscored].filter((part) => part !== '').join(' · ');
}
