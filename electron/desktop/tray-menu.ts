import type { MenuItemConstructorOptions } from 'electron';
import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import type { Severity } from '../../shared/alerts/rule.ts';
import { formatText, formatTime } from '../../shared/format.ts';
import type { TrayFace } from './tray-text.ts';

type Item = MenuItemConstructorOptions;

/** What the tray's menu can do. */
export interface TrayMenuActions {
  open(): void;
  /** Opens the window on an alert. */
  openAlert(episodeId: string): void;
  ackAll(): void;
  /** For so many minutes or until the next trading day; null ends it. */
  snooze(until: number | 'tomorrow' | null): void;
  refresh(): void;
  setPaused(paused: boolean): void;
  toggleMini(): void;
  openSettings(): void;
  quit(): void;
}

/** What the menu shows at one moment; equal ones make equal menus. */
export interface TrayMenuState extends Pick<TrayFace, 'headline' | 'isPaused'> {
  readonly alerts: AlertsState;
  readonly isMiniOpen: boolean;
  /** The zone that times are told in. */
  readonly zone: string;
}

const mostAlerts = 3;
const longestName = 40;
const snoozes: readonly { readonly label: string; readonly until: number | 'tomorrow' }[] = [
  { label: '15 minutes', until: 15 },
  { label: '1 hour', until: 60 },
  { label: 'Until tomorrow', until: 'tomorrow' },
];

/** The tray's menu. */
export function trayMenu(actions: TrayMenuActions, state: TrayMenuState): Item[] {
  const { headline, isPaused, isMiniOpen } = state;
  return [
    { label: plain(headline), enabled: false },
    ...alertItems(actions, state),
    { type: 'separator' },
    ...snoozeItems(actions, state),
    isPaused
      ? { label: 'Resume', click: () => actions.setPaused(false) }
      : { label: 'Pause', click: () => actions.setPaused(true) },
    { label: 'Refresh now', enabled: !isPaused, click: () => actions.refresh() },
    { type: 'separator' },
    { label: 'Open Plumbline', click: () => actions.open() },
    {
      label: 'Mini window',
      type: 'checkbox',
      checked: isMiniOpen,
      click: () => actions.toggleMini(),
    },
    { label: 'Settings…', click: () => actions.openSettings() },
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ];
}

/** The alerts of now, worst first, then those that ended last; and one word to all that are not acknowledged. */
function alertItems(actions: TrayMenuActions, { alerts, zone }: TrayMenuState): Item[] {
  const now = alerts.isReady ? alerts.current.map(({ episode }) => episode) : [];
  const earlier = alerts.recent.filter(({ id }) => now.every((episode) => episode.id !== id));
  const shown = [...now, ...earlier].slice(0, mostAlerts);
  if (shown.length === 0) return [];
  const items: Item[] = shown.map((episode) => ({
    // Tells a menu from one whose alerts read the same.
    id: `alert ${episode.id}`,
    label: plain(alertLabel(episode, zone, now.includes(episode))),
    click: () => actions.openAlert(episode.id),
  }));
  const waits = now.some(({ acked }) => acked === null);
  const ackAll: Item = { label: 'Acknowledge all', click: () => actions.ackAll() };
  return [{ type: 'separator' }, ...items, ...(waits ? [ackAll] : [])];
}

/** Without amounts: they may have to stay hidden, and the menu would be made anew with each. */
function alertLabel(
  { name, scope, severity, start, acked }: Episode,
  zone: string,
  isOfNow: boolean,
) {
  const what = [name, ...(scope === null ? [] : [scope])].map((part) =>
    formatText(part, longestName),
  );
  const standing = isOfNow ? (acked === null ? severityWords[severity] : 'Acknowledged') : 'Ended';
  return `${standing}: ${what.join(' · ')} · ${minuteOf(start.at, zone)}`;
}

const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Notice',
};

function snoozeItems(actions: TrayMenuActions, { alerts, zone }: TrayMenuState): Item[] {
  const { snoozedUntil } = alerts;
  const submenu = snoozes.map(({ label, until }) => ({
    label,
    click: () => actions.snooze(until),
  }));
  if (snoozedUntil === null) return [{ label: 'Snooze alerts', submenu }];
  return [
    {
      label: `Snoozed until ${minuteOf(snoozedUntil, zone)} – end now`,
      click: () => actions.snooze(null),
    },
    { label: 'Snooze alerts', submenu },
  ];
}

/** `14:30` */
const minuteOf = (instant: string, zone: string): string => formatTime(instant, zone).slice(0, 5);

/** A single `&` would underline the letter after it, and vanish. */
const plain = (label: string): string => label.replaceAll('&', '&&');
