import type { ReactNode } from 'react';
import { type MetricId, metrics } from '../../../shared/metrics.ts';
import type { Figure, Snapshot } from '../../../shared/snapshot.ts';
import { DirectionGlyph } from '../direction-glyph.tsx';
import { metricOf } from '../figures.ts';
import { MetricValue } from '../metric.tsx';
import { openTradesText, outcomesText, plural } from '../words.ts';

interface Props {
  snapshot: Snapshot | null;
}

/** The figures of the whole ledger that are looked for first. */
export function WallTiles({ snapshot }: Props) {
  return (
    <div className="wall-tiles">
      <Tile id="all-time-pnl" snapshot={snapshot} isPnl>
        {({ counts }) => plural(counts.closed, 'close')}
      </Tile>
      <Tile id="current-drawdown" snapshot={snapshot}>
        {(known) => (
          <>
            <MetricValue id="current-drawdown-pct" snapshot={known} /> · max{' '}
            <MetricValue id="max-drawdown" snapshot={known} />
          </>
        )}
      </Tile>
      <Tile id="open-exposure" snapshot={snapshot}>
        {(known) => openTradesText(known)}
      </Tile>
      <Tile id="win-rate" snapshot={snapshot}>
        {({ outcomes }) => outcomesText(outcomes)}
      </Tile>
    </div>
  );
}

interface TileProps extends Props {
  id: MetricId;
  isPnl?: boolean;
  /** What stands under a figure that there is; else its reason does. */
  children: (snapshot: Snapshot) => ReactNode;
}

function Tile({ id, snapshot, isPnl = false, children }: TileProps) {
  const figure = metricOf(snapshot, id);
  return (
    <section>
      <h2>{metrics[id].label}</h2>
      <p className="wall-figure">
        {isPnl ? <DirectionGlyph figure={figure} /> : null}
        <MetricValue id={id} snapshot={snapshot} />
      </p>
      <p className="wall-note">{noteOf(figure, snapshot, children)}</p>
    </section>
  );
}

function noteOf(figure: Figure, snapshot: Snapshot | null, note: TileProps['children']): ReactNode {
  if (figure.kind !== 'value') return figure.reason;
  return snapshot === null ? '' : note(snapshot);
}
