import type { ReactNode } from 'react';
import type { RangeId } from '../../shared/ranges.ts';
import type { Fall, Snapshot, Trade } from '../../shared/snapshot.ts';
import { fallSpan, fallStory, shortMoment } from './dates.ts';
import { Explain } from './explain.tsx';
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
      <MaxDrawdownPct snapshot={snapshot} />
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
      <Metric
        id="return-on-stake"
        snapshot={snapshot}
        label={isInContracts(snapshot) ? 'Return per contract' : undefined}
      />
    </Column>
  );
}

function CourseFigures({ snapshot }: Props) {
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
        label={isInContracts(snapshot) ? 'Turnover, contracts' : undefined}
      />
      <Metric id="worst-case" snapshot={snapshot} />
      <Metric id="best-case" snapshot={snapshot} />
      <Metric id="promised-pnl" snapshot={snapshot}>
        model estimate
      </Metric>
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

const isInContracts = (snapshot: Snapshot | null): boolean =>
  snapshot?.basis.quantityUnit === 'contracts';

interface RangeProps extends Props {
  id: RangeId;
  label: string;
}

function RangeFigure({ snapshot, id, label }: RangeProps) {
  const closes = snapshot?.ranges[id].closes ?? 0;
  return (
    <div className="metric">
      <dt>
        <Explain term={label}>
          <p>Realized P&L of whole trading days, today included.</p>
          <p className="facts">{plural(closes, 'close')} with P&L</p>
        </Explain>
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

/** The deepest fall in percent with its days; blank without one, so that its line is always there. */
function MaxDrawdownPct({ snapshot }: Props) {
  const fall = snapshot?.equity.maxDrawdownPct ?? null;
  const told = (tell: (fall: Fall, zone: string, now: string) => string): string | undefined =>
    snapshot === null || fall === null ? undefined : tell(fall, snapshot.day.zone, snapshot.asOf);
  return (
    <Metric id="max-drawdown-pct" snapshot={snapshot} remark={told(fallStory)}>
      <span title={told(fallStory)}>{told(fallSpan) ?? '\u00a0'}</span>
    </Metric>
  );
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
