import { setTimeout as delay } from 'node:timers/promises';

/** Electron's app, as far as quitting goes. */
interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
  exit(code: number): void;
}

/** What quitting needs from others. */
export interface QuitNeeds {
  readonly app: QuittingApp;
  /** Ends all that was started: monitor, pool, feed, embedded database. */
  readonly closeAll: () => Promise<void>;
  readonly log: (message: string, error?: unknown) => void;
  readonly deadlineMs?: number;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// Long enough for a demo that is still starting: it has to be up before it can be taken down.
const defaultDeadlineMs = 10 * 1000;

/** Holds every way of quitting until all is closed or the deadline has passed; then really exits. */
export function holdQuit(needs: QuitNeeds): void {
  let isQuitting = false;
  const quit = (): void => {
    if (isQuitting) return;
    isQuitting = true;
    void closeInTime(needs).then((isClosed) => needs.app.exit(isClosed ? 0 : 1));
  };
  needs.app.on('before-quit', (event) => {
    event.preventDefault();
    quit();
  });
  for (const signal of signals) process.on(signal, quit);
  // Without a listener here, closing the last window would quit the app; the tray must live on.
  needs.app.on('window-all-closed', () => undefined);
}

/** Whether everything closed within the deadline. */
async function closeInTime({ closeAll, log, deadlineMs }: QuitNeeds): Promise<boolean> {
  const deadline = delay(deadlineMs ?? defaultDeadlineMs, 'late' as const);
  try {
    const end = await Promise.race([closeAll(), deadline]);
    if (end === 'late') log('Closing took too long; what was left ended with the process.');
    return end !== 'late';
  } catch (error) {
    log('Closing failed.', error);
    return false;
  }
}
