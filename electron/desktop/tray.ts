import { Menu, nativeTheme, Tray } from 'electron';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { trayAlerts } from './tray-alerts.ts';
import { trayGround, trayImage } from './tray-image.ts';
import { type TrayMenuActions, trayMenu } from './tray-menu.ts';
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

/** What the tray needs of the alerts. */
export interface TrayAlertsSource {
  state(): AlertsState;
  onChange(listener: () => void): () => void;
  /** Acknowledges every alert of now. */
  ackAll(): unknown;
  /** Keeps all alerts from telling for so many minutes, or until the next trading day; null ends that. */
  snooze(until: number | 'tomorrow' | null): unknown;
}

/** What the tray needs of the rest of the desktop. */
export interface TrayNeeds
  extends Pick<TrayMenuActions, 'open' | 'openAlert' | 'openSettings' | 'quit'> {
  readonly monitor: TrayMonitor;
  readonly alerts: TrayAlertsSource;
  readonly mini: { isOpen(): boolean; toggle(): void; onChange(listener: () => void): () => void };
  /** Whether amounts are to be kept off the screen. */
  readonly hidesAmounts: () => boolean;
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
  const first = shownNow(needs);
  const tray = new Tray(trayImage(first.face.look, first.ground));
  let shown: Shown | null = null;
  const update = (): void => {
    // Settings may still be written while Plumbline quits.
    if (tray.isDestroyed()) return;
    const now = shownNow(needs);
    putOn(tray, now, shown);
    shown = now;
  };
  update();
  tray.on('click', () => needs.open());
  nativeTheme.on('updated', update);
  const undos = [needs.monitor, needs.alerts, needs.mini].map((source) => source.onChange(update));
  const ticking = setInterval(update, ageTickMs);
  return {
    update,
    close: () => {
      for (const undo of undos) undo();
      nativeTheme.off('updated', update);
      clearInterval(ticking);
      tray.destroy();
    },
  };
}

/** All that is on the screen. */
interface Shown {
  readonly face: TrayFace;
  readonly ground: ReturnType<typeof trayGround>;
  readonly items: Electron.MenuItemConstructorOptions[];
}

function shownNow(needs: TrayNeeds): Shown {
  const { monitor, mini, hidesAmounts } = needs;
  const snapshot = monitor.snapshot();
  const alerts = needs.alerts.state();
  const face = trayFace({
    ...{ state: monitor.state(), snapshot, alerts: trayAlerts(alerts) },
    hidesAmounts: hidesAmounts(),
  });
  const { headline, isPaused } = face;
  // Before the first figures nobody knows the zone of the trading day.
  const zone = snapshot?.day.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isMiniOpen = mini.isOpen();
  const items = trayMenu(actionsOf(needs), { headline, isPaused, alerts, isMiniOpen, zone });
  return { face, ground: trayGround(), items };
}

const actionsOf = (needs: TrayNeeds): TrayMenuActions => ({
  open: () => needs.open(),
  openAlert: (episodeId) => needs.openAlert(episodeId),
  ackAll: () => void needs.alerts.ackAll(),
  snooze: (until) => void needs.alerts.snooze(until),
  refresh: () => void needs.monitor.refresh(),
  setPaused: (paused) => void needs.monitor.setPaused(paused),
  toggleMini: () => needs.mini.toggle(),
  openSettings: () => needs.openSettings(),
  quit: () => needs.quit(),
});

/** Each part is put on once and compared: a desktop redraws whatever it is told. */
function putOn(tray: Tray, now: Shown, before: Shown | null): void {
  if (!isSameIcon(now, before)) tray.setImage(trayImage(now.face.look, now.ground));
  if (now.face.tooltip !== before?.face.tooltip) tray.setToolTip(now.face.tooltip);
  if (!isSameMenu(now, before)) tray.setContextMenu(Menu.buildFromTemplate(now.items));
}

const isSameIcon = ({ face: { look }, ground }: Shown, before: Shown | null): boolean =>
  look.mark === before?.face.look.mark &&
  look.isDemo === before.face.look.isDemo &&
  ground === before.ground;

/** By what they show and by their ids: a click goes to the alert that it was made for. */
const isSameMenu = ({ items }: Shown, before: Shown | null): boolean =>
  before !== null && JSON.stringify(items) === JSON.stringify(before.items);
