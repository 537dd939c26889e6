import type { MenuItemConstructorOptions } from 'electron';
import { alertCommandIds, alertCommandLabels } from '../../shared/alerts/alert-commands.ts';
import type { PageCommand } from '../../shared/contract.ts';
import { rangeIds, rangeLabels } from '../../shared/ranges.ts';
import type { Appearance } from '../../shared/settings.ts';
import { viewIds, viewNames } from '../../shared/views.ts';

type Item = MenuItemConstructorOptions;

/** What the menu, and so the keys, can do. */
export interface MenuActions {
  refresh(): void;
  togglePause(): void;
  /** What the page carries out. */
  command(command: PageCommand): void;
  setAppearance(changes: Partial<Appearance>): void;
  togglePrivacy(): void;
  toggleMini(): void;
  openSettingsFile(): void;
  closeToTray(): void;
  quit(): void;
  zoom(steps: 1 | 0 | -1): void;
}

/** Where the menu is shown. */
export interface MenuPlace {
  readonly platform: NodeJS.Platform;
  /** Adds the developer tools. */
  readonly isDevelopment: boolean;
}

/** What the ticks of the menu follow. */
export interface MenuState {
  readonly appearance: Appearance;
  readonly isPaused: boolean;
  readonly isMiniOpen: boolean;
}

const themes = { system: 'System', light: 'Light', dark: 'Dark' } as const;
const palettes = {
  'colour-blind': 'Colour-Blind Safe Blue and Orange',
  classic: 'Classic Green and Red',
} as const;

/** Ids of the items that are ticked. */
export function tickedItems(state: MenuState): ReadonlySet<string> {
  const { theme, palette, privacy } = state.appearance;
  const when = (ticked: boolean, id: string): string[] => (ticked ? [id] : []);
  return new Set([
    ...[`theme-${theme}`, `palette-${palette}`, ...when(privacy, 'privacy')],
    ...[...when(state.isPaused, 'pause'), ...when(state.isMiniOpen, 'mini')],
  ]);
}

/** The application menu. Its keys work also while the menu bar is hidden. */
export function applicationMenu(actions: MenuActions, place: MenuPlace, state: MenuState): Item[] {
  const ticked = tickedItems(state);
  return [
    { label: 'Plumbline', submenu: plumblineMenu(actions) },
    { label: 'Edit', submenu: editMenu },
    { label: 'View', submenu: viewMenu(actions, place, ticked) },
    { label: 'Alerts', submenu: alertsMenu(actions) },
    { label: 'Monitor', submenu: monitorMenu(actions, ticked) },
    ...(place.platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
    {
      label: 'Help',
      role: 'help',
      submenu: [{ label: 'Keys', click: () => actions.command('keys') }],
    },
  ];
}

function plumblineMenu(actions: MenuActions): Item[] {
  return [
    {
      label: 'Open Settings File',
      accelerator: 'CmdOrCtrl+,',
      click: () => actions.openSettingsFile(),
    },
    { type: 'separator' },
    { label: 'Close to Tray', accelerator: 'CmdOrCtrl+W', click: () => actions.closeToTray() },
    { label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: () => actions.quit() },
  ];
}

const editMenu: Item[] = [
  { role: 'undo' },
  { role: 'redo' },
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
];

// Their keys are single letters, which the page listens to while no text field has the focus.
const alertsMenu = (actions: MenuActions): Item[] =>
  alertCommandIds.map((id) => ({
    label: alertCommandLabels[id],
    click: () => actions.command(id),
  }));

function monitorMenu(actions: MenuActions, ticked: ReadonlySet<string>): Item[] {
  const click = (): void => actions.togglePause();
  return [ticking('pause', { label: 'Pause', accelerator: 'CmdOrCtrl+Shift+P', click }, ticked)];
}

function viewMenu(actions: MenuActions, place: MenuPlace, ticked: ReadonlySet<string>): Item[] {
  const refresh = { label: 'Refresh Now', click: () => actions.refresh() };
  return [
    // Both keys mean reload elsewhere; here they never do.
    { ...refresh, accelerator: 'F5' },
    hidden({ ...refresh, accelerator: 'CmdOrCtrl+R' }),
    {
      label: 'Command Palette',
      accelerator: 'CmdOrCtrl+K',
      click: () => actions.command('palette'),
    },
    { type: 'separator' },
    ...viewIds.map((id, index) => ({
      label: viewNames[id],
      accelerator: `CmdOrCtrl+${index + 1}`,
      click: () => actions.command(`view-${id}`),
    })),
    { label: 'Chart Range', submenu: rangeMenu(actions) },
    { type: 'separator' },
    ...appearanceItems(actions, ticked),
    { type: 'separator' },
    ...textSizeItems(actions),
    { type: 'separator' },
    ticking('mini', { label: 'Mini Window', click: () => actions.toggleMini() }, ticked),
    { role: 'togglefullscreen' },
    ...(place.isDevelopment ? [{ role: 'toggleDevTools' } as const] : []),
  ];
}

const rangeMenu = (actions: MenuActions): Item[] =>
  rangeIds.map((id) => ({
    label: rangeLabels[id],
    click: () => actions.command(`range-${id}`),
  }));

function appearanceItems(actions: MenuActions, ticked: ReadonlySet<string>): Item[] {
  const { setAppearance, togglePrivacy } = actions;
  const privacy = { label: 'Hide Amounts', accelerator: 'CmdOrCtrl+B', click: togglePrivacy };
  return [
    { label: 'Theme', submenu: choices('theme', themes, setAppearance, ticked) },
    { label: 'Palette', submenu: choices('palette', palettes, setAppearance, ticked) },
    ticking('privacy', privacy, ticked),
  ];
}

/** One radio item for each value that a setting can have. */
function choices<K extends 'theme' | 'palette'>(
  key: K,
  labels: Readonly<Record<Appearance[K], string>>,
  choose: MenuActions['setAppearance'],
  ticked: ReadonlySet<string>,
): Item[] {
  return Object.entries(labels).map(([value, label]) => {
    const id = `${key}-${value}`;
    const click = (): void => choose({ [key]: value });
    return { id, label: String(label), type: 'radio', checked: ticked.has(id), click };
  });
}

const ticking = (id: string, item: Item, ticked: ReadonlySet<string>): Item => ({
  ...item,
  id,
  type: 'checkbox',
  checked: ticked.has(id),
});

function textSizeItems({ zoom }: MenuActions): Item[] {
  const larger = { label: 'Larger Text', click: () => zoom(1) };
  const smaller = { label: 'Smaller Text', click: () => zoom(-1) };
  return [
    { ...larger, accelerator: 'CmdOrCtrl+Plus' },
    // The same key without shift, and the one on the number pad.
    hidden({ ...larger, accelerator: 'CmdOrCtrl+=' }),
    hidden({ ...larger, accelerator: 'CmdOrCtrl+numadd' }),
    { ...smaller, accelerator: 'CmdOrCtrl+-' },
    hidden({ ...smaller, accelerator: 'CmdOrCtrl+numsub' }),
    { label: 'Normal Text', accelerator: 'CmdOrCtrl+0', click: () => zoom(0) },
  ];
}

const hidden = (item: Item): Item => ({
  ...item,
  visible: false,
  acceleratorWorksWhenHidden: true,
});
