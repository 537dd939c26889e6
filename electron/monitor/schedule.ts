import type { LedgerFailure } from '../../shared/failure.ts';
import { Alarm } from './alarm.ts';
import type { Clock } from './clock.ts';
import { backoffAfter, dutyCycle, intervalAfter } from './pace.ts';

/** A run that has ended. */
export interface EndedRun {
  readonly startedAtMs: number;
  /** Time spent inside queries. */
  readonly spentMs: number;
  /** Its answer is out of date already: the next run is due as soon as it may be. */
  readonly isOutdated: boolean;
}

/** The least time between a failed try and one that a person asks for. No account gets locked. */
const tryNowFloorMs = { backoff: 500, 'needs-you': 5000 } as const;

/** When the next run is due, and from when on a wish may hasten it. */
export class Schedule {
  readonly #clock: Clock;
  readonly #baseIntervalMs: number;
  readonly #alarm: Alarm;
  #intervalMs: number;
  /** Before this instant not even a wish starts a run. */
  #notBeforeMs = 0;

  constructor(clock: Clock, baseIntervalMs: number, ring: (slept: boolean) => void) {
    this.#clock = clock;
    this.#baseIntervalMs = baseIntervalMs;
    this.#intervalMs = baseIntervalMs;
    this.#alarm = new Alarm(clock, ring);
  }

  /** Interval in effect: the wished one, stretched by the duty cycle. */
  get intervalMs(): number {
    return this.#intervalMs;
  }

  remainingMs(): number {
    return this.#alarm.remainingMs();
  }

  clear(): void {
    this.#alarm.clear();
  }

  /** Runs as soon as it may, unless it is to run sooner. */
  hasten(): void {
    const waitMs = Math.max(0, this.#notBeforeMs - this.#clock.monotonicMs());
    this.#alarm.hasten(waitMs, this.#intervalMs);
  }

  succeeded({ startedAtMs, spentMs, isOutdated }: EndedRun, crowded: boolean): void {
    this.#intervalMs = intervalAfter(this.#baseIntervalMs, spentMs, crowded);
    this.#notBeforeMs = startedAtMs + spentMs / dutyCycle;
    const nextAtMs = isOutdated ? this.#notBeforeMs : startedAtMs + this.#intervalMs;
    this.#setIn(nextAtMs - this.#clock.monotonicMs());
  }

  /** After `attempts` failed tries in a row. */
  failed(run: EndedRun, { retry }: LedgerFailure, attempts: number): void {
    const nowMs = this.#clock.monotonicMs();
    // A query that was too slow cost the server much: it rests for its full share.
    const owedMs = run.startedAtMs + run.spentMs / dutyCycle - nowMs;
    const leastMs = Math.max(tryNowFloorMs[retry], owedMs);
    this.#notBeforeMs = nowMs + leastMs;
    const backoffMs = backoffAfter(attempts, retry, this.#clock.random);
    this.#setIn(run.isOutdated ? leastMs : Math.max(backoffMs, owedMs));
  }

  #setIn(ms: number): void {
    this.#alarm.setIn(Math.max(0, ms), this.#intervalMs);
  }
}
