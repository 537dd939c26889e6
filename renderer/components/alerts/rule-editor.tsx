import { type FormEvent, useMemo, useRef, useState } from 'react';
import type { RuleProblem } from '../../../shared/alerts/alerts-state.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { ModalDialog } from '../../keys/modal-dialog.tsx';
import { alertsPage } from '../../views/alerts-page.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { draftOf, type RuleDraft, ruleOfDraft } from './rule-draft.ts';
import { RuleFields } from './rule-fields.tsx';
import { RulePreviewPanel } from './rule-preview.tsx';
import { usePreview } from './use-preview.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

interface Props {
  rule: Rule;
  isNew: boolean;
}

/** Makes or changes a rule; beside it, what it would say now and what it would have said. */
export function RuleEditor({ rule: before, isNew }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { draft, setDraft, readable, problems, preview, save } = useDraft(before, () =>
    dialog.current?.close(),
  );
  const title = isNew ? 'New alert rule' : 'Edit alert rule';
  const problemOf = (field: string): string | undefined =>
    problems.find((problem) => problem.field === field)?.message;
  return (
    <ModalDialog
      className="rule-editor"
      label={title}
      dialogRef={dialog}
      onClose={alertsPage.closeDialog}
    >
      <form onSubmit={save} data-testid="rule-editor" noValidate>
        <header>
          <h2>{title}</h2>
        </header>
        <div className="rule-editor-parts">
          <div className="rule-editor-fields">
            <RuleFields {...{ draft, problemOf }} onChange={setDraft} />
            <AdvancedFields {...{ draft, problemOf }} onChange={setDraft} />
          </div>
          <div className="rule-editor-aside">
            <RulePreviewPanel rule={readable} view={preview} />
            <WhatIfPanel rule={readable} />
          </div>
        </div>
        <footer>
          <OtherProblems problems={problems} />
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

/** The draft, what is wrong with it, what main says of it, and the way to keep it. */
function useDraft(before: Rule, onSaved: () => void) {
  const store = useAlertsStore();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(before));
  const [refused, setRefused] = useState<readonly RuleProblem[]>([]);
  const outcome = useMemo(() => ruleOfDraft(draft), [draft]);
  const readable = outcome.kind === 'rule' ? outcome.rule : null;
  const preview = usePreview(readable);
  const found = preview.kind === 'known' ? preview.preview.problems : [];
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (readable === null) return;
    void store
      .act((client) => client.saveRule(readable))
      .then((result) => {
        if (!result.ok) setRefused([{ field: '', message: result.error.message }]);
        else if (result.value.length > 0) setRefused(result.value);
        else onSaved();
      });
  };
  return {
    draft,
    readable,
    preview,
    save,
    problems: outcome.kind === 'rule' ? [...refused, ...found] : outcome.problems,
    setDraft: (next: RuleDraft): void => {
      setRefused([]);
      setDraft(next);
    },
  };
}

const fieldsShown = new Set([
  ...['kind', 'scope', 'threshold', 'severity', 'name', 'plan', 'recovery', 'pendingS'],
  ...['keepFiringS', 'repeatMin', 'cooldownMin', 'noData', 'lastN', 'hours'],
]);

/** What has no field of its own to stand beside. */
function OtherProblems({ problems }: { problems: readonly RuleProblem[] }) {
  const others = problems.filter(({ field }) => !fieldsShown.has(field));
  return (
    <p className="problem" role="status">
      {others.map(({ message }) => message).join(' ')}
      {others.length === 0 && problems.length > 0 ? 'Something above has to be mended first.' : ''}
    </p>
  );
}
