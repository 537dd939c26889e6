import { type ReactNode, StrictMode } from 'react';
import type { Client } from '../shared/contract.ts';
import { AlertsProvider } from './client/alerts-context.tsx';
import { AlertsStore } from './client/alerts-store.ts';
import { type FeedLink, LinkProvider } from './client/feed-link.tsx';
import { MonitorProvider } from './client/monitor-context.tsx';
import { MonitorStore } from './client/monitor-store.ts';
import { SettingsProvider } from './client/settings-context.tsx';
import { SettingsStore } from './client/settings-store.ts';
import { pageVisibility, realClock, Ticker } from './client/ticker.ts';
import { ErrorBoundary } from './components/error-boundary.tsx';

/** What a page shows, fed by a client; `link` is how a browser stands with it. */
export function pageOf(client: Client, link: FeedLink | null, content: ReactNode): ReactNode {
  const store = new MonitorStore(client.monitor, realClock.now);
  const ticker = new Ticker(realClock, pageVisibility);
  return (
    <StrictMode>
      <ErrorBoundary>
        <LinkProvider link={link}>
          <SettingsProvider store={new SettingsStore(client.settings)}>
            <MonitorProvider store={store} ticker={ticker}>
              <AlertsProvider store={new AlertsStore(client.alerts)}>{content}</AlertsProvider>
            </MonitorProvider>
          </SettingsProvider>
        </LinkProvider>
      </ErrorBoundary>
    </StrictMode>
  );
}
