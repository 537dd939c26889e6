import { useRef, useState } from 'react';
import { missingPresets } from '../../../shared/alerts/presets.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { ruleSentence } from '../../../shared/alerts/words.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { usePrivacy, useSettingsView } from '../../client/settings-context.tsx';
import { ModalDialog } from '../../keys/modal-dialog.tsx';
import { plural } from '../words.ts';
import { SeverityMark } from './severity-mark.tsx';

interface Props {
  /** Those that there are. */
  rules: readonly Rule[];
  onClose: () => void;
}

/** The rules that follow from the risk limits and are not there yet, before they are added. */
export function PresetsDialog({ rules, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isPrivate = usePrivacy();
  const view = useSettingsView();
  const missing = view.kind === 'known' ? missingPresets(view.state.settings, rules) : [];
  const { isAdding, add } = useAdding(() => dialog.current?.close());
  return (
    <ModalDialog className="small-dialog" label="Presets" dialogRef={dialog} onClose={onClose}>
      <div className="small-content" data-testid="presets-dialog">
        <h2>
          {missing.length === 0 ? 'No preset to add' : `Add ${plural(missing.length, 'rule')}`}
        </h2>
        {missing.length === 0 ? (
          <p>All presets for the limits in the settings are among your rules already.</p>
        ) : (
          <ul className="preset-rules">
            {missing.map((rule) => (
              <li key={rule.id}>
                <SeverityMark severity={rule.severity} />
                <span>{ruleSentence(rule, isPrivate)}</span>
              </li>
            ))}
          </ul>
        )}
        {missing.length === 0 ? null : (
          <p className="note">
            They follow from the limits in the settings. Your own rules stay as they are.
          </p>
        )}
        <div className="buttons">
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            {missing.length === 0 ? 'Close' : 'Cancel'}
          </button>
          {missing.length === 0 ? null : (
            <button
              type="button"
              className="action primary"
              data-testid="confirm-presets"
              aria-disabled={isAdding}
              onClick={add}
            >
              Add
            </button>
          )}
        </div>
      </div>
    </ModalDialog>
  );
}

/** Adds them, once; a failure is told in the view. */
function useAdding(onAdded: () => void) {
  const store = useAlertsStore();
  const [isAdding, setIsAdding] = useState(false);
  const add = (): void => {
    if (isAdding) return;
    setIsAdding(true);
    void store
      .act((client) => client.addPresets())
      .then(() => {
        setIsAdding(false);
        onAdded();
      });
  };
  return { isAdding, add };
}
