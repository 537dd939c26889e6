import { Notification } from 'electron';
import type { Toast } from '../../shared/alerts/toast.ts';

/** What the notifier needs from others. */
export interface NotifierNeeds {
  /** A notification was clicked: show this episode, or with null the inbox. */
  open(episodeId: string | null): void;
  /** One of its buttons was pressed; without it there are none. */
  act?(pressed: { readonly episodeId: string; readonly action: NotificationAction }): void;
  readonly log: (message: string, error?: unknown) => void;
}

/** What a notification's buttons can do. */
type NotificationAction = 'ack' | 'snooze';

/** Shows the desktop's own notifications. */
export interface Notifier {
  /** Whether the desktop took it. Never rejects; `failed` at the latest five seconds after the call. */
  show(toast: Toast): Promise<'shown' | 'failed'>;
  /** Takes those of an episode off the screen. */
  close(episodeId: string): void;
  /** Whether this platform has notifications; on Linux one may fail all the same, without a daemon. */
  isSupported(): boolean;
}

interface OnScreen {
  readonly notification: Notification;
  readonly episodeId: string | null;
}

const showDeadlineMs = 5 * 1000;
// Not every platform tells of every end: the oldest are let go, and clicks on them go nowhere.
const mostHeld = 100;
const buttons: readonly { readonly action: NotificationAction; readonly text: string }[] = [
  { action: 'ack', text: 'Acknowledge' },
  { action: 'snooze', text: 'Snooze' },
];

/** Makes the one notifier of the app. */
export function createNotifier(needs: NotifierNeeds): Notifier {
  // Held until it is gone: a notification that is garbage-collected forgets its listeners.
  const onScreen = new Set<OnScreen>();
  return {
    show: async (toast) => {
      if (!Notification.isSupported()) return 'failed';
      try {
        return await showOne(toast, onScreen, needs);
      } catch (error) {
        needs.log('A notification could not be made.', error);
        return 'failed';
      }
    },
    close: (episodeId) => {
      for (const shown of onScreen) if (shown.episodeId === episodeId) take(shown, onScreen);
    },
    isSupported: () => Notification.isSupported(),
  };
}

function showOne(
  toast: Toast,
  onScreen: Set<OnScreen>,
  needs: NotifierNeeds,
): Promise<'shown' | 'failed'> {
  const notification = new Notification(optionsOf(toast, needs));
  const shown: OnScreen = { notification, episodeId: toast.episodeId };
  hold(shown, onScreen);
  listen(shown, onScreen, needs);
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      needs.log('The desktop did not say whether it showed a notification.');
      // Its owner tries again: one that came up late would be a second one.
      take(shown, onScreen);
      resolve('failed');
    }, showDeadlineMs);
    const settle = (outcome: 'shown' | 'failed'): void => {
      clearTimeout(deadline);
      resolve(outcome);
    };
    // On Linux both come within show(), which waits for the answer of the notification daemon.
    notification.once('show', () => settle('shown'));
    notification.once('failed', (_event, error) => {
      needs.log(`The desktop refused a notification${error === '' ? '.' : `: ${error}`}`);
      onScreen.delete(shown);
      settle('failed');
    });
    notification.show();
  });
}

function optionsOf(
  { title, body, isSticky, episodeId }: Toast,
  { act }: NotifierNeeds,
): Electron.NotificationConstructorOptions {
  return {
    title,
    body,
    urgency: isSticky ? 'critical' : 'normal',
    timeoutType: isSticky ? 'never' : 'default',
    ...(act === undefined || episodeId === null
      ? {}
      : { actions: buttons.map(({ text }) => ({ type: 'button', text })) }),
  };
}

function listen(shown: OnScreen, onScreen: Set<OnScreen>, { open, act }: NotifierNeeds): void {
  const { notification, episodeId } = shown;
  notification.on('click', () => {
    take(shown, onScreen);
    open(episodeId);
  });
  notification.on('action', (details, index) => {
    // Electron 33 passes the button as an argument of its own, later ones within the event.
    const pressed = buttons[details.actionIndex ?? index];
    take(shown, onScreen);
    if (pressed !== undefined && episodeId !== null) act?.({ episodeId, action: pressed.action });
  });
  notification.on('close', () => onScreen.delete(shown));
}

function hold(shown: OnScreen, onScreen: Set<OnScreen>): void {
  onScreen.add(shown);
  const [oldest] = onScreen;
  if (onScreen.size > mostHeld && oldest !== undefined) onScreen.delete(oldest);
}

/** A sticky one would stay on some desktops after it was answered. */
function take(shown: OnScreen, onScreen: Set<OnScreen>): void {
  onScreen.delete(shown);
  shown.notification.close();
}
