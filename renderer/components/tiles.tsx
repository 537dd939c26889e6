import type { ReactNode } from 'react';
import { formatCount } from '../../shared/format.ts';
import type { MetricId } from '../../shared/metrics.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';
import { fallSpan, fallStory, shortDate } from './dates.ts';
import { DirectionGlyph } from './direction-glyph.tsx';
import { metricOf } from './figures.ts';
import { MetricLabel, MetricValue, SelfExplained } from './metric.tsx';
import { Refreshed } from './refreshed.tsx';
import { printIn } from './units.ts';
import { exposureGaps, openTradesText, outcomesText, plural } from './words.ts';

interface Props {
  snapshot: Snapshot | null;
}

/** The figures of the whole ledger that a person looks for first. */
export function Tiles({ snapshot }: Props) {
  return (
    <div className="tiles">
      <AllTime snapshot={snapshot} />
      <Drawdown snapshot={snapshot} />
      <Exposure snapshot={snapshot} />
      <WinRate snapshot={snapshot} />
    </div>
  );
}

interface TileProps extends Props {
  id: MetricId;
  /** Beside the figure. */
  children?: ReactNode;
  /** Two lines under the figure; blank ones keep their place. */
  notes: readonly [ReactNode, ReactNode];
  /** What else its tooltip tells. */
  remark?: string | undefined;
}

function Tile({ id, snapshot, children, notes: [first, second], remark }: TileProps) {
  return (
    <section className="tile">
      <h2>
        <MetricLabel id={id} snapshot={snapshot} remark={remark} />
      </h2>
      <p className="tile-figure">
        <MetricValue id={id} snapshot={snapshot} />
        {children}
      </p>
      <p className="note">{first}</p>
      <p className="note">{second}</p>
    </section>
  );
}

/** What stands under a figure: why it is missing, or more about it. */
const noteOf = (figure: Figure, note: () => ReactNode): ReactNode =>
  figure.kind === 'value' ? note() : figure.reason;

function AllTime({ snapshot }: Props) {
  const pnl = metricOf(snapshot, 'all-time-pnl');
  const unscored = snapshot?.counts.unscored ?? 0;
  return (
    <Tile
      id="all-time-pnl"
      snapshot={snapshot}
      notes={[
        noteOf(pnl, () => plural(snapshot?.counts.closed ?? 0, 'close')),
        unscored === 0 ? '' : `${formatCount(unscored)} of them without P&L`,
      ]}
    >
      <DirectionGlyph figure={pnl} />
    </Tile>
  );
}

function Drawdown({ snapshot }: Props) {
  return (
    <Tile
      id="current-drawdown"
      snapshot={snapshot}
      notes={[
        snapshot && <PeakNote snapshot={snapshot} />,
        <MaxNote key="max" snapshot={snapshot} />,
      ]}
    >
      <span className="beside">
        <SelfExplained id="current-drawdown-pct" snapshot={snapshot} />
      </span>
    </Tile>
  );
}

function PeakNote({ snapshot: { equity, day, asOf, figures } }: { snapshot: Snapshot }) {
  if (equity.belowPeakSince !== null) {
    return `since the peak of ${shortDate(equity.belowPeakSince, day.zone, asOf)}`;
  }
  return noteOf(figures['current-drawdown'], () => 'at the high-water mark');
}

/** The deepest fall in dollars and its days. */
function MaxNote({ snapshot }: Props) {
  const fall = snapshot?.equity.maxDrawdown ?? null;
  const zone = snapshot?.day.zone ?? 'UTC';
  const now = snapshot?.asOf ?? '';
  const story = fall === null ? undefined : fallStory(fall, zone, now);
  return (
    <>
      <MetricLabel id="max-drawdown" snapshot={snapshot} label="max" remark={story} />{' '}
      <MetricValue id="max-drawdown" snapshot={snapshot} />
      {fall === null ? null : (
        <Refreshed
          key={snapshot?.figures['max-drawdown'].value}
          text={` · ${fallSpan(fall, zone, now)}`}
          title={story}
        />
      )}
    </>
  );
}

function Exposure({ snapshot }: Props) {
  const exposure = metricOf(snapshot, 'open-exposure');
  const gaps = snapshot === null ? undefined : exposureGaps(snapshot.exposure);
  return (
    <Tile
      id="open-exposure"
      snapshot={snapshot}
      remark={gaps}
      notes={[
        <span key="open" title={gaps}>
          {noteOf(exposure, () => snapshot && openTradesText(snapshot))}
        </span>,
        <span key="ends" className="ends">
          <span>
            <span className="spare">ends </span>
            <MetricValue id="worst-case" snapshot={snapshot} echo />
          </span>
          <span>
            … <MetricValue id="best-case" snapshot={snapshot} echo />
          </span>
        </span>,
      ]}
    />
  );
}

function WinRate({ snapshot }: Props) {
  const rate = metricOf(snapshot, 'win-rate');
  return (
    <Tile
      id="win-rate"
      snapshot={snapshot}
      notes={[
        noteOf(rate, () => snapshot && outcomesText(snapshot.outcomes)),
        rate.kind === 'value' ? intervalText(rate) : '',
      ]}
    />
  );
}

function intervalText({ interval, n = 0 }: Extract<Figure, { kind: 'value' }>): ReactNode {
  if (interval === undefined) return `n = ${formatCount(n)}`;
  const low = printIn(interval.low, 'fraction').replace(' %', '');
  const high = printIn(interval.high, 'fraction');
  return (
    <span title="95 % Wilson interval of the win rate; n counts wins and losses, not draws">
      {low} to {high} · n = {formatCount(n)}
    </span>
  );
}
