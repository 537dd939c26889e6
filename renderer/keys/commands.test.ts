import { expect, test } from 'vitest';
import { pageCommands } from '../../shared/contract.ts';
import { defaultSettings } from '../../shared/settings.ts';
import {
  type CommandActions,
  type CommandId,
  type CommandState,
  commandById,
  commandOfKeys,
  commands,
  commandsOf,
  keyCaps,
} from './commands.ts';

const state: CommandState = {
  paused: false,
  range: '30d',
  view: 'overview',
  appearance: defaultSettings.appearance,
};

function done(id: CommandId, change: Partial<CommandState> = {}): unknown[] {
  const calls: unknown[] = [];
  const actions: CommandActions = {
    refresh: () => calls.push('refresh'),
    setPaused: (paused) => calls.push({ paused }),
    chooseRange: (range) => calls.push({ range }),
    setAppearance: (look) => calls.push(look),
    open: (dialog) => calls.push({ dialog }),
    show: (view) => calls.push({ view }),
    find: () => calls.push('find'),
    toggleMini: () => calls.push('mini'),
    alerts: {
      ack: () => calls.push('ack'),
      snooze: () => calls.push('snooze'),
      snoozeAll: (span) => calls.push({ span }),
      newRule: () => calls.push('new rule'),
      test: () => calls.push('test'),
    },
  };
  commandById(id)?.run?.(actions, { ...state, ...change });
  return calls;
}

test('each command of the menu can be run', () => {
  for (const id of pageCommands) expect(done(id)).toHaveLength(1);
});

test('names and keys are each given once', () => {
  const ids = commands.map(({ id }) => id);
  const keys = commands.flatMap((command) => [...command.keys, ...command.otherKeys]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
});

test('t and a letter choose a range', () => {
  const ranges = ['t d', 't w', 't m', 't y', 't a'].map((keys) => commandOfKeys(keys)?.id);
  expect(ranges).toEqual(['range-today', 'range-7d', 'range-30d', 'range-ytd', 'range-all']);
  expect(done('range-7d')).toEqual([{ range: '7d' }]);
});

test('a and s act on an alert; after t, a is a range', () => {
  expect(['a', 's'].map((keys) => commandOfKeys(keys)?.id)).toEqual(['alert-ack', 'alert-snooze']);
  expect(done('alert-ack')).toEqual(['ack']);
  expect(done('snooze-tomorrow')).toEqual([{ span: 'tomorrow' }]);
  expect(done('snooze-end')).toEqual([{ span: null }]);
});

test('a slash goes to the filter, m to the mini window, and after t it is a range', () => {
  expect(['/', 'm'].map((keys) => commandOfKeys(keys)?.id)).toEqual(['find', 'mini']);
  expect([done('find'), done('mini')]).toEqual([['find'], ['mini']]);
});

test('a browser view offers what shows alone, and leaves the browser its keys', () => {
  const offered = commandsOf(false);
  const groups = new Set(offered.map(({ group }) => group));
  expect([...groups]).toEqual(['Views', 'Chart range', 'Look', 'Window']);
  const keys = offered.flatMap((command) => [...command.keys, ...command.otherKeys]);
  for (const left of ['F5', 'Mod+R', 'Mod+W', 'Mod+Shift+P', 'Mod+,', 'm', 'a', 's']) {
    expect(keys).not.toContain(left);
  }
  expect(commandOfKeys('Mod+B', offered)?.id).toBe('hide-amounts');
  expect(commandsOf(true)).toBe(commands);
});

test('views are in the order of their keys', () => {
  const views = ['Mod+1', 'Mod+2', 'Mod+3'].map((keys) => commandOfKeys(keys)?.id);
  expect(views).toEqual(['view-overview', 'view-alerts', 'view-system']);
});

test('pausing and hiding turn round and are named by what they will do', () => {
  expect(done('pause')).toEqual([{ paused: true }]);
  expect(done('pause', { paused: true })).toEqual([{ paused: false }]);
  expect(commandById('pause')?.label({ ...state, paused: true })).toBe('Resume');
  const appearance = { ...defaultSettings.appearance, privacy: true };
  expect(done('hide-amounts')).toEqual([{ privacy: true }]);
  expect(done('hide-amounts', { appearance })).toEqual([{ privacy: false }]);
  expect(commandById('hide-amounts')?.label({ ...state, appearance })).toBe('Show amounts');
});

test('the choice in effect is marked', () => {
  const on = commands.filter(({ isOn }) => isOn?.(state)).map(({ id }) => id);
  expect(on).toEqual(['view-overview', 'range-30d', 'theme-system', 'palette-colour-blind']);
});

test('keys are printed as on the keyboard', () => {
  expect(keyCaps('Mod+Shift+P', false)).toEqual(['Ctrl', 'Shift', 'P']);
  expect(keyCaps('Mod+K', true)).toEqual(['\u2318', 'K']);
  expect(keyCaps('Mod++', false)).toEqual(['Ctrl', '+']);
  expect(keyCaps('t d', false)).toEqual(['t', 'd']);
});
