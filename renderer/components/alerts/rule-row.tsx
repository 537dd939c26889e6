import { useEffect, useId, useRef, useState } from 'react';
import type { InstanceStatus, RuleStatus } from '../../../shared/alerts/alerts-state.ts';
import { kindOf, type Rule, ruleName } from '../../../shared/alerts/rule.ts';
import { ruleSentence, valueText } from '../../../shared/alerts/words.ts';
import { formatText } from '../../../shared/format.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { canAct } from '../../client/bridge.ts';
import { usePrivacy } from '../../client/settings-context.tsx';
import { ModalDialog } from '../../keys/modal-dialog.tsx';
import { alertsPage, useAlertsPlace } from '../../views/alerts-page.ts';
import { Acts } from '../acts.tsx';
import { SeverityMark } from './severity-mark.tsx';

interface Props {
  status: RuleStatus;
  isReady: boolean;
}

/** One rule: its switch, its sentence, where it stands, and its buttons. */
export function RuleRow({ status, isReady }: Props) {
  const isPrivate = usePrivacy();
  const { rule, instances, count } = status;
  const id = useId();
  const row = useSavedRow(rule.id);
  return (
    <li
      ref={row}
      className="rule-row"
      data-testid="rule-row"
      data-enabled={rule.isEnabled}
      tabIndex={-1}
      aria-labelledby={id}
    >
      <Switch rule={rule} labelledBy={id} />
      <SeverityMark severity={rule.severity} />
      <div className="rule-words">
        <p id={id}>
          <bdi>{ruleSentence(rule, isPrivate)}</bdi>
        </p>
        <p className="dim">
          {[
            rule.name === '' ? '' : formatText(rule.name),
            rule.plan === '' ? '' : formatText(rule.plan),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      </div>
      <Standing {...{ rule, instances, count, isReady }} />
      <Acts>
        <Buttons rule={rule} />
      </Acts>
    </li>
  );
}

/** The row of the rule that was saved last comes into sight and takes the focus. */
function useSavedRow(ruleId: string) {
  const row = useRef<HTMLLIElement>(null);
  const place = useAlertsPlace();
  const isShown = place.ruleId === ruleId && place.dialog.kind === 'none';
  useEffect(() => {
    if (!isShown) return;
    row.current?.scrollIntoView({ block: 'nearest' });
    row.current?.focus({ preventScroll: true });
    // Once: what is opened and closed later gives the focus back to where it was.
    alertsPage.go({ ruleId: null });
  }, [isShown]);
  return row;
}

function Switch({ rule, labelledBy }: { rule: Rule; labelledBy: string }) {
  const store = useAlertsStore();
  return (
    <input
      type="checkbox"
      className="switch"
      aria-labelledby={labelledBy}
      checked={rule.isEnabled}
      disabled={!canAct}
      onChange={(event) => {
        const changed = { ...rule, isEnabled: event.currentTarget.checked };
        void store.act((client) => client.saveRule(changed));
      }}
    />
  );
}

const states: Readonly<Record<InstanceStatus['state'], string>> = {
  normal: 'OK',
  pending: 'reached, not for long enough yet',
  firing: 'firing',
  recovering: 'recovering',
  'no-data': 'no data',
};

interface StandingProps {
  rule: Rule;
  instances: readonly InstanceStatus[];
  count: number;
  isReady: boolean;
}

/** The worst instance; the others open below it. */
function Standing({ rule, instances, count, isReady }: StandingProps) {
  const [worst, ...others] = instances;
  if (!rule.isEnabled) return <p className="rule-standing dim">off</p>;
  if (worst === undefined) {
    return (
      <p className="rule-standing dim">{isReady ? 'nothing to watch yet' : 'waits for figures'}</p>
    );
  }
  if (others.length === 0) {
    return (
      <p className="rule-standing">
        <Instance rule={rule} instance={worst} />
      </p>
    );
  }
  return (
    <details className="rule-standing">
      <summary>
        <Instance rule={rule} instance={worst} />
        <span className="dim"> · {count} in all</span>
      </summary>
      <ul>
        {others.map((instance) => (
          <li key={instance.scope ?? ''}>
            <Instance rule={rule} instance={instance} />
          </li>
        ))}
        {count > instances.length ? (
          <li className="dim">and {count - instances.length} more</li>
        ) : null}
      </ul>
    </details>
  );
}

function Instance({ rule, instance }: { rule: Rule; instance: InstanceStatus }) {
  const isPrivate = usePrivacy();
  const { scope, value, state, degraded } = instance;
  // An event lies behind: it has no value of now.
  const text = value === null || kindOf(rule).isEvent ? '' : valueText(rule.kind, value, isPrivate);
  return (
    <span title={degraded ?? undefined}>
      {scope === null ? null : <bdi className="dim">{formatText(scope, 40)} </bdi>}
      {text === '' ? null : <b>{text} </b>}
      <span className="rule-state" data-state={state}>
        {degraded === null ? states[state] : `${states[state]} · not known now`}
      </span>
    </span>
  );
}

function Buttons({ rule }: { rule: Rule }) {
  const [isAsking, setIsAsking] = useState(false);
  const name = formatText(ruleName(rule));
  const open = (kind: 'editor' | 'test'): void =>
    alertsPage.go({ dialog: { kind, ruleId: rule.id } });
  return (
    <div className="buttons">
      <button
        type="button"
        className="action"
        aria-label={`Test ${name}`}
        onClick={() => open('test')}
      >
        Test
      </button>
      <button
        type="button"
        className="action"
        aria-label={`Edit ${name}`}
        onClick={() => open('editor')}
      >
        Edit
      </button>
      <button
        type="button"
        className="action"
        aria-label={`Delete ${name}`}
        data-testid="delete-rule"
        onClick={() => setIsAsking(true)}
      >
        Delete
      </button>
      {isAsking ? <DeleteDialog rule={rule} onClose={() => setIsAsking(false)} /> : null}
    </div>
  );
}

function DeleteDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const store = useAlertsStore();
  const isPrivate = usePrivacy();
  return (
    <ModalDialog className="small-dialog" label="Delete rule" dialogRef={dialog} onClose={onClose}>
      <div className="small-content" data-testid="delete-dialog">
        <h2>Delete this rule?</h2>
        <p>
          <bdi>{ruleSentence(rule, isPrivate)}</bdi>
        </p>
        <p className="dim">What it fires now ends. What it has told stays in the inbox.</p>
        <div className="buttons">
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="button"
            className="action danger"
            data-testid="confirm-delete"
            onClick={() => {
              dialog.current?.close();
              void store.act((client) => client.deleteRule(rule.id));
            }}
          >
            Delete
          </button>
        </div>
      </div>
    </ModalDialog>
  );
}
