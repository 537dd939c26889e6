import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { startAddress, stoppedAddress } from './app-address.ts';
import { type PageRecoveryNeeds, recoverPage } from './page-recovery.ts';
import { drawIcon } from './tray-image.ts';
import { basicOptions, followTheme, workAreas } from './window-basics.ts';
import { placeOnScreens, type Rectangle, smallestSize } from './window-place.ts';
import type { OwnWindows } from './windows.ts';

/** Where the window stood when it was last seen. */
interface RememberedPlace extends Rectangle {
  readonly maximized: boolean;
}

/** What the window needs from others. */
export interface MainWindowNeeds extends PageRecoveryNeeds {
  readonly windows: Pick<OwnWindows, 'add'>;
  /** The built preload script. */
  readonly preload: string;
  readonly place: {
    remembered(): RememberedPlace | null;
    /** Called for every pixel of a drag. */
    remember(place: RememberedPlace): void;
  };
  /** The person closed the window; Plumbline goes on in the tray. */
  readonly onCloseToTray: () => void;
  /** It can be seen again, and may have missed pushes. */
  readonly onShow: () => void;
}

/** The one window with the views. */
export interface MainWindow {
  /** Brings it to the front from wherever it is. */
  show(): void;
  /** As the close button does. */
  closeToTray(): void;
  /** Takes it off the screen for good. */
  destroy(): void;
  /** Larger or smaller text, 0 for the normal size. */
  zoom(steps: 1 | 0 | -1): void;
}

const zoomStep = 0.5;
const furthestZoom = 4;

/** Makes the window and starts loading its page; it shows itself once there is something to see. */
export function openMainWindow(needs: MainWindowNeeds): MainWindow {
  const remembered = needs.place.remembered();
  const window = new BrowserWindow(optionsFor(needs.preload, remembered));
  needs.windows.add(window);
  if (remembered?.maximized) window.maximize();
  rememberPlace(window, needs.place);
  hideOnClose(window, needs.onCloseToTray);
  followTheme(window);
  recoverPage(window.webContents, needs, {
    address: startAddress,
    giveUp: (load) => load(stoppedAddress),
  });
  window.on('show', needs.onShow);
  window.once('show', () => giveIcon(window));
  window.once('ready-to-show', () => window.show());
  window.loadURL(startAddress).catch((error: unknown) => {
    // Quitting destroys a window whose page may still be loading.
    if (!window.isDestroyed()) needs.log('The first page did not load.', error);
  });
  return {
    show: () => bringForward(window),
    closeToTray: () => window.close(),
    destroy: () => window.destroy(),
    zoom: (steps) => zoom(window, steps),
  };
}

function optionsFor(
  preload: string,
  remembered: RememberedPlace | null,
): BrowserWindowConstructorOptions {
  return {
    ...basicOptions(preload),
    ...placeOnScreens(remembered, workAreas()),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
  };
}

function rememberPlace(window: BrowserWindow, place: MainWindowNeeds['place']): void {
  const remember = (): void =>
    place.remember({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('move', remember);
  window.on('resize', remember);
  window.on('close', remember);
}

/** The tray lives on, so a closed window is only out of sight; quitting does not come this way. */
function hideOnClose(window: BrowserWindow, onCloseToTray: () => void): void {
  window.on('close', (event) => {
    event.preventDefault();
    window.hide();
    onCloseToTray();
  });
}

/** Elsewhere the program's file brings its icon. After the first look, for drawing takes a while. */
function giveIcon(window: BrowserWindow): void {
  if (process.platform === 'linux') window.setIcon(drawIcon(64));
}

function bringForward(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function zoom({ webContents }: BrowserWindow, steps: 1 | 0 | -1): void {
  const wished = steps === 0 ? 0 : webContents.getZoomLevel() + steps * zoomStep;
  webContents.setZoomLevel(Math.max(-furthestZoom, Math.min(wished, furthestZoom)));
}
