import type { Clock } from './clock.ts';

/** A gap of more than this many intervals between two clocks counts as sleep or a jump. */
const sleepIntervals = 3;

/**
 * One timer that knows when it slept: the machine's sleep stops the monotonic clock but not the wall
 * clock, and a suspended process rings far too late.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: (slept: boolean) => void;
  #set: { readonly ringsAtMs: number; readonly cancel: () => void } | null = null;

  constructor(clock: Clock, ring: (slept: boolean) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings once in `ms`, in place of whatever was set. */
  setIn(ms: number, intervalMs: number): void {
    this.clear();
    const ringsAtMs = this.#clock.monotonicMs() + ms;
    const wallAtMs = this.#clock.wallMs() + ms;
    const toleranceMs = sleepIntervals * intervalMs;
    const cancel = this.#clock.after(ms, () => {
      this.#set = null;
      const lateMs = this.#clock.monotonicMs() - ringsAtMs;
      const jumpedMs = this.#clock.wallMs() - wallAtMs;
      this.#ring(lateMs > toleranceMs || Math.abs(jumpedMs) > toleranceMs);
    });
    this.#set = { ringsAtMs, cancel };
  }

  /** Rings in `ms` unless it is set to ring sooner. */
  hasten(ms: number, intervalMs: number): void {
    if (this.#set === null || ms < this.remainingMs()) this.setIn(ms, intervalMs);
  }

  clear(): void {
    this.#set?.cancel();
    this.#set = null;
  }

  /** Milliseconds until it rings, 0 when it is not set. */
  remainingMs(): number {
    return Math.max(0, (this.#set?.ringsAtMs ?? 0) - this.#clock.monotonicMs());
  }
}
