import { useEffect, useEffectEvent, useState } from 'react';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { chartRange, useChartRange } from '../charts/chart-range.ts';
import { useAlertsStore } from '../client/alerts-context.tsx';
import { answerOf } from '../client/answer-of.ts';
import { canAct, plumblineClient } from '../client/bridge.ts';
import { useOverTime, useRefresh, useSetPaused } from '../client/monitor-context.tsx';
import { useSettingsView } from '../client/settings-context.tsx';
import {
  longSnoozeMin,
  type SnoozeFor,
  shortSnoozeMin,
  useAlertChoices,
} from '../components/alerts/alert-actions.ts';
import { ackTarget, snoozeTarget } from '../components/alerts/chosen-alert.ts';
import { alertsPage } from '../views/alerts-page.ts';
import { currentView, useCurrentView } from '../views/current-view.ts';
import type { AlertActions, SnoozeSpan } from './alert-commands.ts';
import { CommandPalette } from './command-palette.tsx';
import {
  type CommandActions,
  type CommandId,
  type CommandState,
  commandById,
  commandOfKeys,
  commandsOf,
} from './commands.ts';
import { KeySequences } from './key-sequences.ts';
import { KeysSheet } from './keys-sheet.tsx';
import { focusFilter, lettersTaken } from './page-focus.ts';

type Dialog = 'keys' | 'palette';

const offered = commandsOf(canAct);

/** Keys, keys sheet and command palette, and what the menu asks of the page. */
export function KeyboardCenter() {
  const [open, setOpen] = useState<Dialog | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const actions = useActions(setOpen, setFailure);
  const state = useCommandState();
  useKeysAndMenu(actions, state);
  // The event of a dialog that has closed arrives late: another may be open by then.
  const closed = (dialog: Dialog): void => setOpen((now) => (now === dialog ? null : now));
  return (
    <>
      {open === 'keys' ? <KeysSheet state={state} onClose={() => closed('keys')} /> : null}
      {open === 'palette' ? (
        <CommandPalette actions={actions} state={state} onClose={() => closed('palette')} />
      ) : null}
      {failure === null ? null : (
        <div className="command-failure" role="alert">
          <span>{failure}</span>
          <button type="button" className="action" onClick={() => setFailure(null)}>
            Close
          </button>
        </div>
      )}
    </>
  );
}

function useActions(
  open: (dialog: Dialog) => void,
  tellFailure: (message: string | null) => void,
): CommandActions {
  const refresh = useRefresh();
  const setPaused = useSetPaused();
  return {
    refresh: () => void refresh(),
    setPaused: (paused) => void setPaused(paused),
    chooseRange: chartRange.choose,
    setAppearance: (change) => {
      void answerOf(plumblineClient().settings.setAppearance(change)).then((result) =>
        tellFailure(result.ok ? null : result.error.message),
      );
    },
    open,
    show: currentView.show,
    // A view without a filter still has its commands.
    find: () => (focusFilter() ? undefined : open('palette')),
    toggleMini: () => {
      void answerOf(plumblineClient().desktop.toggleMini()).then((result) =>
        tellFailure(result.ok ? null : result.error.message),
      );
    },
    alerts: useAlertActions(),
  };
}

const spans: Readonly<Record<SnoozeSpan, SnoozeFor>> = {
  '15-minutes': shortSnoozeMin,
  hour: longSnoozeMin,
  tomorrow: 'tomorrow',
};

/** What keys and palette do about alerts; the selection of the inbox counts where it is seen alone. */
function useAlertActions(): AlertActions {
  const store = useAlertsStore();
  const { ack, snooze, endSnooze } = useAlertChoices();
  const actOn = (
    find: (state: AlertsState, selectedId: string | null) => Episode | null,
    act: (episodeId: string) => void,
  ): void => {
    const { state } = store.view();
    const { tab, episodeId } = alertsPage.place();
    const isSeen = currentView.shown() === 'alerts' && tab === 'inbox';
    const target = state === null ? null : find(state, isSeen ? episodeId : null);
    if (target !== null) act(target.id);
  };
  return {
    ack: () => actOn(ackTarget, (id) => ack(id)),
    snooze: () => actOn(snoozeTarget, (id) => snooze(id, shortSnoozeMin)),
    snoozeAll: (span) => (span === null ? endSnooze(null) : snooze(null, spans[span])),
    newRule: () => alertsPage.go({ dialog: { kind: 'editor', ruleId: null } }),
    test: () => alertsPage.go({ dialog: { kind: 'test', ruleId: null } }),
  };
}

function useCommandState(): CommandState {
  const view = useSettingsView();
  const { appearance } = view.kind === 'known' ? view.state.settings : defaultSettings;
  const paused = useOverTime(({ latest }) => latest?.state.status.kind === 'paused');
  return { paused, range: useChartRange(), view: useCurrentView(), appearance };
}

/** One listener for the whole page, and one for the menu; both look into the same table. */
function useKeysAndMenu(actions: CommandActions, state: CommandState): void {
  const run = useEffectEvent((id: CommandId) => commandById(id)?.run?.(actions, state));
  useEffect(() => plumblineClient().desktop.command((id) => run(id)), []);
  useEffect(() => {
    const sequences = new KeySequences(
      offered.flatMap(({ keys }) => keys),
      () => performance.now(),
    );
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, target } = event;
      const keys = sequences.press({
        ...{ key, ctrlKey, metaKey, altKey, shiftKey, repeat },
        lettersTaken: lettersTaken(target),
      });
      const command = keys === null ? undefined : commandOfKeys(keys, offered);
      if (command === undefined) return;
      // The menu has some of these keys too: what is prevented here does not reach it.
      event.preventDefault();
      run(command.id);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
