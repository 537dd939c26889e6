import { memo } from 'react';
import type { Snapshot } from '../../shared/snapshot.ts';
import { DailyPnl } from '../charts/daily-pnl.tsx';
import { EquityChart } from '../charts/equity-chart.tsx';
import { AlertStrip } from '../components/alert-strip.tsx';
import { ByOpportunityType, ByStrategy } from '../components/group-table.tsx';
import { Limits } from '../components/limits.tsx';
import { MoreFigures } from '../components/more-figures.tsx';
import { Failures, Rejections } from '../components/reasons.tsx';
import { Tiles } from '../components/tiles.tsx';
import { Today } from '../components/today.tsx';
import { OpenTrades, RecentCloses } from '../components/trade-lists.tsx';

/**
 * The first screen. Without a snapshot it draws the same layout with nothing in it, so that nothing
 * moves when the figures come. Pushes that merely confirm the figures do not draw it again.
 */
export const Overview = memo(function Overview({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <div className="overview">
      <h1 className="visually-hidden">Overview</h1>
      <AlertStrip />
      <div className="headline">
        <Today snapshot={snapshot} />
        <Limits snapshot={snapshot} />
      </div>
      <Tiles snapshot={snapshot} />
      <EquityChart snapshot={snapshot} />
      <div className="tables">
        <div>
          <ByStrategy snapshot={snapshot} />
          <ByOpportunityType snapshot={snapshot} />
          <Rejections snapshot={snapshot} />
          <Failures snapshot={snapshot} />
        </div>
        <div>
          <OpenTrades snapshot={snapshot} />
          <RecentCloses snapshot={snapshot} />
        </div>
      </div>
      <MoreFigures snapshot={snapshot} />
      <DailyPnl snapshot={snapshot} />
    </div>
  );
});
