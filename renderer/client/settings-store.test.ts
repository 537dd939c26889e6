import { expect, test } from 'vitest';
import type { Result } from '../../shared/result.ts';
import { defaultSettings, type SettingsState } from '../../shared/settings.ts';
import { appearanceOf, type SettingsClient, SettingsStore } from './settings-store.ts';

const withWarnings = (...warnings: string[]): SettingsState => ({
  settings: defaultSettings,
  warnings,
  path: 'settings.json',
});

/** A main process whose answers come when the test says so. */
class ManualMain implements SettingsClient {
  readonly calls: string[] = [];
  answer: (result: Result<SettingsState>) => void = () => undefined;
  push: (state: SettingsState) => void = () => undefined;

  readonly state = (): Promise<Result<SettingsState>> => {
    this.calls.push('state');
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  };

  readonly changed = (listener: (state: SettingsState) => void): (() => void) => {
    this.calls.push('subscribe');
    this.push = listener;
    return () => {
      this.calls.push('undo');
      this.push = () => undefined;
    };
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function started() {
  const main = new ManualMain();
  const store = new SettingsStore(main);
  return { main, store, undo: store.start() };
}

test('subscribes before it asks, so that no change falls between', () => {
  const { main, store } = started();
  expect(main.calls).toEqual(['subscribe', 'state']);
  expect(store.view()).toEqual({ kind: 'asking' });
});

test('an answer that a push has overtaken is dropped', async () => {
  const { main, store } = started();
  main.push(withWarnings('new'));
  main.answer({ ok: true, value: withWarnings('old') });
  await settled();
  expect(store.view()).toEqual({ kind: 'known', state: withWarnings('new') });
});

test('a failed call is told, and a later push mends it', async () => {
  const { main, store } = started();
  const error = { code: 'internal', message: 'No answer.' } as const;
  main.answer({ ok: false, error });
  await settled();
  expect(store.view()).toEqual({ kind: 'failed', error });
  main.push(withWarnings());
  expect(store.view()).toEqual({ kind: 'known', state: withWarnings() });
});

test('after its undo nothing arrives any more', async () => {
  const { main, store, undo } = started();
  undo();
  main.answer({ ok: true, value: withWarnings('late') });
  await settled();
  expect(store.view()).toEqual({ kind: 'asking' });
  expect(main.calls).toContain('undo');
});

test('amounts are hidden until the settings are known, and when they cannot be', () => {
  const error = { code: 'other', message: 'no answer' } as const;
  const { appearance } = defaultSettings;
  expect(appearanceOf({ kind: 'asking' }).privacy).toBe(true);
  expect(appearanceOf({ kind: 'failed', error })).toEqual({ ...appearance, privacy: true });
  const state = { settings: defaultSettings, warnings: [], path: '' };
  expect(appearanceOf({ kind: 'known', state })).toEqual(appearance);
});
