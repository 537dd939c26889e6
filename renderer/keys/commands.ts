import type { AlertCommand } from '../../shared/alerts/alert-commands.ts';
import type { PageCommand } from '../../shared/contract.ts';
import { type RangeId, rangeIds, rangeLabels } from '../../shared/ranges.ts';
import type { Appearance } from '../../shared/settings.ts';
import { type ViewId, viewIds, viewNames } from '../../shared/views.ts';
import { type AlertActions, alertCommands } from './alert-commands.ts';

/** What commands can do to the window. */
export interface CommandActions {
  readonly refresh: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly chooseRange: (range: RangeId) => void;
  readonly setAppearance: (change: Partial<Appearance>) => void;
  readonly open: (dialog: 'keys' | 'palette') => void;
  readonly show: (view: ViewId) => void;
  /** To the filter of the view, where it has one. */
  readonly find: () => void;
  readonly toggleMini: () => void;
  readonly alerts: AlertActions;
}

/** What names and marks of commands depend on. */
export interface CommandState {
  readonly paused: boolean;
  readonly range: RangeId;
  readonly view: ViewId;
  readonly appearance: Appearance;
}

type LookCommand =
  | `theme-${Appearance['theme']}`
  | `palette-${Appearance['palette']}`
  | 'hide-amounts';

type MenuCommand = 'settings-file' | 'larger' | 'smaller' | 'normal' | 'close-to-tray' | 'quit';

export type CommandId =
  | PageCommand
  | 'refresh'
  | 'pause'
  | 'close'
  | 'find'
  | 'mini'
  | AlertCommand
  | LookCommand
  | MenuCommand;

/** One line of the keys sheet and, when it can be run here, of the palette. */
export interface Command {
  readonly id: CommandId;
  readonly group: 'Views' | 'Figures' | 'Alerts' | 'Chart range' | 'Look' | 'Window';
  readonly label: (state: CommandState) => string;
  /** Keys that the page listens to: `?`, `t d` (one after the other), `Mod+K`. */
  readonly keys: readonly string[];
  /** Keys of the menu and of the dialogs, which act by themselves and are only listed. */
  readonly otherKeys: readonly string[];
  /** Null where the menu alone can do it. */
  readonly run: ((actions: CommandActions, state: CommandState) => void) | null;
  /** Whether the choice is in effect; null for what is no choice. */
  readonly isOn: ((state: CommandState) => boolean) | null;
}

const rangeKeys: Readonly<Record<RangeId, readonly string[]>> = {
  today: ['t d'],
  '7d': ['t w'],
  '30d': ['t m'],
  mtd: [],
  ytd: ['t y'],
  all: ['t a'],
};

const nothingElse = { keys: [], otherKeys: [], run: null, isOn: null } as const;

const viewCommands: readonly Command[] = viewIds.map((id, index) => ({
  ...nothingElse,
  id: `view-${id}`,
  group: 'Views',
  label: () => viewNames[id],
  keys: [`Mod+${index + 1}`],
  run: ({ show }) => show(id),
  isOn: ({ view }) => view === id,
}));

const figureCommands: readonly Command[] = [
  {
    ...nothingElse,
    id: 'refresh',
    group: 'Figures',
    label: () => 'Refresh now',
    otherKeys: ['F5', 'Mod+R'],
    run: ({ refresh }) => refresh(),
  },
  {
    ...nothingElse,
    id: 'pause',
    group: 'Figures',
    label: ({ paused }) => (paused ? 'Resume' : 'Pause'),
    otherKeys: ['Mod+Shift+P'],
    run: ({ setPaused }, { paused }) => setPaused(!paused),
  },
];

const rangeCommands: readonly Command[] = rangeIds.map((id) => ({
  ...nothingElse,
  id: `range-${id}`,
  group: 'Chart range',
  label: () => `Chart range: ${rangeLabels[id]}`,
  keys: rangeKeys[id],
  run: ({ chooseRange }) => chooseRange(id),
  isOn: ({ range }) => range === id,
}));

const themeNames: Readonly<Record<Appearance['theme'], string>> = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
};

const paletteNames: Readonly<Record<Appearance['palette'], string>> = {
  'colour-blind': 'blue and orange',
  classic: 'green and red',
};

