import { useFreshness, useMonitorView } from '../client/monitor-context.tsx';
import { useSettingsView } from '../client/settings-context.tsx';
import { Limits } from '../components/limits.tsx';
import { WallAlerts } from '../components/wall/wall-alerts.tsx';
import { WallEquity } from '../components/wall/wall-equity.tsx';
import { WallHead } from '../components/wall/wall-head.tsx';
import { WallTiles } from '../components/wall/wall-tiles.tsx';
import { WallToday } from '../components/wall/wall-today.tsx';
import { Watermark } from '../components/watermark.tsx';

/** Whether this page is a display on a wall, from its first moment to its last. */
export const isWall = new URLSearchParams(location.search).has('wall');

/** What must be read from across the room, in one screen without anything to act on. */
export function Wall() {
  const { latest, figures } = useMonitorView();
  const freshness = useFreshness();
  // Not drawn with hidden amounts first, only to be drawn again.
  const mayShow = useSettingsView().kind !== 'asking';
  const snapshot = mayShow ? (figures?.snapshot ?? null) : null;
  const waiting = snapshot === null && (!mayShow || freshness.kind === 'starting');
  return (
    <div className="wall" data-testid="wall" data-freshness={freshness.kind} data-waiting={waiting}>
      <Watermark
        demo={latest?.state.profile.label === 'DEMO'}
        paused={freshness.kind === 'paused'}
      />
      <WallHead snapshot={snapshot} state={latest?.state ?? null} />
      <main aria-busy={waiting}>
        <h1 className="visually-hidden">Plumbline, wall display</h1>
        <WallToday snapshot={snapshot} />
        <Limits snapshot={snapshot} explains={false} />
        <WallTiles snapshot={snapshot} />
        <WallEquity snapshot={snapshot} />
        <WallAlerts />
      </main>
    </div>
  );
}
