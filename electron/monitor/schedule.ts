import type { LedgerFailure } from '../../shared/failure.ts';
import { Alarm } from './alarm.ts';
import type { Clock } from './clock.ts';
import { backoffAfter, creditMs, dutyCycle, intervalAfter } from './pace.ts';

/** A run that has ended. */
export interface EndedRun {
  readonly startedAtMs: number;
  /** Time spent inside queries. */
  readonly spentMs: number;
  /** What of it was upkeep: loading history, looking for late changes. It is paid off over time. */
  readonly upkeepMs: number;
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
  /** Upkeep that is not paid off yet, as of `#paidAtMs`. */
  #owedMs = 0;
  #paidAtMs = 0;

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

  succeeded(run: EndedRun, crowded: boolean): void {
    const share = this.#shareAfter(run);
    const isOnCredit = this.#owedMs <= creditMs;
    const restedMs = isOnCredit ? run.spentMs - run.upkeepMs : run.spentMs;
    this.#intervalMs = intervalAfter(this.#baseIntervalMs, restedMs, crowded, share);
    this.#notBeforeMs = run.startedAtMs + restedMs / share;
    // A crowded server is left alone between the slices of a load as well.
    const isSoon = run.isOutdated && !crowded;
    const nextAtMs = isSoon ? this.#notBeforeMs : run.startedAtMs + this.#intervalMs;
    this.#setIn(nextAtMs - this.#clock.monotonicMs());
  }

  // While upkeep is owed, half of the duty cycle pays it off and half is left for refreshes.
  #shareAfter({ upkeepMs }: EndedRun): number {
    const nowMs = this.#clock.monotonicMs();
    const paidMs = (nowMs - this.#paidAtMs) * (dutyCycle / 2);
    this.#paidAtMs = nowMs;
    this.#owedMs = Math.max(0, this.#owedMs - paidMs) + upkeepMs;
    return this.#owedMs > 0 ? dutyCycle / 2 : dutyCycle;
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
