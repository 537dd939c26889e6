import { useState } from 'react';
import { usual } from '../../../shared/alerts/defaults.ts';
import { kindOf, leastLastN, type Rule } from '../../../shared/alerts/rule.ts';
import type { ThresholdUnit } from '../../../shared/alerts/rule-kinds.ts';
import { SelectField, TextField } from './field.tsx';
import type { TypedField } from './rule-draft.ts';
import { type FieldsProps, unitWords } from './rule-fields.tsx';

const secondsOf = (ms: number): string => String(ms / 1000);
const minutesOf = (ms: number | null): string => (ms === null ? 'never' : String(ms / 60_000));

/** Everything that has a good default; an empty field leaves it in effect. */
export function AdvancedFields({ draft, problemOf, onChange }: FieldsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { rule, typed } = draft;
  const { isEvent, unit, side } = kindOf(rule);
  const change = (fields: Partial<Rule>): void =>
    onChange({ ...draft, rule: { ...rule, ...fields } });
  const type = (field: TypedField) => ({
    ...{ kind: 'number' as const, value: typed[field], problem: problemOf(field), maxLength: 40 },
    onChange: (text: string): void => onChange({ ...draft, typed: { ...typed, [field]: text } }),
  });
  const hasProblem = ['recovery', 'pendingS', 'keepFiringS', 'repeatMin', 'cooldownMin'].some(
    (field) => problemOf(field) !== undefined,
  );
  return (
    <>
      {rule.kind === 'win-rate' ? (
        <TextField
          label="Over the last"
          unit="closes"
          hint={`At least ${leastLastN}: fewer say nothing`}
          {...type('lastN')}
        />
      ) : null}
      {rule.kind === 'no-new-rows' ? <HoursFields {...{ draft, problemOf, onChange }} /> : null}
      <details
        className="advanced"
        // Once open it stays open: it would else shut under the hand that mends a number.
        open={isOpen || hasProblem}
        onToggle={(event) => setIsOpen(event.currentTarget.open)}
      >
        <summary>Advanced</summary>
        {isEvent ? null : (
          <>
            {unit === null ? null : (
              <TextField
                label={side === 'low' ? 'Ends when back above' : 'Ends when back below'}
                unit={unitWords[unit]}
                hint={`Empty: ${bandWords[unit]}`}
                {...type('recovery')}
              />
            )}
            <TextField
              label="Must hold for"
              unit="seconds"
              placeholder={pendingDefault(rule)}
              {...type('pendingS')}
            />
            <TextField
              label="Must be over for"
              unit="seconds"
              placeholder={secondsOf(usual.keepFiringMs)}
              {...type('keepFiringS')}
            />
            <TextField
              label="Remind every"
              unit="minutes"
              placeholder={minutesOf(usual.repeatMs[rule.severity])}
              hint="Until it is acknowledged; 0 never reminds"
              {...type('repeatMin')}
            />
          </>
        )}
        <TextField
          label="Then silent for"
          unit="minutes"
          placeholder={minutesOf(usual.cooldownMs)}
          hint="New ones within that time stand in the inbox alone"
          {...type('cooldownMin')}
        />
        <SelectField
          label="When data is missing"
          problem={problemOf('noData')}
          value={rule.noData}
          options={[
            { value: 'keep', label: 'Change nothing' },
            { value: 'alert', label: 'Alert me' },
          ]}
          onChange={(noData) => change({ noData })}
        />
      </details>
    </>
  );
}

const fivePercent = '5 % back from the line';

/** Where an alert ends by default. */
const bandWords: Readonly<Record<ThresholdUnit, string>> = {
  pnl: `${fivePercent}, at least $1`,
  money: `${fivePercent}, at least $1`,
  share: fivePercent,
  count: 'one back from the line',
  minutes: fivePercent,
  seconds: fivePercent,
};

function pendingDefault({ kind }: Rule): string {
  if (kind === 'unreachable') return secondsOf(usual.pendingMs.unreachable);
  return secondsOf(usual.pendingMs[kindOf({ kind }).timing]);
}

function HoursFields({ draft, problemOf, onChange }: FieldsProps) {
  const { rule } = draft;
  const { hours } = rule;
  const set = (next: Rule['hours']): void => onChange({ ...draft, rule: { ...rule, hours: next } });
  return (
    <>
      <SelectField
        label="Rows are expected"
        value={hours === null ? 'always' : 'hours'}
        options={[
          { value: 'always', label: 'Always' },
          { value: 'hours', label: 'Within hours of the day' },
        ]}
        onChange={(choice) => set(choice === 'always' ? null : { from: '09:00', to: '17:00' })}
      />
      {hours === null ? null : (
        <>
          <TextField
            kind="clock"
            label="From"
            value={hours.from}
            onChange={(from) => set({ ...hours, from })}
          />
          <TextField
            kind="clock"
            label="To"
            hint="By the clock of the trading day"
            problem={problemOf('hours')}
            value={hours.to}
            onChange={(to) => set({ ...hours, to })}
          />
        </>
      )}
    </>
  );
}
