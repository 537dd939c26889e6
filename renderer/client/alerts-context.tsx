import { createContext, type ReactNode, use, useEffect, useSyncExternalStore } from 'react';
import type { Telling } from '../../shared/alerts/words.ts';
import { instantOfMs } from '../../shared/instant.ts';
import type { AlertsStore, AlertsView } from './alerts-store.ts';
import { useOverTime } from './monitor-context.tsx';
import { usePrivacy, useSettingsView } from './settings-context.tsx';

const StoreContext = createContext<AlertsStore | null>(null);

/** Follows the alerts for as long as it is mounted. */
export function AlertsProvider({ store, children }: { store: AlertsStore; children: ReactNode }) {
  useEffect(() => store.start(), [store]);
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** What carries out what a person decides about alerts. */
export function useAlertsStore(): AlertsStore {
  const store = use(StoreContext);
  if (store === null) throw new Error('An AlertsProvider is missing above this component');
  return store;
}

/** All that the window knows of alerts. */
export function useAlerts(): AlertsView {
  const store = useAlertsStore();
  return useSyncExternalStore(store.subscribe, store.view);
}

/** How alerts are put into words here: in the trading day's zone, with amounts unless they are hidden. */
export function useTelling(): Telling {
  const hidesAmounts = usePrivacy();
  const view = useSettingsView();
  const zone = view.kind === 'known' ? view.state.settings.tradingDay.zone : 'UTC';
  // To the minute: only a new date changes what is printed.
  const minute = useOverTime(() => Math.floor(Date.now() / (60 * 1000)));
  return { zone, now: instantOfMs(minute * 60 * 1000), hidesAmounts };
}
