import { useFreshness, useMonitorView } from './client/monitor-context.tsx';
import { useSettingsView } from './client/settings-context.tsx';
import { ErrorBanner } from './components/error-banner.tsx';
import { ExplainProvider } from './components/explain.tsx';
import { PausedBanner } from './components/paused-banner.tsx';
import { SettingsWarnings } from './components/settings-warnings.tsx';
import { StatusBar } from './components/status-bar.tsx';
import { TrustBar } from './components/trust-bar.tsx';
import { Watermark } from './components/watermark.tsx';
import { KeyboardCenter } from './keys/keyboard-center.tsx';
import { useCurrentView } from './views/current-view.ts';
import { Overview } from './views/overview.tsx';
import { System } from './views/system.tsx';

/** The window: what is watched and how fresh it is above, the view, what to know about it below. */
export function App() {
  const view = useMonitorView();
  const freshness = useFreshness();
  const shown = useCurrentView();
  // Not drawn with hidden amounts first, only to be drawn again.
  const mayShow = useSettingsView().kind !== 'asking';
  const snapshot = mayShow ? (view.figures?.snapshot ?? null) : null;
  const waiting = snapshot === null && (!mayShow || freshness.kind === 'starting');
  return (
    <ExplainProvider>
      <div className="app" data-freshness={freshness.kind} data-waiting={waiting}>
        <Watermark
          demo={view.latest?.state.profile.label === 'DEMO'}
          paused={freshness.kind === 'paused'}
        />
        <div className="top">
          <TrustBar />
          <SettingsWarnings />
          <ErrorBanner />
          <PausedBanner />
        </div>
        <main aria-busy={waiting}>
          {shown === 'overview' ? (
            <Overview snapshot={snapshot} />
          ) : (
            <System snapshot={snapshot} state={view.latest?.state ?? null} />
          )}
        </main>
        <StatusBar snapshot={snapshot} host={view.latest?.state.profile.host ?? ''} />
      </div>
      <KeyboardCenter />
    </ExplainProvider>
  );
}
