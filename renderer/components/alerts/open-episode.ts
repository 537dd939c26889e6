import { alertsPage } from '../../views/alerts-page.ts';
import { currentView } from '../../views/current-view.ts';

/** Shows an episode in the inbox; with null the inbox alone. */
export function openEpisode(episodeId: string | null): void {
  alertsPage.go({ tab: 'inbox', episodeId });
  currentView.show('alerts');
}
