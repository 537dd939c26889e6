import type { Client } from '../../shared/contract.ts';
import type { CallError } from '../../shared/result.ts';
import { type Appearance, defaultSettings, type SettingsState } from '../../shared/settings.ts';
import { follow } from './follow.ts';

/** The call and the push that the store needs. */
export type SettingsClient = Pick<Client['settings'], 'state' | 'changed'>;

/** What the window knows of the settings. */
export type SettingsView =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly state: SettingsState }
  | { readonly kind: 'failed'; readonly error: CallError };

/** How the app looks. Until the settings are known, amounts might be meant to be hidden, so they are. */
export const appearanceOf = (view: SettingsView): Appearance =>
  view.kind === 'known'
    ? view.state.settings.appearance
    : { ...defaultSettings.appearance, privacy: true };

/** Follows the settings: asked for once, then told of each change. */
export class SettingsStore {
  readonly #client: SettingsClient;
  readonly #listeners = new Set<() => void>();
  #view: SettingsView = { kind: 'asking' };

  constructor(client: SettingsClient) {
    this.#client = client;
  }

  readonly view = (): SettingsView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Subscribes, then asks for the settings in effect; returns its undo. */
  start(): () => void {
    return follow(this.#client, {
      receive: (state) => this.#publish({ kind: 'known', state }),
      fail: (error) => this.#publish({ kind: 'failed', error }),
    });
  }

  #publish(view: SettingsView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
