import { type Freshness, freshnessOf } from '../../shared/freshness.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { WatchedAlerts } from './ask-feed.ts';
import type { StatusSource } from './status-print.ts';

type Watcher = Exclude<StatusSource['kind'], 'once'>;

const names = { app: 'the app', serve: 'plumbline serve' } as const satisfies Record<
  Watcher,
  string
>;

// Only a window of the app can pause: a browser view may read and nothing else.
const resumeWords = {
  app: 'resume it in its window or its tray menu',
  serve: 'start it anew',
} as const satisfies Record<Watcher, string>;

/**
 * Why what a watching program says of its alerts may not hold now, and what next; null where it does. A ledger
 * that it has lost is told by its failure instead.
 */
export function doubtOf({ state, alerts }: WatchedAlerts, watcher: Watcher): string | null {
  if (state.status.kind === 'failing') return null;
  const why = staleReason(state, freshnessOf(state, 0), watcher);
  if (why !== null) return `The alerts may not hold now, for ${why}.`;
  if (alerts.isReady) return null;
  return `The alerts may not hold now, for ${names[watcher]} has not evaluated them on fresh figures yet (ask again in a moment; where that does not help, its log tells why).`;
}

function staleReason(state: MonitorState, freshness: Freshness, watcher: Watcher): string | null {
  const name = names[watcher];
  switch (freshness.kind) {
    case 'live':
    case 'late':
      return null;
    case 'paused':
      return `${name} is paused and reads nothing (${resumeWords[watcher]})`;
    case 'starting':
      return `${name} has no figures yet${loadedText(state)} (ask again in a moment)`;
    case 'stale':
    case 'disconnected':
      if (state.status.kind === 'verifying') {
        return `${name} reads its figures anew after a sleep, a cut connection, a jump of the clock or a change of its settings (ask again in a moment)`;
      }
      return `${name} has confirmed no figures${agoText(freshness.ageMs)} (ask again; where that does not help, start it anew)`;
  }
}

const loadedText = ({ loaded }: MonitorState): string =>
  loaded === null ? '' : `, with ${Math.floor(loaded * 100)} % of the history read`;

const agoText = (ageMs: number | null): string =>
  ageMs === null ? '' : ` for ${Math.floor(ageMs / 1000)} s`;
