import type { BrowserWindow, WebContents } from 'electron';

/** The windows that Plumbline made itself; nothing else may call main. */
export interface OwnWindows {
  /** Takes a window in, until it is closed. */
  add(window: BrowserWindow): void;
  owns(contents: object): boolean;
  /** Contents that a person can see now. */
  visible(): WebContents[];
}

/** Starts with none. */
export function createOwnWindows(): OwnWindows {
  const windows = new Set<BrowserWindow>();
  return {
    add: (window) => {
      windows.add(window);
      window.once('closed', () => windows.delete(window));
    },
    owns: (asked) => [...windows].some((window) => window.webContents === asked),
    visible: () =>
      [...windows]
        .filter((window) => !window.isDestroyed() && window.isVisible())
        .map((window) => window.webContents)
        .filter((shown) => !shown.isDestroyed() && !shown.isCrashed()),
  };
}
