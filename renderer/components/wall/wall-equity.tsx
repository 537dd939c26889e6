import { useMemo } from 'react';
import { type RangeId, rangeLabels } from '../../../shared/ranges.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { equityExtremes, equitySeries } from '../../charts/equity-series.ts';
import { chartSummary, emptyText } from '../../charts/equity-words.ts';
import { usePrivacy } from '../../client/settings-context.tsx';
import { shortDate } from '../dates.ts';
import { MetricValue } from '../metric.tsx';
import { hiddenAmount, printIn } from '../units.ts';
import { wallLine } from './wall-line.ts';

const range: RangeId = '30d';

/** Equity over the last 30 days with its high-water mark; what lies between the two is the drawdown. */
export function WallEquity({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <section className="wall-equity" data-testid="equity-chart" aria-labelledby="wall-equity">
      <header>
        <h2 id="wall-equity">Equity, {rangeLabels[range]}</h2>
        <MetricValue id="equity" snapshot={snapshot} />
      </header>
      {snapshot === null ? null : <Chart snapshot={snapshot} />}
    </section>
  );
}

function Chart({ snapshot }: { snapshot: Snapshot }) {
  const amountsHidden = usePrivacy();
  const series = useMemo(() => equitySeries(snapshot, range), [snapshot]);
  const extremes = useMemo(() => equityExtremes(series), [series]);
  const line = useMemo(() => wallLine(series, extremes?.low ?? '0'), [series, extremes]);
  const empty = emptyText(snapshot, series);
  if (empty !== null || extremes === null || line === null) {
    return <p className="wall-note">{empty}</p>;
  }
  const isPnl = snapshot.basis.bankroll === null;
  const { zone } = snapshot.basis.tradingDay;
  const print = (value: string): string =>
    amountsHidden ? hiddenAmount : printIn(value, isPnl ? 'pnl' : 'money');
  return (
    <div className="wall-plot">
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={chartSummary(extremes, range, { isPnl, amountsHidden, zone })}
      >
        <path className="under" d={line.underwater} />
        <path className="mark" d={line.highWaterMark} />
        <path className="line" d={line.equity} />
      </svg>
      <span className="top">{print(line.top)}</span>
      <span className="bottom">{print(line.bottom)}</span>
      <span className="from">{shortDate(extremes.first.at, zone, snapshot.asOf)}</span>
      <span className="to">now</span>
    </div>
  );
}
