import { useRef } from 'react';
import type { RuleProblem } from '../../../shared/alerts/alerts-state.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { ModalDialog } from '../../keys/modal-dialog.tsx';
import { alertsPage } from '../../views/alerts-page.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { RuleFields } from './rule-fields.tsx';
import { RulePreviewPanel } from './rule-preview.tsx';
import { showRule } from './show-rule.ts';
import { usePreview } from './use-preview.ts';
import { useRuleDraft } from './use-rule-draft.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

interface Props {
  rule: Rule;
  isNew: boolean;
}

/** Makes or changes a rule; beside it, what it would say now and what it would have said. */
export function RuleEditor({ rule: before, isNew }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRuleDraft(before, () => {
    dialog.current?.close();
    showRule(before.id, isNew);
  });
  const { draft, setDraft, complete, problems } = form;
  const preview = usePreview(complete);
  const title = isNew ? 'New alert rule' : 'Edit alert rule';
  const problemOf = (field: string): string | undefined =>
    problems.find((problem) => problem.field === field)?.message;
  const suggestion = problems.find((problem) => problem.field === 'threshold')?.suggestion;
  return (
    <ModalDialog
      className="rule-editor"
      label={title}
      dialogRef={dialog}
      onClose={alertsPage.closeDialog}
    >
      <form onSubmit={form.save} data-testid="rule-editor" noValidate>
        <header>
          <h2>{title}</h2>
        </header>
        <div className="rule-editor-parts">
          <div className="rule-editor-fields">
            <RuleFields {...{ draft, problemOf, suggestion }} onChange={setDraft} />
            <AdvancedFields {...{ draft, problemOf }} onChange={setDraft} />
          </div>
          <div className="rule-editor-aside">
            <RulePreviewPanel rule={complete} view={preview} />
            <WhatIfPanel rule={complete} />
          </div>
        </div>
        <footer>
          <OtherProblems problems={problems} hasTried={form.hasTried} />
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="action primary" data-testid="save-rule">
            Save
          </button>
        </footer>
      </form>
    </ModalDialog>
  );
}

const fieldsShown = new Set([
  ...['kind', 'scope', 'threshold', 'severity', 'name', 'plan', 'recovery', 'pendingS'],
  ...['keepFiringS', 'repeatMin', 'cooldownMin', 'noData', 'lastN', 'hours'],
]);

interface OthersProps {
  problems: readonly RuleProblem[];
  /** A person wanted to save it. */
  hasTried: boolean;
}

/** What has no field of its own to stand beside. */
function OtherProblems({ problems, hasTried }: OthersProps) {
  const others = problems.filter(({ field }) => !fieldsShown.has(field));
  return (
    <p className="problem" role="status">
      {others.map(({ message }) => message).join(' ')}
      {hasTried && others.length === 0 && problems.length > 0
        ? 'Something above has to be mended first.'
        : ''}
    </p>
  );
}
