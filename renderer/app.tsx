import { useFreshness, useMonitorView } from './client/monitor-context.tsx';
import { ErrorBanner } from './components/error-banner.tsx';
import { PausedBanner } from './components/paused-banner.tsx';
import { StatusBar } from './components/status-bar.tsx';
import { TrustBar } from './components/trust-bar.tsx';
import { Watermark } from './components/watermark.tsx';
import { Overview } from './views/overview.tsx';

/** The window: what is watched and how fresh it is above, the view, what to know about it below. */
export function App() {
  const view = useMonitorView();
  const freshness = useFreshness();
  const snapshot = view.figures?.snapshot ?? null;
  const waiting = snapshot === null && freshness.kind === 'starting';
  return (
    <div className="app" data-freshness={freshness.kind} data-waiting={waiting}>
      <Watermark
        demo={view.latest?.state.profile.label === 'DEMO'}
        paused={freshness.kind === 'paused'}
      />
      <div className="top">
        <TrustBar />
        <ErrorBanner />
        <PausedBanner />
      </div>
      <main aria-busy={waiting}>
        <Overview snapshot={snapshot} />
      </main>
      <StatusBar snapshot={snapshot} host={view.latest?.state.profile.host ?? ''} />
    </div>
  );
}
