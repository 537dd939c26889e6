import { formatDay, formatMoney, formatPnl } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { DaySparkline } from '../charts/day-sparkline.tsx';
import { useSecondsSince } from '../client/monitor-context.tsx';
import { DirectionGlyph } from './direction-glyph.tsx';
import { FigureValue } from './figure-value.tsx';
import { figureOf } from './figures.ts';
import { closesText } from './words.ts';

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
        <p className="note">{snapshot === null ? '—' : closesText(snapshot.today)}</p>
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
