import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import type { Episode } from '../../../shared/alerts/episode.ts';

/** An episode by its id, as it stands now; null when it is not among those that are known. */
export const episodeById = (state: AlertsState, id: string | null): Episode | null =>
  state.current.find(({ episode }) => episode.id === id)?.episode ??
  state.recent.find((episode) => episode.id === id) ??
  null;

/** The episode that a key acknowledges: the selected one, else the worst that nobody has. */
export function ackTarget(state: AlertsState, selectedId: string | null): Episode | null {
  const selected = episodeById(state, selectedId);
  const target =
    selected ?? state.current.find(({ episode }) => episode.acked === null)?.episode ?? null;
  return target?.acked === null ? target : null;
}

/** The episode whose rule a key snoozes: the selected one, else the worst that is not snoozed. */
export const snoozeTarget = (state: AlertsState, selectedId: string | null): Episode | null =>
  episodeById(state, selectedId) ??
  state.current.find(({ snoozedUntil }) => snoozedUntil === null)?.episode ??
  null;
