import { app } from 'electron';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';

/** Puts the number of alerts that nobody has acknowledged on the app's icon, where the desktop shows one. */
export function showBadge({ isReady, current }: AlertsState): void {
  const waiting = current.filter(
    ({ episode }) => episode.acked === null && episode.severity !== 'info',
  );
  app.setBadgeCount(isReady ? waiting.length : 0);
}
