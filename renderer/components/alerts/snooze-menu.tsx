import { useId, useRef } from 'react';
import { longSnoozeMin, type SnoozeFor, shortSnoozeMin } from './alert-actions.ts';

interface Option {
  readonly label: string;
  readonly span: SnoozeFor;
}

const spans: readonly Option[] = [
  { label: '15 m', span: shortSnoozeMin },
  { label: '1 h', span: longSnoozeMin },
];
const untilRecovered: Option = { label: 'Until it recovers', span: 'recovered' };
const untilTomorrow: Option = { label: 'Until tomorrow', span: 'tomorrow' };

interface Props {
  /** What is snoozed, for the ear. */
  what: string;
  /** What may recover, or everything. */
  of: 'alert' | 'event' | 'all';
  onSnooze: (span: SnoozeFor) => void;
}

/** A button that opens the spans to snooze for; the browser's own popover, which Escape closes. */
export function SnoozeMenu({ what, of, onSnooze }: Props) {
  const id = useId();
  const menu = useRef<HTMLFieldSetElement>(null);
  const anchor = `--snooze${id.replace(/[^a-zA-Z0-9]/g, '-')}`;
  const options = [...spans, ...(of === 'alert' ? [untilRecovered] : [untilTomorrow])];
  return (
    <>
      <button
        type="button"
        className="action"
        popoverTarget={id}
        aria-label={`Snooze ${what}`}
        style={{ anchorName: anchor }}
      >
        Snooze
      </button>
      <fieldset
        ref={menu}
        id={id}
        popover="auto"
        className="snooze-menu"
        aria-label={`Snooze ${what} for`}
        style={{ positionAnchor: anchor }}
      >
        {options.map(({ label, span }) => (
          <button
            key={label}
            type="button"
            onClick={() => {
              menu.current?.hidePopover();
              onSnooze(span);
            }}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </>
  );
}
