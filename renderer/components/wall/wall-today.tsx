import { formatDay } from '../../../shared/format.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { useSecondsSince } from '../../client/monitor-context.tsx';
import { DirectionGlyph } from '../direction-glyph.tsx';
import { directionOf } from '../figure-value.tsx';
import { metricOf } from '../figures.ts';
import { MetricValue } from '../metric.tsx';
import { closesText } from '../words.ts';

/** The trading day so far, as large as it gets. */
export function WallToday({ snapshot }: { snapshot: Snapshot | null }) {
  const since = useSecondsSince(snapshot?.day.end ?? null);
  const hasEnded = snapshot !== null && since !== null && since >= 0;
  const pnl = metricOf(snapshot, 'day-pnl');
  return (
    <section className="wall-today" aria-labelledby="wall-today">
      <h2 id="wall-today">{hasEnded ? `${formatDay(snapshot.day.name)}, ended` : 'Today'}</h2>
      {/* The glyph comes first: a longer amount pushes nothing aside. */}
      <p className="hero">
        <DirectionGlyph figure={pnl} />
        <MetricValue id="day-pnl" snapshot={snapshot} />
      </p>
      <p className="wall-note">
        <span className="wall-return" data-direction={directionOf(pnl)}>
          <MetricValue id="day-return" snapshot={snapshot} /> of bankroll
        </span>
        <span>{snapshot === null ? '—' : closesText(snapshot.today)}</span>
      </p>
    </section>
  );
}
