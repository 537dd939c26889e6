import type { Client } from '../../shared/contract.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { OddityId, OddRows } from '../../shared/oddities.ts';
import type { CallError, Result } from '../../shared/result.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { answerOf } from './answer-of.ts';
import { follow } from './follow.ts';

/** The calls and the push that the store needs. */
export type MonitorClient = Pick<
  Client['monitor'],
  'state' | 'snapshot' | 'refresh' | 'setPaused' | 'oddRows' | 'changed'
>;

/** A state as it arrived, with the monotonic time of its arrival. */
export interface ReceivedState {
  readonly state: MonitorState;
  /** `performance.now()` at arrival. */
  readonly at: number;
}

/** The figures on screen, and the last word of the monitor that they still hold. */
export interface HeldFigures {
  readonly snapshot: Snapshot;
  readonly sequence: number;
  readonly confirmedBy: ReceivedState;
}

/** All that the window knows; replaced as a whole on each change. */
export interface MonitorView {
  /** The latest state, null before the first answer. */
  readonly latest: ReceivedState | null;
  /** Null before the first snapshot. */
  readonly figures: HeldFigures | null;
  /** A refresh that a person asked for is under way. */
  readonly refreshing: boolean;
  /** The last call to the main process failed. */
  readonly callError: CallError | null;
}

const nothingYet: MonitorView = {
  latest: null,
  figures: null,
  refreshing: false,
  callError: null,
};

/** Follows the monitor: its state by push, its figures by asking whenever their number changes. */
export class MonitorStore {
  readonly #client: MonitorClient;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #view = nothingYet;
  /** Counts starts and stops; an answer to a question of an earlier run is dropped. */
  #run = 0;
  #fetching = false;

  constructor(client: MonitorClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  readonly view = (): MonitorView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Subscribes, then asks where the monitor stands; returns its undo. */
  start(): () => void {
    this.#run += 1;
    const forget = follow(this.#client, {
      receive: (state) => this.#receive(state),
      fail: (error) => this.#publish({ callError: error }),
    });
    return () => {
      forget();
      this.#run += 1;
    };
  }

  /** Asks for a refresh now; its outcome arrives by push. */
  readonly refresh = async (): Promise<void> => {
    if (this.#view.refreshing) return;
    this.#publish({ refreshing: true });
    const result = await answerOf(this.#client.refresh());
    this.#publish({ refreshing: false, callError: result.ok ? null : result.error });
  };

  /** Pauses or resumes; the monitor's new status arrives by push. */
  readonly setPaused = async (paused: boolean): Promise<void> => {
    const result = await answerOf(this.#client.setPaused(paused));
    this.#publish({ callError: result.ok ? null : result.error });
  };

  /** The rows behind a data-quality chip; who asked shows the answer, so it is not kept here. */
  readonly oddRows = (id: OddityId): Promise<Result<OddRows>> => answerOf(this.#client.oddRows(id));

  #receive(state: MonitorState): void {
    const latest = { state, at: this.#now() };
    const { figures } = this.#view;
    if (figures?.sequence === state.sequence) {
      this.#publish({ latest, figures: { ...figures, confirmedBy: latest }, callError: null });
    } else {
      this.#publish(state.sequence === 0 ? { latest, figures: null } : { latest });
      this.#fetchIfChanged();
    }
  }

  #fetchIfChanged(): void {
    const { latest, figures } = this.#view;
    if (this.#fetching || latest === null || latest.state.sequence === 0) return;
    if (latest.state.sequence !== figures?.sequence) void this.#fetch(this.#run, latest);
  }

  async #fetch(run: number, askedAt: ReceivedState): Promise<void> {
    this.#fetching = true;
    const result = await answerOf(this.#client.snapshot());
    this.#fetching = false;
    if (run !== this.#run) {
      this.#fetchIfChanged();
      return;
    }
    if (!result.ok) {
      // The next push asks again: a main process in trouble is not asked in a tight loop.
      this.#publish({ callError: result.error });
    } else if (result.value !== null) {
      this.#hold(result.value, askedAt);
      this.#fetchIfChanged();
    }
  }

  #hold(snapshot: Snapshot, askedAt: ReceivedState): void {
    const { latest } = this.#view;
    const { sequence } = askedAt.state;
    const confirmedBy = latest?.state.sequence === sequence ? latest : askedAt;
    this.#publish({ figures: { snapshot, sequence, confirmedBy }, callError: null });
  }

  #publish(change: Partial<MonitorView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
