import type { BrowserWindow, WebContents } from 'electron';

/** The windows that Plumbline made itself; nothing else may call main. */
export interface OwnWindows {
  /** Takes a window in, until it is closed. */
  add(window: BrowserWindow): void;
  owns(contents: WebContents): boolean;
  /** Contents that a person can see now. */
  visible(): WebContents[];
}

/** Starts with none. */
export function createOwnWindows(): OwnWindows {
  const windows = new Set<BrowserWindow>();
  const contents = (): WebContents[] => [...windows].map((window) => window.webContents);
  return {
    add: (window) => {
      windows.add(window);
      window.once('closed', () => windows.delete(window));
    },
    owns: (asked) => contents().includes(asked),
    visible: () =>
      [...windows]
        .filter((window) => !window.isDestroyed() && window.isVisible())
        .map((window) => window.webContents)
        .filter((shown) => !shown.isDestroyed() && !shown.isCrashed()),
  };
}