const themeCommand = (theme: Appearance['theme']): Command => ({
  ...nothingElse,
  id: `theme-${theme}`,
  group: 'Look',
  label: () => `Theme: ${themeNames[theme]}`,
  run: ({ setAppearance }) => setAppearance({ theme }),
  isOn: ({ appearance }) => appearance.theme === theme,
});

const paletteCommand = (palette: Appearance['palette']): Command => ({
  ...nothingElse,
  id: `palette-${palette}`,
  group: 'Look',
  label: () => `Colours: ${paletteNames[palette]}`,
  run: ({ setAppearance }) => setAppearance({ palette }),
  isOn: ({ appearance }) => appearance.palette === palette,
});

const lookCommands: readonly Command[] = [
  {
    ...nothingElse,
    id: 'hide-amounts',
    group: 'Look',
    label: ({ appearance }) => (appearance.privacy ? 'Show amounts' : 'Hide amounts'),
    otherKeys: ['Mod+B'],
    run: ({ setAppearance }, { appearance }) => setAppearance({ privacy: !appearance.privacy }),
  },
  themeCommand('system'),
  themeCommand('light'),
  themeCommand('dark'),
  paletteCommand('colour-blind'),
  paletteCommand('classic'),
];

const menuCommand = (id: MenuCommand, label: string, otherKeys: readonly string[]): Command => ({
  ...nothingElse,
  id,
  group: 'Window',
  label: () => label,
  otherKeys,
});

const windowCommands: readonly Command[] = [
  {
    ...nothingElse,
    id: 'palette',
    group: 'Window',
    label: () => 'Command palette',
    keys: ['Mod+K'],
    run: ({ open }) => open('palette'),
  },
  {
    ...nothingElse,
    id: 'keys',
    group: 'Window',
    label: () => 'Keys',
    keys: ['?'],
    run: ({ open }) => open('keys'),
  },
  {
    ...nothingElse,
    id: 'find',
    group: 'Window',
    label: () => 'Filter this view',
    keys: ['/'],
    run: ({ find }) => find(),
  },
  {
    ...nothingElse,
    id: 'mini',
    group: 'Window',
    label: () => 'Mini window',
    keys: ['m'],
    run: ({ toggleMini }) => toggleMini(),
  },
  {
    ...nothingElse,
    id: 'close',
    group: 'Window',
    label: () => 'Close what is open',
    otherKeys: ['Esc'],
  },
  menuCommand('settings-file', 'Open the settings file', ['Mod+,']),
  menuCommand('larger', 'Larger text', ['Mod++']),
  menuCommand('smaller', 'Smaller text', ['Mod+-']),
  menuCommand('normal', 'Normal text', ['Mod+0']),
  menuCommand('close-to-tray', 'Close to the tray', ['Mod+W']),
  menuCommand('quit', 'Quit', ['Mod+Q']),
];

/** All that can be done from the keyboard: the one table behind keys, sheet, palette and menu. */
export const commands: readonly Command[] = [
  ...viewCommands,
  ...figureCommands,
  ...alertCommands,
  ...rangeCommands,
  ...lookCommands,
  ...windowCommands,
];

/** What a browser view offers: all that only shows. It has no menu, so the page takes that key itself. */
const browserCommands: readonly Command[] = commands
  .filter(({ id, group, run }) => {
    const isAct = group === 'Figures' || group === 'Alerts' || id === 'mini';
    return !isAct && (run !== null || id === 'close');
  })
  .map((command) =>
    command.id === 'hide-amounts' ? { ...command, keys: ['Mod+B'], otherKeys: [] } : command,
  );

/** All that can be done in this page; where nothing can be acted on, that is less. */
export const commandsOf = (acts: boolean): readonly Command[] =>
  acts ? commands : browserCommands;

/** The command of some keys that the page listens to. */
export const commandOfKeys = (
  keys: string,
  offered: readonly Command[] = commands,
): Command | undefined => offered.find((command) => command.keys.includes(keys));

/** A command by its name. */
export const commandById = (id: CommandId): Command | undefined =>
  commands.find((command) => command.id === id);

/** Names of keys as they are printed: `Mod+K` → `Ctrl` `K`, on a Mac `⌘` `K`; `t d` → `t` `d`. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  // The last key may itself be a plus.
  return keys
    .split(/[ ]|(?<=[^+])\+/)
    .map((key) => (key === 'Mod' ? (isMac ? '\u2318' : 'Ctrl') : key));
}
