import type { MenuItemConstructorOptions } from 'electron';

/** What the menu, and so the keys, can do. */
export interface MenuActions {
  refresh(): void;
  togglePause(): void;
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

/** The application menu. Its keys work also while the menu bar is hidden. */
export function applicationMenu(
  actions: MenuActions,
  place: MenuPlace,
): MenuItemConstructorOptions[] {
  return [
    { label: 'Plumbline', submenu: plumblineMenu(actions) },
    { label: 'Edit', submenu: editMenu },
    { label: 'View', submenu: viewMenu(actions, place) },
    ...(place.platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
  ];
}

function plumblineMenu(actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    // Both keys mean reload elsewhere; here they never do.
    { label: 'Refresh Now', accelerator: 'F5', click: actions.refresh },
    hidden({ label: 'Refresh Now', accelerator: 'CmdOrCtrl+R', click: actions.refresh }),
    {
      label: 'Pause or Resume',
      accelerator: 'CmdOrCtrl+Shift+P',
      click: actions.togglePause,
    },
    { type: 'separator' },
    { label: 'Close to Tray', accelerator: 'CmdOrCtrl+W', click: actions.closeToTray },
    { label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: actions.quit },
  ];
}

const editMenu: MenuItemConstructorOptions[] = [
  { role: 'undo' },
  { role: 'redo' },
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
];

function viewMenu(actions: MenuActions, place: MenuPlace): MenuItemConstructorOptions[] {
  return [
    { label: 'Larger Text', accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoom(1) },
    // The same key without shift, and the one on the number pad.
    hidden({ label: 'Larger Text', accelerator: 'CmdOrCtrl+=', click: () => actions.zoom(1) }),
    hidden({ label: 'Larger Text', accelerator: 'CmdOrCtrl+numadd', click: () => actions.zoom(1) }),
    { label: 'Smaller Text', accelerator: 'CmdOrCtrl+-', click: () => actions.zoom(-1) },
    hidden({
      label: 'Smaller Text',
      accelerator: 'CmdOrCtrl+numsub',
      click: () => actions.zoom(-1),
    }),
    { label: 'Normal Text', accelerator: 'CmdOrCtrl+0', click: () => actions.zoom(0) },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(place.isDevelopment ? [{ role: 'toggleDevTools' } as const] : []),
  ];
}

const hidden = (item: MenuItemConstructorOptions): MenuItemConstructorOptions => ({
  ...item,
  visible: false,
  acceleratorWorksWhenHidden: true,
});
