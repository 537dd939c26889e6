import { useState } from 'react';
import type { AlertsState } from '../../../shared/alerts/alerts-state.ts';
import { alertsPage } from '../../views/alerts-page.ts';
import { Acts } from '../acts.tsx';
import { PresetsDialog } from './presets-dialog.tsx';
import { RuleRow } from './rule-row.tsx';
import { RulesFile } from './rules-file.tsx';

/** All rules: what each watches, where it stands, and what can be done with it. */
export function Rules({ state }: { state: AlertsState }) {
  const [offersPresets, setOffersPresets] = useState(false);
  return (
    <div className="rules">
      <Acts>
        {state.offersPresets ? <PresetsOffer onOpen={() => setOffersPresets(true)} /> : null}
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
          <button
            type="button"
            className="action"
            data-testid="open-presets"
            onClick={() => setOffersPresets(true)}
          >
            Presets
          </button>
          <span className="spacer" />
          <RulesFile />
        </div>
      </Acts>
      {offersPresets ? (
        <PresetsDialog
          rules={state.rules.map(({ rule }) => rule)}
          onClose={() => setOffersPresets(false)}
        />
      ) : null}
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
const PresetsOffer = ({ onOpen }: { onOpen: () => void }) => (
  <section className="presets" data-testid="presets-offer" aria-label="Presets">
    <p>
      <strong>Start from the risk limits.</strong> The presets watch the daily loss, the drawdown,
      the exposure and the connection by the limits in the settings. Each can be changed or deleted
      later.
    </p>
    <button type="button" className="action primary" data-testid="add-presets" onClick={onOpen}>
      See the presets
    </button>
  </section>
);
