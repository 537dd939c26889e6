import { alertsPage } from '../../views/alerts-page.ts';
import { currentView } from '../../views/current-view.ts';

/** Brings a rule that was saved into sight: a new one wherever one is, a changed one where rules are seen. */
export function showRule(ruleId: string, isNew: boolean): void {
  const isSeen = currentView.shown() === 'alerts' && alertsPage.place().tab === 'rules';
  if (!isNew && !isSeen) return;
  alertsPage.go({ tab: 'rules', ruleId });
  currentView.show('alerts');
}
