import { kindOf, type Rule, type Severity, severities } from '../../../shared/alerts/rule.ts';
import {
  ruleKindIds,
  type ScopeKind,
  type ThresholdUnit,
} from '../../../shared/alerts/rule-kinds.ts';
import { valueText } from '../../../shared/alerts/words.ts';
import { useMonitorView } from '../../client/monitor-context.tsx';
import { severityWords } from './alert-words.ts';
import { Field, SelectField, TextField } from './field.tsx';
import { kindGroups, kindLabel } from './kind-groups.ts';
import { knownNames } from './known-names.ts';
import { draftOfKind, type RuleDraft, typedAmount } from './rule-draft.ts';

/** Where a group of fields gets its draft from, and where changes go. */
export interface FieldsProps {
  draft: RuleDraft;
  problemOf: (field: string) => string | undefined;
  /** The line that was probably meant. */
  suggestion?: string | undefined;
  onChange: (draft: RuleDraft) => void;
}

/** What every rule needs. */
export function RuleFields({ draft, problemOf, suggestion, onChange }: FieldsProps) {
  const { rule } = draft;
  const change = (fields: Partial<Rule>): void =>
    onChange({ ...draft, rule: { ...rule, ...fields } });
  return (
    <>
      <KindField {...{ draft, problemOf, onChange }} />
      <ScopeFields {...{ draft, problemOf, onChange }} />
      <Threshold {...{ draft, problemOf, suggestion, onChange }} />
      <SelectField<Severity>
        label="Severity"
        hint={severityHints[rule.severity]}
        problem={problemOf('severity')}
        value={rule.severity}
        options={severities.map((value) => ({ value, label: severityWords[value] }))}
        testId="rule-severity"
        onChange={(severity) => change({ severity })}
      />
      <TextField
        label="Name"
        hint="Empty takes the name of what it watches"
        problem={problemOf('name')}
        value={rule.name}
        maxLength={80}
        testId="rule-name"
        onChange={(name) => change({ name })}
      />
      <Field
        label="What will you do?"
        hint="Shown with the alert: decided now, when nothing burns"
        problem={problemOf('plan')}
      >
        {({ id, describedBy }) => (
          <textarea
            id={id}
            rows={2}
            maxLength={500}
            data-testid="rule-plan"
            aria-describedby={describedBy}
            value={rule.plan}
            onChange={(event) => change({ plan: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

const severityHints: Readonly<Record<Severity, string>> = {
  critical: 'Stays on screen, breaks quiet hours, reminds every 10 minutes',
  warning: 'Waits for the end of quiet hours, reminds every hour',
  info: 'Told once, never reminds',
};

function KindField({ draft, problemOf, onChange }: FieldsProps) {
  const { kind } = draft.rule;
  return (
    <Field label="Watch" hint={kindOf({ kind }).meaning} problem={problemOf('kind')}>
      {({ id, describedBy }) => (
        <select
          id={id}
          data-testid="rule-kind"
          aria-describedby={describedBy}
          value={kind}
          onChange={(event) => {
            const chosen = ruleKindIds.find((each) => each === event.currentTarget.value);
            if (chosen !== undefined) onChange(draftOfKind(draft, chosen));
          }}
        >
          {kindGroups.map(({ name, kinds }) => (
            <optgroup key={name} label={name}>
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {kindLabel(each)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}

type ScopeChoice = 'all' | ScopeKind | `one-${ScopeKind}`;

function ScopeFields({ draft, problemOf, onChange }: FieldsProps) {
  const { rule } = draft;
  const { by, value } = rule.scope;
  const { scopes } = kindOf(rule);
  const snapshot = useMonitorView().figures?.snapshot ?? null;
  if (scopes.length === 0) return null;
  const known = snapshot === null || by === 'all' ? [] : knownNames(snapshot, by);
  const choice: ScopeChoice = by === 'all' || value === null ? by : `one-${by}`;
  const options: readonly { value: ScopeChoice; label: string; scope: Rule['scope'] }[] = [
    { value: 'all', label: 'Everything together', scope: { by: 'all', value: null } },
    ...scopes.flatMap((each) => [
      { value: each, label: `Each ${each} by itself`, scope: { by: each, value: null } },
      { value: `one-${each}` as const, label: `One ${each}`, scope: { by: each, value: '' } },
    ]),
  ];
  const setScope = (scope: Rule['scope']): void => onChange({ ...draft, rule: { ...rule, scope } });
  return (
    <>
      <SelectField<ScopeChoice>
        label="Applies to"
        problem={value === null ? problemOf('scope') : undefined}
        value={choice}
        options={options}
        testId="rule-scope"
        onChange={(chosen) => {
          const option = options.find((each) => each.value === chosen);
          if (option !== undefined) setScope(option.scope);
        }}
      />
      {by === 'all' || value === null ? null : (
        <TextField
          label={`Name of the ${by}`}
          hint={`As it stands in the ledger${known.length === 0 ? '' : '; the list holds those of late'}`}
          known={known}
          problem={problemOf('scope')}
          value={value}
          maxLength={200}
          testId="rule-scope-value"
          onChange={(text) => setScope({ by, value: text })}
        />
      )}
    </>
  );
}

/** What stands beside a number of a unit. */
export const unitWords: Readonly<Record<ThresholdUnit, string>> = {
  pnl: 'dollars',
  money: 'dollars',
  share: '%',
  count: '',
  minutes: 'minutes',
  seconds: 'seconds',
};

/** What a number of a kind is asked for with. */
function lineLabel(kind: Rule['kind']): string {
  switch (kind) {
    case 'single-win':
      return 'Alert from a win of';
    case 'single-loss':
      return 'Alert from a loss of';
    case 'pending-order':
    case 'no-new-rows':
    case 'stale':
      return 'Alert after';
    default:
      return kindOf({ kind }).side === 'low' ? 'Alert when it falls to' : 'Alert when it reaches';
  }
}

function Threshold({ draft, problemOf, suggestion, onChange }: FieldsProps) {
  const { rule, typed } = draft;
  const { unit, side } = kindOf(rule);
  if (unit === null) return null;
  const take = (threshold: string): void =>
    onChange({ ...draft, typed: { ...typed, threshold: typedAmount(rule, threshold) } });
  return (
    <TextField
      kind="number"
      label={lineLabel(rule.kind)}
      unit={unitWords[unit]}
      hint={side === 'low' ? 'This or less' : 'This or more'}
      fix={
        suggestion === undefined
          ? undefined
          : { label: `Use ${valueText(rule.kind, suggestion)}`, apply: () => take(suggestion) }
      }
      problem={problemOf('threshold')}
      value={typed.threshold}
      maxLength={40}
      testId="rule-threshold"
      onChange={(threshold) => onChange({ ...draft, typed: { ...typed, threshold } })}
    />
  );
}
