import type { AlertsState, CurrentAlert } from '../../shared/alerts/alerts-state.ts';
import { episodeTitle } from '../../shared/alerts/words.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';

/** Writes a line for each thing that happens, for whoever reads the log of a service. */
export interface Journal {
  /** Hears of each state of the monitor. */
  monitor(state: MonitorState): void;
  /** Hears of each state of the alerts. */
  alerts(state: Pick<AlertsState, 'current'>): void;
}

/** Makes a journal; amounts are left out while the settings hide them. */
export function openJournal(line: (text: string) => void, hidesAmounts: () => boolean): Journal {
  let failing = '';
  let hasWatched = false;
  let known = new Map<string, CurrentAlert>();
  const title = ({ episode }: CurrentAlert): string =>
    episodeTitle(episode, { hidesAmounts: hidesAmounts() });
  return {
    monitor: ({ status }) => {
      if (status.kind === 'watching') {
        if (failing !== '') line('Watching again.');
        failing = '';
        hasWatched = true;
      } else if (status.kind === 'failing' && hasWatched && status.failure.cause !== failing) {
        failing = status.failure.cause;
        line(`Not watching. ${failing} ${status.failure.remedy}`.trimEnd());
      }
    },
    alerts: ({ current }) => {
      const now = new Map(current.map((alert) => [alert.episode.id, alert]));
      for (const [id, alert] of now) {
        if (!known.has(id)) line(`Alert, ${alert.episode.severity}: ${title(alert)}`);
      }
      for (const [id, alert] of known) {
        // An event is over as soon as it happens.
        if (!now.has(id) && alert.state !== 'event') line(`Ended: ${title(alert)}`);
      }
      known = now;
    },
  };
}
