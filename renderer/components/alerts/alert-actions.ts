import { useMemo } from 'react';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import type { AlertsStore } from '../../client/alerts-store.ts';

/** What a snooze may last: minutes, or until something happens. */
export type SnoozeFor = number | 'recovered' | 'tomorrow';

/** The spans that are offered first. */
export const shortSnoozeMin = 15;
export const longSnoozeMin = 60;

/** What a person decides about alerts; each answers once main has, a failure is told in the view. */
export interface AlertChoices {
  ack(episodeId: string, note?: string): void;
  /** Of an episode's rule; with null of all. */
  snooze(episodeId: string | null, span: SnoozeFor): void;
  endSnooze(episodeId: string | null): void;
}

/** The choices, by way of a store. */
const alertChoices = (store: AlertsStore): AlertChoices => ({
  ack: (episodeId, note = '') => void store.act((client) => client.ack({ episodeId, note })),
  snooze: (episodeId, until) => void store.act((client) => client.snooze({ episodeId, until })),
  endSnooze: (episodeId) => void store.act((client) => client.snooze({ episodeId, until: null })),
});

/** The choices of this window. */
export function useAlertChoices(): AlertChoices {
  const store = useAlertsStore();
  return useMemo(() => alertChoices(store), [store]);
}
