import { useMonitorView, useSetPaused } from '../client/monitor-context.tsx';
import { Acts } from './acts.tsx';
import { figuresMeaning } from './figures-meaning.ts';

/** Says that nothing is watched now, and offers the way back. */
export function PausedBanner() {
  const view = useMonitorView();
  const setPaused = useSetPaused();
  if (view.latest?.state.status.kind !== 'paused') return null;
  return (
    <section
      className="banner"
      data-kind="paused"
      data-testid="paused-banner"
      aria-label="Monitoring is paused"
    >
      <p role="status">
        <strong>Paused.</strong> Nothing is asked of the database. {figuresMeaning(view)}
      </p>
      <Acts>
        <button type="button" className="action" onClick={() => void setPaused(false)}>
          Resume
        </button>
      </Acts>
    </section>
  );
}
