import type { MonitorState } from '../shared/monitor-state.ts';
import type { Snapshot } from '../shared/snapshot.ts';
import { useFreshness, useMonitorView } from './client/monitor-context.tsx';
import { useSettingsView } from './client/settings-context.tsx';
import { AlertAnnouncer } from './components/alerts/alert-announcer.tsx';
import { AlertDialogs } from './components/alerts/alert-dialogs.tsx';
import { ErrorBanner } from './components/error-banner.tsx';
import { ExplainProvider } from './components/explain.tsx';
import { PausedBanner } from './components/paused-banner.tsx';
import { SettingsWarnings } from './components/settings-warnings.tsx';
import { StatusBar } from './components/status-bar.tsx';
import { TrustBar } from './components/trust-bar.tsx';
import { Watermark } from './components/watermark.tsx';
import { KeyboardCenter } from './keys/keyboard-center.tsx';
import { Alerts } from './views/alerts.tsx';
import { useCurrentView } from './views/current-view.ts';
import { isMiniWindow, Mini } from './views/mini.tsx';
import { Overview } from './views/overview.tsx';
import { System } from './views/system.tsx';

/** The window with the views, or the small one that stays on top. */
export const App = () => (isMiniWindow ? <Mini /> : <Views />);

/** What is watched and how fresh it is above, the view, what to know about it below. */
function Views() {
  const view = useMonitorView();
  const freshness = useFreshness();
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
          <View snapshot={snapshot} state={view.latest?.state ?? null} />
        </main>
        <StatusBar snapshot={snapshot} host={view.latest?.state.profile.host ?? ''} />
      </div>
      <AlertAnnouncer />
      <AlertDialogs />
      <KeyboardCenter />
    </ExplainProvider>
  );
}

/** The view that is chosen. */
function View({ snapshot, state }: { snapshot: Snapshot | null; state: MonitorState | null }) {
  const shown = useCurrentView();
  switch (shown) {
    case 'overview':
      return <Overview snapshot={snapshot} />;
    case 'alerts':
      return <Alerts />;
    case 'system':
      return <System snapshot={snapshot} state={state} />;
  }
}
