import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import type { Client } from '../../shared/contract.ts';
import type { CallError, Result } from '../../shared/result.ts';
import { answerOf } from './answer-of.ts';
import { follow } from './follow.ts';

/** The calls and pushes on alerts that the window uses. */
export type AlertsClient = Client['alerts'];

/** What the window knows of alerts; replaced as a whole on each change. */
export interface AlertsView {
  /** Null before the first answer. */
  readonly state: AlertsState | null;
  /** The last call failed. */
  readonly callError: CallError | null;
}

/** Follows the alerts: asked for once, then told of each change. */
export class AlertsStore {
  /** For questions whose answer belongs to who asked; what changes the state goes through `act`. */
  readonly client: AlertsClient;
  readonly #listeners = new Set<() => void>();
  #view: AlertsView = { state: null, callError: null };

  constructor(client: AlertsClient) {
    this.client = client;
  }

  readonly view = (): AlertsView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Subscribes, then asks how the alerts stand; returns its undo. */
  start(): () => void {
    return follow(this.client, {
      receive: (state) => this.#publish({ ...this.#view, state }),
      fail: (callError) => this.#publish({ ...this.#view, callError }),
    });
  }

  /** Makes a call; the change that it brings about arrives by push, a failure is told in the view. */
  readonly act = async <T>(
    call: (client: AlertsClient) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const result = await answerOf(call(this.client));
    this.#publish({ ...this.#view, callError: result.ok ? null : result.error });
    return result;
  };

  /** The failure has been read. */
  readonly forgetError = (): void => this.#publish({ ...this.#view, callError: null });

  #publish(view: AlertsView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
