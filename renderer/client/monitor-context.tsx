import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import type { Freshness } from '../../shared/freshness.ts';
import { instantMs } from '../../shared/instant.ts';
import { useLinkState } from './feed-link.tsx';
import { databaseNowMs, freshnessOfView } from './judge-view.ts';
import type { MonitorStore, MonitorView } from './monitor-store.ts';
import type { Ticker } from './ticker.ts';

interface Sources {
  readonly store: MonitorStore;
  readonly ticker: Ticker;
}

interface SharedSources extends Sources {
  /** Calls back when the view changes and at each tick. */
  readonly subscribeToBoth: (listener: () => void) => () => void;
}

const SourcesContext = createContext<SharedSources | null>(null);

/** Follows the monitor for as long as it is mounted. */
export function MonitorProvider({ store, ticker, children }: Sources & { children: ReactNode }) {
  useEffect(() => store.start(), [store]);
  useEffect(() => store.subscribe(ticker.catchUp), [store, ticker]);
  const sources = useMemo(
    () => ({ store, ticker, subscribeToBoth: subscriptionToBoth({ store, ticker }) }),
    [store, ticker],
  );
  return <SourcesContext value={sources}>{children}</SourcesContext>;
}

function subscriptionToBoth({ store, ticker }: Sources): SharedSources['subscribeToBoth'] {
  return (listener) => {
    const undos = [store.subscribe(listener), ticker.subscribe(listener)];
    return () => {
      for (const undo of undos) undo();
    };
  };
}

function useSources(): SharedSources {
  const sources = use(SourcesContext);
  if (sources === null) throw new Error('A MonitorProvider is missing above this component');
  return sources;
}

/** All that the window knows of the monitor. */
export function useMonitorView(): MonitorView {
  const { store } = useSources();
  return useSyncExternalStore(store.subscribe, store.view);
}

/** Asks for a refresh now. */
export const useRefresh = (): (() => Promise<void>) => useSources().store.refresh;

/** Pauses or resumes the monitor. */
export const useSetPaused = (): ((paused: boolean) => Promise<void>) =>
  useSources().store.setPaused;

/** Asks for the rows behind a data-quality chip. */
export const useAskOddRows = (): MonitorStore['oddRows'] => useSources().store.oddRows;

/** The monotonic clock, turning once a second and whenever something arrives. */
export function useNowMs(): number {
  const { ticker } = useSources();
  return useSyncExternalStore(ticker.subscribe, ticker.now);
}

/**
 * How far the figures on screen can be trusted, at this second. A browser view without its Plumbline is
 * as disconnected as one without its database.
 */
export function useFreshness(): Freshness {
  const view = useMonitorView();
  const freshness = freshnessOfView(view, useNowMs());
  if (useLinkState().kind !== 'lost') return freshness;
  return { kind: 'disconnected', ageMs: freshness.kind === 'starting' ? null : freshness.ageMs };
}

/**
 * Something of the view that changes with time. The component is drawn again only when the selected
 * value changes, so fifty ages of some minutes cost nothing each second.
 */
export function useOverTime<T extends string | number | boolean | null>(
  select: (view: MonitorView, nowMs: number) => T,
): T {
  const { store, ticker, subscribeToBoth } = useSources();
  return useSyncExternalStore(subscribeToBoth, () => select(store.view(), ticker.now()));
}

/**
 * Whole seconds since an instant, by the database's clock, negative before it; null if unknown.
 * Rounded away from it: an age is never told younger than it is, a countdown never shorter.
 */
export function useSecondsSince(instant: string | null): number | null {
  const sinceMs = useMemo(() => (instant === null ? null : instantMs(instant)), [instant]);
  return useOverTime((view, nowMs) => {
    const databaseMs = databaseNowMs(view, nowMs);
    if (databaseMs === null || sinceMs === null) return null;
    const seconds = (databaseMs - sinceMs) / 1000;
    return seconds < 0 ? Math.floor(seconds) : Math.ceil(seconds);
  });
}
