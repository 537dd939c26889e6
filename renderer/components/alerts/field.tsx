import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  /** What it means, or what holds where it is left empty. */
  hint?: string | undefined;
  problem?: string | undefined;
  /** What was probably meant, and how to take it. */
  fix?: { readonly label: string; readonly apply: () => void } | undefined;
  /** Beside the control: its unit. */
  unit?: string | undefined;
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode;
}

/** A labelled control with its hint, and what is wrong with it beside it. */
export function Field({ label, hint, problem, fix, unit, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className="field" data-problem={problem !== undefined}>
      <label htmlFor={id}>{label}</label>
      <div className="field-control">
        {children({ id, describedBy: note === undefined ? undefined : noteId })}
        {unit === undefined ? null : <span className="dim">{unit}</span>}
      </div>
      {note === undefined ? null : (
        <p id={noteId} className={problem === undefined ? 'hint-text' : 'problem'}>
          {note}{' '}
          {fix === undefined || problem === undefined ? null : (
            <button type="button" className="action" onClick={fix.apply}>
              {fix.label}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

interface TextProps extends Omit<FieldProps, 'children'> {
  value: string;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  /** Texts to choose from; any other may be typed. */
  known?: readonly string[] | undefined;
  kind?: 'text' | 'number' | 'clock' | 'password';
  testId?: string | undefined;
  onChange: (value: string) => void;
}

/** A field of one line. */
export function TextField(props: TextProps) {
  const { value, placeholder, maxLength, known, kind = 'text', testId, onChange, ...field } = props;
  const listId = useId();
  // A clock of the browser's own would show twelve hours where the system does.
  const isShort = kind === 'number' || kind === 'clock';
  return (
    <Field {...field}>
      {({ id, describedBy }) => (
        <>
          <input
            {...{ id, value, placeholder, maxLength }}
            list={known === undefined ? undefined : listId}
            type={kind === 'password' ? 'password' : 'text'}
            className={isShort ? 'number' : undefined}
            inputMode={kind === 'number' ? 'decimal' : undefined}
            autoComplete="off"
            spellCheck={false}
            data-testid={testId}
            aria-describedby={describedBy}
            aria-invalid={field.problem !== undefined}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {known === undefined ? null : (
            <datalist id={listId}>
              {known.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

interface SelectProps<T extends string> extends Omit<FieldProps, 'children'> {
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  testId?: string | undefined;
  onChange: (value: T) => void;
}

/** A choice of a few. */
export function SelectField<T extends string>(props: SelectProps<T>) {
  const { value, options, testId, onChange, ...field } = props;
  return (
    <Field {...field}>
      {({ id, describedBy }) => (
        <select
          {...{ id, value }}
          data-testid={testId}
          aria-describedby={describedBy}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
