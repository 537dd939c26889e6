import { useEffect, useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { emptyRule, type Rule } from '../../../shared/alerts/rule.ts';
import { useAlerts, useAlertsStore } from '../../client/alerts-context.tsx';
import { useAlertsPlace } from '../../views/alerts-page.ts';
import { openEpisode } from './open-episode.ts';
import { RuleEditor } from './rule-editor.tsx';
import { TestDialog } from './test-dialog.tsx';

/** The dialogs on alerts that any view may open; and a click on a notification goes to its alert. */
export function AlertDialogs() {
  const { client } = useAlertsStore();
  useEffect(() => client.show(openEpisode), [client]);
  const { dialog } = useAlertsPlace();
  const { state } = useAlerts();
  if (state === null) return null;
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'test':
      return <TestDialog ruleId={dialog.ruleId} />;
    case 'editor':
      return <Editor state={state} ruleId={dialog.ruleId} />;
  }
}

/** A rule as it stood when the editor was opened: what is being typed is not taken away by a push. */
function Editor({ state, ruleId }: { state: AlertsState; ruleId: string | null }) {
  const [rule] = useState<Rule | null>(() =>
    ruleId === null
      ? emptyRule(`rule-${crypto.randomUUID()}`, 'day-pnl-low')
      : (state.rules.find((each) => each.rule.id === ruleId)?.rule ?? null),
  );
  return rule === null ? null : <RuleEditor rule={rule} isNew={ruleId === null} />;
}
