import { useSyncExternalStore } from 'react';
import type { ViewId } from '../../shared/views.ts';

/** Which view the window shows: one choice that navigation, keys, palette and menu share. */
class CurrentView {
  readonly #listeners = new Set<() => void>();
  #shown: ViewId = 'overview';

  readonly shown = (): ViewId => this.#shown;

  readonly show = (view: ViewId): void => {
    if (view === this.#shown) return;
    this.#shown = view;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The window's own choice. */
export const currentView = new CurrentView();

/** The view that is shown; the component is drawn again when it changes. */
export const useCurrentView = (): ViewId =>
  useSyncExternalStore(currentView.subscribe, currentView.shown);
