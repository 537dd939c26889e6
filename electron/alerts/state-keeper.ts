import type { Clock } from '../monitor/clock.ts';
import type { AlertFiles } from './alert-files.ts';
import type { StoredState } from './stored-alerts.ts';

/** What keeping a state needs. */
export interface KeeperNeeds {
  readonly files: Pick<AlertFiles, 'saveState'>;
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /** All that is known, at a moment at which its parts fit each other. */
  take(): Promise<StoredState>;
  log(sentence: string, error: unknown): void;
}

/** Nothing hangs on what is written no more often than this: after a kill it comes out the same again. */
const lazyMs = 60 * 1000;
const deadlineMs = 5000;

/** Brings the state of the alerts to the disk: at once where something hangs on it, else now and then. */
export class StateKeeper {
  readonly #needs: KeeperNeeds;
  #isDirty = false;
  #savedAtMs = 0;
  #problem: string | null = null;

  constructor(needs: KeeperNeeds) {
    this.#needs = needs;
  }

  /** Why the state could not be written the last time; null when it could. */
  problem(): string | null {
    return this.#problem;
  }

  /** Something changed; with `isPressing` it is written at the next tick. */
  changed(isPressing: boolean): void {
    this.#isDirty = true;
    if (isPressing) this.#savedAtMs = Number.NEGATIVE_INFINITY;
  }

  tick(): void {
    const sinceMs = this.#needs.clock.monotonicMs() - this.#savedAtMs;
    if (this.#isDirty && sinceMs >= lazyMs) void this.save();
  }

  /** Resolves when all is on the disk, or when it was told that it could not be written. */
  async save(): Promise<void> {
    const { files, clock, take, log } = this.#needs;
    this.#isDirty = false;
    this.#savedAtMs = clock.monotonicMs();
    try {
      await files.saveState(await take());
      this.#problem = null;
    } catch (error) {
      this.#isDirty = true;
      const unknown = 'The state of the alerts could not be written.';
      this.#problem = error instanceof Error ? error.message : unknown;
      log(unknown, error);
    }
  }

  /** The same, within five seconds: a disk that hangs keeps nobody from being told. */
  async saveInTime(): Promise<void> {
    let stop: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      stop = this.#needs.clock.after(deadlineMs, resolve);
    });
    await Promise.race([this.save(), late]);
    stop();
  }
}
