import { Menu, Tray } from 'electron';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { trayImage } from './tray-image.ts';
import { type TrayFace, type TrayFigures, trayFace } from './tray-text.ts';

/** What the tray needs of the monitor. */
export interface TrayMonitor {
  /** Made anew at each call, so that its age is that of now. */
  state(): MonitorState;
  snapshot(): TrayFigures | null;
  onChange(listener: () => void): () => void;
  refresh(): unknown;
  setPaused(paused: boolean): unknown;
}

/** What the tray needs of the rest of the desktop. */
export interface TrayNeeds {
  readonly monitor: TrayMonitor;
  /** Whether amounts are to be kept off the screen. */
  readonly hidesAmounts: () => boolean;
  readonly open: () => void;
  readonly quit: () => void;
}

/** The icon in the tray, for as long as somebody holds it. */
export interface TrayIcon {
  /** Looks again at what it shows. */
  update(): void;
  close(): void;
}

const ageTickMs = 1000;

/** Shows the icon. Hold on to what is returned: a tray that is garbage-collected leaves the screen. */
export function openTray(needs: TrayNeeds): TrayIcon {
  const { monitor } = needs;
  let shown = faceOf(needs);
  const tray = new Tray(trayImage(shown.look));
  // Each face is put on once and compared: a desktop redraws whatever it is told.
  const putOn = (face: TrayFace, before: TrayFace | null): void => {
    if (!isSameLook(face, before)) tray.setImage(trayImage(face.look));
    if (face.tooltip !== before?.tooltip) tray.setToolTip(face.tooltip);
    if (face.headline !== before?.headline || face.isPaused !== before.isPaused)
      tray.setContextMenu(menuOf(face, needs));
    shown = face;
  };
  const update = (): void => {
    // Settings may still be written while Plumbline quits.
    if (!tray.isDestroyed()) putOn(faceOf(needs), shown);
  };
  putOn(shown, null);
  tray.on('click', needs.open);
  const stopListening = monitor.onChange(update);
  const ticking = setInterval(update, ageTickMs);
  return {
    update,
    close: () => {
      stopListening();
      clearInterval(ticking);
      tray.destroy();
    },
  };
}

const faceOf = ({ monitor, hidesAmounts }: TrayNeeds): TrayFace =>
  trayFace(monitor.state(), monitor.snapshot(), hidesAmounts());

const isSameLook = ({ look }: TrayFace, before: TrayFace | null): boolean =>
  look.mark === before?.look.mark && look.isDemo === before.look.isDemo;

function menuOf({ headline, isPaused }: TrayFace, { monitor, open, quit }: TrayNeeds): Menu {
  return Menu.buildFromTemplate([
    { label: headline, enabled: false },
    { type: 'separator' },
    { label: 'Open Plumbline', click: open },
    { label: 'Refresh now', enabled: !isPaused, click: () => void monitor.refresh() },
    isPaused
      ? { label: 'Resume', click: () => void monitor.setPaused(false) }
      : { label: 'Pause', click: () => void monitor.setPaused(true) },
    { type: 'separator' },
    { label: 'Quit', click: quit },
  ]);
}
