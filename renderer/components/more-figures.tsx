import type { ReactNode } from 'react';
import type { RangeId } from '../../shared/ranges.ts';
import type { Fall, Snapshot, Trade } from '../../shared/snapshot.ts';
import { fallSpan, fallStory, shortMoment } from './dates.ts';
import { FigureValue } from './figure-value.tsx';
import { figureOf } from './figures.ts';
import { Metric } from './metric.tsx';
import { Market } from './trade-columns.tsx';
import { plural } from './words.ts';

interface Props {
  snapshot: Snapshot | null;
}

/** Every figure that the ledger yields has its place here, or further up. */
export function MoreFigures({ snapshot }: Props) {
  return (
    <section className="more" aria-labelledby="more-heading">
      <h2 id="more-heading">More figures</h2>
      <div className="more-columns">
        <EquityFigures snapshot={snapshot} />
        <TradeFigures snapshot={snapshot} />
        <CourseFigures snapshot={snapshot} />
        <RowFigures snapshot={snapshot} />
      </div>
    </section>
  );
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="more-column">
      <h3>{title}</h3>
      <dl>{children}</dl>
    </div>
  );
}

function EquityFigures({ snapshot }: Props) {
  return (
    <Column title="Equity and periods">
      <Metric id="equity" snapshot={snapshot} />
      <Metric id="high-water-mark" snapshot={snapshot} />
      <Metric id="max-drawdown-pct" snapshot={snapshot}>
        <FallRemark snapshot={snapshot} fall={snapshot?.equity.maxDrawdownPct ?? null} />
      </Metric>
      <RangeFigure snapshot={snapshot} id="7d" label="Last 7 days" />
      <RangeFigure snapshot={snapshot} id="30d" label="Last 30 days" />
      <Metric id="month-pnl" snapshot={snapshot} echo />
      <Metric id="year-pnl" snapshot={snapshot} echo />
      <Metric id="unrealized-pnl" snapshot={snapshot} />
    </Column>
  );
}

function TradeFigures({ snapshot }: Props) {
  return (
    <Column title="Per trade">
      <Metric id="expectancy" snapshot={snapshot} />
      <Metric id="profit-factor" snapshot={snapshot} />
      <Metric id="payoff-ratio" snapshot={snapshot} />
      <Metric id="average-win" snapshot={snapshot} />
      <Metric id="average-loss" snapshot={snapshot} />
      <Metric id="largest-win" snapshot={snapshot}>
        <TradeRemark snapshot={snapshot} trade={snapshot?.largestWin ?? null} />
      </Metric>
      <Metric id="largest-loss" snapshot={snapshot}>
        <TradeRemark snapshot={snapshot} trade={snapshot?.largestLoss ?? null} />
      </Metric>
      <Metric id="return-on-stake" snapshot={snapshot} />
    </Column>
  );
}

function CourseFigures({ snapshot }: Props) {
  const contracts = snapshot?.basis.quantityUnit === 'contracts';
  return (
    <Column title="Course, costs and open trades">
      <Metric id="current-streak" snapshot={snapshot} />
      <Metric id="worst-streak" snapshot={snapshot} />
      <Metric id="hold-mean" snapshot={snapshot} />
      <Metric id="hold-median" snapshot={snapshot} />
      <Metric id="fees" snapshot={snapshot} />
      <Metric
        id="turnover"
        snapshot={snapshot}
        label={contracts ? 'Turnover, contracts' : undefined}
      />
      <Metric id="worst-case" snapshot={snapshot} />
      <Metric id="best-case" snapshot={snapshot} />
      <Metric id="promised-pnl" snapshot={snapshot} label="Promised P&L, model estimate" />
    </Column>
  );
}

function RowFigures({ snapshot }: Props) {
  return (
    <Column title="Rows of the ledger">
      <Metric id="all-count" snapshot={snapshot} />
      <Metric id="open-count" snapshot={snapshot} />
      <Metric id="closed-count" snapshot={snapshot} />
      <Metric id="unscored-count" snapshot={snapshot} />
      <Metric id="rejected-count" snapshot={snapshot} />
      <Metric id="rejection-rate" snapshot={snapshot} />
      <Metric id="failed-count" snapshot={snapshot} />
      <Metric id="failure-rate" snapshot={snapshot} />
      <Metric id="other-count" snapshot={snapshot} />
    </Column>
  );
}

interface RangeProps extends Props {
  id: RangeId;
  label: string;
}

function RangeFigure({ snapshot, id, label }: RangeProps) {
  const closes = snapshot?.ranges[id].closes ?? 0;
  return (
    <div className="metric">
      <dt title={`${plural(closes, 'close')} with P&L; whole trading days, today included`}>
        {label}
      </dt>
      <dd>
        <FigureValue
          figure={figureOf(snapshot, ({ ranges }) => ranges[id].pnl)}
          unit="pnl"
          tone="pnl"
          testId={`range-${id}-pnl`}
        />
      </dd>
    </div>
  );
}

/** The days of a fall; blank without one, so that its line is always there. */
function FallRemark({ snapshot, fall }: Props & { fall: Fall | null }) {
  if (snapshot === null || fall === null) return '\u00a0';
  const { day, asOf } = snapshot;
  return <span title={fallStory(fall, day.zone, asOf)}>{fallSpan(fall, day.zone, asOf)}</span>;
}

/** Market and time of one trade; blank without one, so that its line is always there. */
function TradeRemark({ snapshot, trade }: Props & { trade: Trade | null }) {
  if (snapshot === null || trade === null) return '\u00a0';
  const { day, asOf } = snapshot;
  return (
    <>
      <Market trade={trade} />
      <span className="moment" data-id={trade.id ?? ''}>
        {trade.resolvedAt === null
          ? 'without a time'
          : shortMoment(trade.resolvedAt, day.zone, asOf)}
      </span>
    </>
  );
}
