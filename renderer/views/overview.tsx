import { memo } from 'react';
import type { Snapshot } from '../../shared/snapshot.ts';
import { DailyPnl } from '../charts/daily-pnl.tsx';
import { ClassCounts } from '../components/class-counts.tsx';
import { OpportunityTypes } from '../components/opportunity-types.tsx';
import { RecentTrades } from '../components/recent-trades.tsx';
import { Rejections } from '../components/rejections.tsx';
import { Tiles } from '../components/tiles.tsx';
import { Today } from '../components/today.tsx';

/**
 * The first screen. Without a snapshot it draws the same layout with nothing in it, so that nothing
 * moves when the figures come. Pushes that merely confirm the figures do not draw it again.
 */
export const Overview = memo(function Overview({ snapshot }: { snapshot: Snapshot | null }) {
  return (
    <div className="overview">
      <h1 className="visually-hidden">Overview</h1>
      <div className="headline">
        <Today snapshot={snapshot} />
        <ClassCounts snapshot={snapshot} />
      </div>
      <Tiles snapshot={snapshot} />
      <DailyPnl snapshot={snapshot} />
      <div className="tables">
        <OpportunityTypes snapshot={snapshot} />
        <RecentTrades snapshot={snapshot} />
        <Rejections snapshot={snapshot} />
      </div>
    </div>
  );
});
