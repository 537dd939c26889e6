import { type KeyboardEvent, useEffect } from 'react';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { clockText } from '../../shared/alerts/words.ts';
import { formatText } from '../../shared/format.ts';
import { useAlerts, useAlertsStore, useTelling } from '../client/alerts-context.tsx';
import { canAct } from '../client/bridge.ts';
import { Acts } from '../components/acts.tsx';
import { useAlertChoices } from '../components/alerts/alert-actions.ts';
import { DailyCloses } from '../components/alerts/daily-closes.tsx';
import { Delivery } from '../components/alerts/delivery.tsx';
import { Inbox } from '../components/alerts/inbox.tsx';
import { Rules } from '../components/alerts/rules.tsx';
import { SnoozeMenu } from '../components/alerts/snooze-menu.tsx';
import { type AlertTab, alertsPage, alertTabs, useAlertsPlace } from './alerts-page.ts';

const tabNames: Readonly<Record<AlertTab, string>> = {
  inbox: 'Inbox',
  rules: 'Rules',
  delivery: 'Delivery',
  'daily-closes': 'Daily closes',
};

/** Where alerts are sent is set at the workstation, and is no business of a browser. */
const shownTabs = alertTabs.filter((tab) => canAct || tab !== 'delivery');

/** What fires, what has fired, by which rules, and how it is told. */
export function Alerts() {
  const { state } = useAlerts();
  const { tab } = useAlertsPlace();
  return (
    <div className="alerts" data-testid="alerts">
      <h1 className="visually-hidden">Alerts</h1>
      <div className="alerts-head">
        <Tabs tab={tab} />
        {state === null ? null : <AllSnoozed until={state.snoozedUntil} />}
      </div>
      <Failure />
      {state?.warnings.map((warning) => (
        <p key={warning} className="alerts-warning">
          {formatText(warning, 400)}
        </p>
      ))}
      <section role="tabpanel" id="alerts-panel" aria-labelledby={`alerts-tab-${tab}`}>
        {state === null ? (
          <p className="note">The alerts are being read.</p>
        ) : (
          <Panel {...{ tab, state }} />
        )}
      </section>
    </div>
  );
}

function Panel({ tab, state }: { tab: AlertTab; state: AlertsState }) {
  switch (tab) {
    case 'inbox':
      return <Inbox state={state} />;
    case 'rules':
      return <Rules state={state} />;
    case 'delivery':
      return <Delivery state={state} />;
    case 'daily-closes':
      return <DailyCloses state={state} />;
  }
}

function Tabs({ tab }: { tab: AlertTab }) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = shownTabs[(shownTabs.indexOf(tab) + step + shownTabs.length) % shownTabs.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    alertsPage.go({ tab: next });
    document.getElementById(`alerts-tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" className="tabs" aria-label="Parts of the alerts" onKeyDown={onKeyDown}>
      {shownTabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`alerts-tab-${each}`}
          data-testid={`alerts-tab-${each}`}
          aria-selected={each === tab}
          aria-controls="alerts-panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => alertsPage.go({ tab: each })}
        >
          {tabNames[each]}
        </button>
      ))}
    </div>
  );
}

function AllSnoozed({ until }: { until: string | null }) {
  const telling = useTelling();
  const { snooze, endSnooze } = useAlertChoices();
  if (until === null) {
    return (
      <Acts>
        <SnoozeMenu what="all alerts" of="all" onSnooze={(span) => snooze(null, span)} />
      </Acts>
    );
  }
  return (
    <p className="dim">
      Snoozed until {clockText(until, telling)}{' '}
      <Acts>
        <button type="button" className="action" onClick={() => endSnooze(null)}>
          End snooze
        </button>
      </Acts>
    </p>
  );
}

/** The last call that failed; it goes with the next that succeeds. */
function Failure() {
  const { callError } = useAlerts();
  const store = useAlertsStore();
  useEffect(() => store.forgetError, [store]);
  return (
    <p className="problem" role="alert">
      {callError === null ? '' : callError.message}
    </p>
  );
}
