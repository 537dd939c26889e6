import { formatText } from '../../shared/format.ts';
import { usePrivacy, useSettingsView } from '../client/settings-context.tsx';
import type { SettingsView } from '../client/settings-store.ts';
import { maskNumbers } from './trade-words.ts';

const longestWarning = 400;

/** What a person must mend in the settings file: one line, which opens to all of it. */
export function SettingsWarnings() {
  const isPrivate = usePrivacy();
  // A warning may quote an amount.
  const warnings = warningsOf(useSettingsView())
    .map((text) => formatText(text, longestWarning))
    .map((text) => (isPrivate ? maskNumbers(text) : text));
  const [first, ...others] = warnings;
  if (first === undefined) return null;
  if (others.length === 0) {
    return (
      <section className="settings-warnings" data-testid="settings-warnings" aria-label="Settings">
        <p title={first}>{first}</p>
      </section>
    );
  }
  return (
    <section className="settings-warnings" data-testid="settings-warnings" aria-label="Settings">
      <details>
        <summary>
          <span className="first">{first}</span>{' '}
          <span className="action">{others.length} more</span>
        </summary>
        <ul>
          {others.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function warningsOf(view: SettingsView): readonly string[] {
  switch (view.kind) {
    case 'asking':
      return [];
    case 'known':
      return view.state.warnings;
    case 'failed':
      return [
        `The settings could not be read. Amounts are hidden until they can be. ${view.error.message}`,
      ];
  }
}
