/** A monotonic clock with timers; a test injects its own. */
export interface TickClock {
  now(): number;
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
}

/** Whether anybody can see the page. */
export interface PageVisibility {
  isHidden(): boolean;
  /** Calls back on each change; returns its undo. */
  onChange(listener: () => void): () => void;
}

const tickMs = 1000;

/**
 * One tick a second for the whole window, on the full second, so that all ages turn together.
 * Nobody sees a hidden window, so it does not tick; it catches up at once when it shows again.
 */
export class Ticker {
  readonly #clock: TickClock;
  readonly #visibility: PageVisibility;
  readonly #listeners = new Set<() => void>();
  #now: number;
  #timer: number | null = null;
  #forgetVisibility: (() => void) | null = null;

  constructor(clock: TickClock, visibility: PageVisibility) {
    this.#clock = clock;
    this.#visibility = visibility;
    this.#now = clock.now();
  }

  /** The time of the last tick, in milliseconds of the monotonic clock. */
  readonly now = (): number => this.#now;

  /** Ticks as long as somebody listens; returns its undo. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#forgetVisibility === null) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  /** Ticks now as well: what has just arrived is not judged by the time of the last full second. */
  readonly catchUp = (): void => {
    if (this.#forgetVisibility !== null && !this.#visibility.isHidden()) this.#tick();
  };

  #start(): void {
    this.#forgetVisibility = this.#visibility.onChange(() => this.#tick());
    this.#tick();
  }

  #stop(): void {
    this.#forgetVisibility?.();
    this.#forgetVisibility = null;
    this.#disarm();
  }

  #tick(): void {
    this.#disarm();
    this.#now = this.#clock.now();
    for (const listener of this.#listeners) listener();
    if (this.#visibility.isHidden()) return;
    const untilFullSecond = tickMs - (this.#now % tickMs);
    this.#timer = this.#clock.setTimeout(() => this.#tick(), untilFullSecond);
  }

  #disarm(): void {
    if (this.#timer !== null) this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** The window's own clock. */
export const realClock: TickClock = {
  now: () => performance.now(),
  setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
  clearTimeout: (timer) => window.clearTimeout(timer),
};

/** The window's own visibility. */
export const pageVisibility: PageVisibility = {
  isHidden: () => document.hidden,
  onChange: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
