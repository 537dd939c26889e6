import { BrowserWindow } from 'electron';
import { miniAddress } from './app-address.ts';
import { placeMini } from './mini-place.ts';
import { type PageRecoveryNeeds, recoverPage } from './page-recovery.ts';
import { basicOptions, followTheme, workAreas } from './window-basics.ts';
import type { OwnWindows } from './windows.ts';

/** Where the mini window was last seen, in screen coordinates, and whether it was open. */
interface RememberedMini {
  readonly x: number;
  readonly y: number;
  readonly isOpen: boolean;
}

/** What the mini window needs from others. */
export interface MiniWindowNeeds extends PageRecoveryNeeds {
  readonly windows: Pick<OwnWindows, 'add'>;
  /** The built preload script. */
  readonly preload: string;
  readonly place: {
    remembered(): RememberedMini | null;
    /** Called for every pixel of a drag. */
    remember(place: RememberedMini): void;
  };
  /** It can be seen now, and has missed pushes. */
  readonly onShow: () => void;
}

/** A small window that stays on top of all others; there while it is wanted, and costs nothing else. */
export interface MiniWindow {
  isOpen(): boolean;
  toggle(): void;
  /** Hears of opening and closing. */
  onChange(listener: () => void): () => void;
  /** Takes it off the screen for good; the next start opens it again if it was open. */
  destroy(): void;
}

/** Makes it, and opens it if it was open when Plumbline was quit. */
export function createMiniWindow(needs: MiniWindowNeeds): MiniWindow {
  const { place } = needs;
  const listeners = new Set<() => void>();
  let window: BrowserWindow | null = null;
  let isQuitting = false;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const open = (): void => {
    const opened = openWindow(needs);
    window = opened;
    opened.once('closed', () => {
      window = null;
      const last = place.remembered();
      // Once it is gone, for a window that is closing still tells of moves.
      if (last !== null && !isQuitting) place.remember({ ...last, isOpen: false });
      changed();
    });
    changed();
  };
  if (place.remembered()?.isOpen === true) open();
  return {
    isOpen: () => window !== null,
    toggle: () => (window === null ? open() : window.close()),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy: () => {
      isQuitting = true;
      window?.destroy();
    },
  };
}

function openWindow(needs: MiniWindowNeeds): BrowserWindow {
  const window = new BrowserWindow({
    ...basicOptions(needs.preload),
    ...placeMini(needs.place.remembered(), workAreas()),
    ...{ frame: false, alwaysOnTop: true, skipTaskbar: true, title: 'Plumbline mini window' },
    ...{ resizable: false, minimizable: false, maximizable: false, fullscreenable: false },
  });
  needs.windows.add(window);
  rememberPlace(window, needs.place);
  followTheme(window);
  recoverPage(window.webContents, needs, {
    address: miniAddress,
    giveUp: () => {
      needs.log('The mini window was closed, for its page stopped several times in a minute.');
      window.close();
    },
  });
  window.on('show', needs.onShow);
  // What a person is typing elsewhere must not go into it.
  window.once('ready-to-show', () => window.showInactive());
  window.loadURL(miniAddress).catch((error: unknown) => {
    // It may be closed before its page has loaded.
    if (!window.isDestroyed()) needs.log('The page of the mini window did not load.', error);
  });
  return window;
}

function rememberPlace(window: BrowserWindow, { remember }: MiniWindowNeeds['place']): void {
  const note = (): void => {
    const [x = 0, y = 0] = window.getPosition();
    remember({ x, y, isOpen: true });
  };
  note();
  window.on('move', note);
}
