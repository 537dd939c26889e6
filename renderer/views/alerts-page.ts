import { useSyncExternalStore } from 'react';

/** The parts of the alerts view, in their order. */
export const alertTabs = ['inbox', 'rules', 'delivery', 'daily-closes'] as const;

export type AlertTab = (typeof alertTabs)[number];

/** A dialog on alerts that may be opened from anywhere. */
export type AlertDialog =
  | { readonly kind: 'none' }
  /** Of a rule by its id; null makes a new one. */
  | { readonly kind: 'editor'; readonly ruleId: string | null }
  /** A test notification of a rule, or of none. */
  | { readonly kind: 'test'; readonly ruleId: string | null };

/** Where a person is among the alerts. */
export interface AlertsPlace {
  readonly tab: AlertTab;
  /** The episode that keys act on. */
  readonly episodeId: string | null;
  /** The rule that was saved last: its row comes into sight and takes the focus, once. */
  readonly ruleId: string | null;
  readonly dialog: AlertDialog;
}

/** Where the alerts view stands: one choice that clicks, keys, palette and notifications share. */
export class AlertsPage {
  readonly #listeners = new Set<() => void>();
  #place: AlertsPlace = {
    ...{ tab: 'inbox', episodeId: null, ruleId: null },
    dialog: { kind: 'none' },
  };

  readonly place = (): AlertsPlace => this.#place;

  readonly go = (change: Partial<AlertsPlace>): void => {
    this.#place = { ...this.#place, ...change };
    for (const listener of this.#listeners) listener();
  };

  readonly closeDialog = (): void => this.go({ dialog: { kind: 'none' } });

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The window's own. */
export const alertsPage = new AlertsPage();

/** Where the alerts view stands; the component is drawn again when that changes. */
export const useAlertsPlace = (): AlertsPlace =>
  useSyncExternalStore(alertsPage.subscribe, alertsPage.place);
