import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { pageCommands } from '../../shared/contract.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { applicationMenu, type MenuActions, type MenuState } from './menu.ts';

type Item = MenuItemConstructorOptions;

let done: unknown[];

const note =
  (name: string) =>
  (...given: unknown[]): void =>
    void done.push([name, ...given]);

const actions: MenuActions = {
  refresh: note('refresh'),
  togglePause: note('togglePause'),
  command: note('command'),
  setAppearance: note('setAppearance'),
  togglePrivacy: note('togglePrivacy'),
  toggleMini: note('toggleMini'),
  openSettingsFile: note('openSettingsFile'),
  closeToTray: note('closeToTray'),
  quit: note('quit'),
  zoom: note('zoom'),
};

const usual: MenuState = {
  appearance: defaultSettings.appearance,
  isPaused: false,
  isMiniOpen: false,
};

const everyItem = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? everyItem(item.submenu) : [])]);

const menuItems = (state: MenuState = usual): Item[] =>
  everyItem(applicationMenu(actions, { platform: 'linux', isDevelopment: false }, state));

const click = (item: Item | undefined): void => {
  if (item?.click === undefined) throw new Error('There is no such item.');
  Reflect.apply(item.click, item, []);
};

beforeEach(() => {
  done = [];
});

test.each([
  ['F5', ['refresh']],
  ['CmdOrCtrl+R', ['refresh']],
  ['CmdOrCtrl+1', ['command', 'view-overview']],
  ['CmdOrCtrl+2', ['command', 'view-alerts']],
  ['CmdOrCtrl+3', ['command', 'view-system']],
  ['CmdOrCtrl+B', ['togglePrivacy']],
  ['CmdOrCtrl+K', ['command', 'palette']],
  ['CmdOrCtrl+Shift+P', ['togglePause']],
  ['CmdOrCtrl+,', ['openSettingsFile']],
  ['CmdOrCtrl+W', ['closeToTray']],
  ['CmdOrCtrl+Q', ['quit']],
  ['CmdOrCtrl+Plus', ['zoom', 1]],
  ['CmdOrCtrl+-', ['zoom', -1]],
  ['CmdOrCtrl+0', ['zoom', 0]],
])('%s has one item, which does %j', (accelerator, does) => {
  const items = menuItems().filter((item) => item.accelerator === accelerator);
  expect(items).toHaveLength(1);
  click(items[0]);
  expect(done.map((each) => JSON.stringify(each))).toEqual([JSON.stringify(does)]);
});

test('everything that the page can be asked for has an item, and no key is given twice', () => {
  for (const item of menuItems()) if (item.click !== undefined) click(item);
  const asked = done.filter((each) => Array.isArray(each) && each[0] === 'command');
  expect(asked).toHaveLength(pageCommands.length);
  for (const command of pageCommands) expect(asked).toContainEqual(['command', command]);
  const keys = menuItems().flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('ids are unique, for the ticks are found by them', () => {
  const ids = menuItems().flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(8);
});

test('the ticks show the settings', () => {
  const tickedIn = (state: MenuState) =>
    menuItems(state).flatMap(({ checked, label }) => (checked ? [label] : []));
  expect(tickedIn(usual)).toEqual(['System', 'Colour-Blind Safe Blue and Orange']);
  const appearance = { theme: 'dark', palette: 'classic', privacy: true } as const;
  expect(tickedIn({ appearance, isPaused: true, isMiniOpen: true })).toEqual([
    'Dark',
    'Classic Green and Red',
    'Hide Amounts',
    'Mini Window',
    'Pause',
  ]);
});

test('a choice sets its value alone', () => {
  for (const label of ['Light', 'Classic Green and Red'])
    click(menuItems().find((item) => item.label === label));
  expect(done).toEqual([
    ['setAppearance', { theme: 'light' }],
    ['setAppearance', { palette: 'classic' }],
  ]);
});
