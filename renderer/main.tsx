import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { AlertsProvider } from './client/alerts-context.tsx';
import { AlertsStore } from './client/alerts-store.ts';
import { plumblineClient } from './client/bridge.ts';
import { MonitorProvider } from './client/monitor-context.tsx';
import { MonitorStore } from './client/monitor-store.ts';
import { SettingsProvider } from './client/settings-context.tsx';
import { SettingsStore } from './client/settings-store.ts';
import { pageVisibility, realClock, Ticker } from './client/ticker.ts';
import { ErrorBoundary } from './components/error-boundary.tsx';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element with the id "root"');

const { monitor, settings, alerts } = plumblineClient();
const store = new MonitorStore(monitor, realClock.now);
const alertsStore = new AlertsStore(alerts);
const ticker = new Ticker(realClock, pageVisibility);

createRoot(container).render(
  <StrictMode>
    <ErrorBoundary>
      <SettingsProvider store={new SettingsStore(settings)}>
        <MonitorProvider store={store} ticker={ticker}>
          <AlertsProvider store={alertsStore}>
            <App />
          </AlertsProvider>
        </MonitorProvider>
      </SettingsProvider>
    </ErrorBoundary>
  </StrictMode>,
);
