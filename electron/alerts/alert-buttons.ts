import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { Handlers } from '../../shared/contract.ts';
import type { Alerts } from './alerts.ts';

type Calls = Handlers['alerts'];
type Log = (sentence: string, error: unknown) => void;

const snoozeMinutes = 15;

/** What the tray shows and does; a click there waits for nothing. */
export function trayAlertsOf(alerts: Alerts, calls: Calls, log: Log) {
  const failed = (error: unknown): void => log('The alerts could not be changed.', error);
  return {
    state: (): AlertsState => alerts.state(),
    onChange: (listener: () => void) => alerts.onChange(listener),
    ackAll: (): void => {
      const acks = alerts
        .state()
        .current.filter(({ episode }) => episode.acked === null)
        .map(({ episode }) => calls.ack({ episodeId: episode.id, note: '' }));
      Promise.all(acks).catch(failed);
    },
    snooze: (until: number | 'tomorrow' | null): void => {
      Promise.resolve(calls.snooze({ episodeId: null, until })).catch(failed);
    },
  };
}

/** What the buttons of a notification do, where the platform has them. */
export function createAlertButtons(calls: Calls, log: Log) {
  return async ({
    episodeId,
    action,
  }: {
    readonly episodeId: string;
    readonly action: 'ack' | 'snooze';
  }): Promise<void> => {
    try {
      if (action === 'ack') await calls.ack({ episodeId, note: '' });
      else await calls.snooze({ episodeId, until: snoozeMinutes });
    } catch (error) {
      log('The alert could not be changed.', error);
    }
  };
}
