import { formatDay } from '../../shared/format.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { DaySparkline } from '../charts/day-sparkline.tsx';
import { useSecondsSince } from '../client/monitor-context.tsx';
import { DirectionGlyph } from './direction-glyph.tsx';
import { directionOf } from './figure-value.tsx';
import { metricOf } from './figures.ts';
import { MetricLabel, MetricValue, SelfExplained } from './metric.tsx';
import { closesText } from './words.ts';

interface Props {
  snapshot: Snapshot | null;
}

/** The trading day so far, in one large figure. */
export function Today({ snapshot }: Props) {
  const pnl = metricOf(snapshot, 'day-pnl');
  return (
    <section className="today" aria-labelledby="today-heading">
      <DayHeading snapshot={snapshot} />
      <p className="hero">
        <MetricValue id="day-pnl" snapshot={snapshot} />
        <DayReturn snapshot={snapshot} pnl={pnl} />
      </p>
      <p className="note">{snapshot === null ? '—' : closesText(snapshot.today)}</p>
      <p className="note pair">
        <Part id="day-peak" label="peak" snapshot={snapshot} />
        <Part id="day-give-back" label="given back" snapshot={snapshot} />
      </p>
      <p className="note pair">
        <Part id="month-pnl" label="month" snapshot={snapshot} />
        <Part id="year-pnl" label="year" snapshot={snapshot} />
      </p>
      <DaySparkline snapshot={snapshot} />
    </section>
  );
}

/** ▲ +8.4 % of the bankroll; the figure itself opens its tooltip, for there is no room for a name. */
function DayReturn({ snapshot, pnl }: Props & { pnl: Figure }) {
  return (
    <span className="day-return" data-direction={directionOf(pnl)}>
      <DirectionGlyph figure={pnl} />
      <SelfExplained id="day-return" snapshot={snapshot} />
    </span>
  );
}

interface PartProps extends Props {
  id: 'day-peak' | 'day-give-back' | 'month-pnl' | 'year-pnl';
  label: string;
}

const Part = ({ id, label, snapshot }: PartProps) => (
  <span className="part">
    <MetricLabel id={id} snapshot={snapshot} label={label} />{' '}
    <MetricValue id={id} snapshot={snapshot} />
  </span>
);

/** "Today" only while it is: a window that lost its database may show a day that has ended. */
function DayHeading({ snapshot }: Props) {
  const since = useSecondsSince(snapshot?.day.end ?? null);
  const ended = snapshot !== null && since !== null && since >= 0;
  return (
    <h2 id="today-heading">
      <MetricLabel
        id="day-pnl"
        snapshot={snapshot}
        label={ended ? `${formatDay(snapshot.day.name)}, ended` : 'Today'}
      />
    </h2>
  );
}
