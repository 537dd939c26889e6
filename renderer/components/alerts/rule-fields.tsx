import { kindOf, type Rule, type Severity, severities } from '../../../shared/alerts/rule.ts';
import {
  ruleKindIds,
  type ScopeKind,
  type ThresholdUnit,
} from '../../../shared/alerts/rule-kinds.ts';
import { severityWords } from './alert-words.ts';
import { Field, SelectField, TextField } from './field.tsx';
import { kindGroups, kindLabel } from './kind-groups.ts';
import { draftOfKind, type RuleDraft } from './rule-draft.ts';

/** Where a group of fields gets its draft from, and where changes go. */
export interface FieldsProps {
  draft: RuleDraft;
  problemOf: (field: string) => string | undefined;
  onChange: (draft: RuleDraft) => void;
}

/** What every rule needs. */
export function RuleFields({ draft, problemOf, onChange }: FieldsProps) {
  const { rule } = draft;
  const change = (fields: Partial<Rule>): void =>
    onChange({ ...draft, rule: { ...rule, ...fields } });
  return (
    <>
      <KindField {...{ draft, problemOf, onChange }} />
      <ScopeFields {...{ draft, problemOf, onChange }} />
      <Threshold {...{ draft, problemOf, onChange }} />
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
  critical: 'Stays on screen, breaks quiet hours, reminds each 10 minutes',
  warning: 'Waits for the end of quiet hours, reminds each hour',
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
  if (scopes.length === 0) return null;
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
        label="Of"
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
          hint="As it stands in the ledger"
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

function Threshold({ draft, problemOf, onChange }: FieldsProps) {
  const { unit, side } = kindOf(draft.rule);
  if (unit === null) return null;
  return (
    <TextField
      kind="number"
      label="Line"
      unit={unitWords[unit]}
      hint={`Fires at the line and ${side === 'low' ? 'below' : 'above'}`}
      problem={problemOf('threshold')}
      value={draft.typed.threshold}
      maxLength={40}
      testId="rule-threshold"
      onChange={(threshold) => onChange({ ...draft, typed: { ...draft.typed, threshold } })}
    />
  );
}
