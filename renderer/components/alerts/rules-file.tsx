import { useRef, useState } from 'react';
import type { ImportResult } from '../../../shared/alerts/alerts-state.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { ModalDialog } from '../../keys/modal-dialog.tsx';
import { TextDialog } from './text-dialog.tsx';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'export'; readonly text: string }
  | { readonly kind: 'import'; readonly text: string; readonly plan: ImportResult };

// A call takes 64 KiB at most, and the text is a part of it.
const mostBytes = 60_000;

/** Takes rules out as text, and in from a file: what would change is shown before it does. */
export function RulesFile() {
  const store = useAlertsStore();
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => setOpen({ kind: 'none' });
  const readFile = async (file: File): Promise<void> => {
    setProblem(null);
    if (file.size > mostBytes) return setProblem('The file is too large to hold alert rules.');
    const text = await file.text();
    const result = await store.act((client) => client.importRules({ text, isDryRun: true }));
    if (result.ok) setOpen({ kind: 'import', text, plan: result.value });
  };
  const exportRules = async (): Promise<void> => {
    const result = await store.act((client) => client.exportRules());
    if (result.ok) setOpen({ kind: 'export', text: result.value });
  };
  return (
    <>
      {problem === null ? null : <span className="problem">{problem}</span>}
      <FileButton
        onFile={(file) => {
          readFile(file).catch(() => setProblem('The file could not be read. Try it once more.'));
        }}
      />
      <button type="button" className="action" onClick={() => void exportRules()}>
        Export
      </button>
      {open.kind === 'export' ? (
        <TextDialog
          title="All rules as JSON"
          hint="Keep it in a file; Import takes it back."
          text={open.text}
          onClose={close}
        />
      ) : null}
      {open.kind === 'import' ? (
        <ImportDialog text={open.text} plan={open.plan} onClose={close} />
      ) : null}
    </>
  );
}

function FileButton({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="action" onClick={() => input.current?.click()}>
        Import
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="File with alert rules"
        data-testid="import-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          // So that the same file can be chosen once more after it was mended.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

interface ImportProps {
  text: string;
  plan: ImportResult;
  onClose: () => void;
}

function ImportDialog({ text, plan, onClose }: ImportProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const store = useAlertsStore();
  const { problems, added, changed } = plan;
  const mayApply = problems.length === 0 && added.length + changed.length > 0;
  const apply = (): void => {
    void store
      .act((client) => client.importRules({ text, isDryRun: false }))
      .then((result) => (result.ok ? dialog.current?.close() : undefined));
  };
  return (
    <ModalDialog className="small-dialog" label="Import rules" dialogRef={dialog} onClose={onClose}>
      <div className="small-content" data-testid="import-dialog">
        <h2>Import rules</h2>
        <Difference plan={plan} />
        <div className="buttons">
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            {mayApply ? 'Cancel' : 'Close'}
          </button>
          {mayApply ? (
            <button
              type="button"
              className="action primary"
              data-testid="apply-import"
              onClick={apply}
            >
              Apply
            </button>
          ) : null}
        </div>
      </div>
    </ModalDialog>
  );
}

function Difference({ plan: { problems, added, changed, unchanged } }: { plan: ImportResult }) {
  if (problems.length > 0) {
    return (
      <>
        <p>Nothing was imported.</p>
        <ul className="problem">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <ul className="import-plan">
      {added.map((name) => (
        <li key={`new ${name}`}>
          <b>New</b> {name}
        </li>
      ))}
      {changed.map(({ name, what }) => (
        <li key={`changed ${name}`}>
          <b>Changed</b> {name}
          <ul className="dim">
            {what.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </li>
      ))}
      <li className="dim">
        {unchanged === 1 ? '1 rule stays as it is.' : `${unchanged} rules stay as they are.`}
      </li>
    </ul>
  );
}
