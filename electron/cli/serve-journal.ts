import type { AlertsState, CurrentAlert } from '../../shared/alerts/alerts-state.ts';
import { episodeTitle } from '../../shared/alerts/words.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { codeOf } from '../settings/whole-file.ts';

/** Writes a line for each thing that happens, for whoever reads the log of a service. */
export interface Journal {
  /** Hears of each state of the monitor. */
  monitor(state: MonitorState): void;
  /** Hears of each state of the alerts. */
  alerts(state: Pick<AlertsState, 'current'>): void;
}

const longestDetail = 200;

/** What is logged as one line, without a stack; what its error adds stands in brackets at the end. */
export function lineOf(sentence: string, error: unknown): string {
  if (!(error instanceof Error)) return sentence;
  const code = codeOf(error);
  const message = withoutSecrets(error.message.trim().split('\n')[0] ?? '').slice(0, longestDetail);
  const detail = message.replace(/\.$/, '') || error.name;
  // Many sentences have the reason in them already.
  const isSaid = sentence.includes(detail) || (typeof code === 'string' && sentence.includes(code));
  return isSaid ? sentence : `${sentence.replace(/\.$/, '')} (${detail}).`;
}

/** Drivers and `fetch` repeat addresses; what stands before the "@" of one is nobody's business. */
const withoutSecrets = (text: string): string => text.replace(/:\/\/\S*@/g, '://…@');

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
