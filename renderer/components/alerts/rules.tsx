import { useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { alertsPage } from '../../views/alerts-page.ts';
import { RuleRow } from './rule-row.tsx';
import { RulesFile } from './rules-file.tsx';

/** All rules: what each watches, where it stands, and what can be done with it. */
export function Rules({ state }: { state: AlertsState }) {
  return (
    <div className="rules">
      {state.offersPresets ? <PresetsOffer /> : null}
      <div className="rules-head">
        <button
          type="button"
          className="action primary"
          data-testid="new-rule"
          onClick={() => alertsPage.go({ dialog: { kind: 'editor', ruleId: null } })}
        >
          New rule
        </button>
        <button
          type="button"
          className="action"
          onClick={() => alertsPage.go({ dialog: { kind: 'test', ruleId: null } })}
        >
          Test notification
        </button>
        <span className="spacer" />
        <RulesFile />
      </div>
      {state.rules.length === 0 ? (
        <p className="note">
          No rule so far. A rule watches one figure and tells when it crosses a line.
        </p>
      ) : (
        <ul className="rule-rows" data-testid="rules">
          {state.rules.map((status) => (
            <RuleRow key={status.rule.id} status={status} isReady={state.isReady} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Offered as long as no rule was ever made. */
function PresetsOffer() {
  const store = useAlertsStore();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <section className="presets" data-testid="presets-offer" aria-label="Presets">
      <p>
        <strong>Start from the risk limits.</strong> The presets watch the daily loss, the drawdown,
        the exposure and the connection by the limits in the settings. Each can be changed or
        deleted later.
      </p>
      <button
        type="button"
        className="action primary"
        data-testid="add-presets"
        aria-disabled={isAdding}
        onClick={() => {
          if (isAdding) return;
          setIsAdding(true);
          void store.act((client) => client.addPresets()).then(() => setIsAdding(false));
        }}
      >
        Add the presets
      </button>
    </section>
  );
}
