import { useEffect, useRef, useState } from 'react';
import type { TestResult } from '../../../shared/alerts/alerts-state.ts';
import { useAlertsStore } from '../../client/alerts-context.tsx';
import { answerOf } from '../../client/answer-of.ts';
import { ModalDialog } from '../../keys/modal-dialog.tsx';
import { alertsPage } from '../../views/alerts-page.ts';

type View =
  | { readonly kind: 'asking' }
  | { readonly kind: 'asked'; readonly result: TestResult }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'seen' }
  | { readonly kind: 'not-seen' };

const advice = [
  'Look whether the desktop is set to "do not disturb", or to a focus mode.',
  'Look in the desktop’s settings whether notifications of Plumbline are allowed, and shown as banners.',
  'On Linux a notification service has to run; most desktops bring one.',
  'Until it works, alerts stand in the strip, in the inbox and in the tray; a webhook reaches you away from the desk.',
];

/** Sends a test notification by the way that alerts go, and asks whether it was seen. */
export function TestDialog({ ruleId }: { ruleId: string | null }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const store = useAlertsStore();
  const [view, setView] = useState<View>({ kind: 'asking' });
  const wasSent = useRef(false);
  useEffect(() => {
    // In development an effect runs twice; one notification is enough.
    if (wasSent.current) return;
    wasSent.current = true;
    void answerOf(store.client.test(ruleId)).then((answer) =>
      setView(
        answer.ok
          ? { kind: 'asked', result: answer.value }
          : { kind: 'failed', message: answer.error.message },
      ),
    );
  }, [store, ruleId]);
  return (
    <ModalDialog
      className="small-dialog"
      label="Test notification"
      dialogRef={dialog}
      onClose={alertsPage.closeDialog}
    >
      <div className="small-content" data-testid="test-dialog">
        <h2>Test notification</h2>
        <div role="status">
          <Answer view={view} />
        </div>
        <div className="buttons">
          <button type="button" className="action" onClick={() => dialog.current?.close()}>
            Close
          </button>
          {view.kind === 'asked' && view.result.wasShown ? (
            <>
              <button
                type="button"
                className="action"
                onClick={() => setView({ kind: 'not-seen' })}
              >
                No
              </button>
              <button
                type="button"
                className="action primary"
                onClick={() => setView({ kind: 'seen' })}
              >
                Yes, it was seen
              </button>
            </>
          ) : null}
        </div>
      </div>
    </ModalDialog>
  );
}

function Answer({ view }: { view: View }) {
  switch (view.kind) {
    case 'asking':
      return <p>The notification is being sent.</p>;
    case 'failed':
      return <p>{`It could not be sent. ${view.message}`}</p>;
    case 'seen':
      return <p>Notifications reach you here.</p>;
    case 'asked':
      return (
        <>
          <p>{view.result.message}</p>
          {view.result.wasShown ? null : <Advice />}
        </>
      );
    case 'not-seen':
      return (
        <>
          <p>The desktop took the notification and did not show it.</p>
          <Advice />
        </>
      );
  }
}

const Advice = () => (
  <ul className="advice">
    {advice.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);
