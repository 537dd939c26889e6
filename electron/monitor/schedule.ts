import type { LedgerFailure } from '../../shared/failure.ts';
import { Alarm } from './alarm.ts';
import type { Clock } from './clock.ts';
import { backoffAfter, creditMs, dutyCycle, intervalAfter } from './pace.ts';

/** While something is owed, half of the duty cycle pays it off and half is left for refreshes. */
const payingShare = dutyCycle / 2;

/** A run that has ended. */
export interface EndedRun {
  readonly startedAtMs: number;
  /** Time spent inside queries. */
  readonly spentMs: number;
  /** What of it was upkeep: loading history, looking for late changes. It is owed, and paid off over time. */
  readonly upkeepMs: number;
  /** Its answer is out of date already: the next run is due as soon as it may be. */
  readonly isOutdated: boolean;
}

/** The run that succeeded last. */
interface LastRun {
  readonly startedAtMs: number;
  /** What of its time inside queries is rested for before the next run. */
  readonly restedMs: number;
  /** The next run is due as soon as it may be. */
  readonly isSoon: boolean;
  readonly crowded: boolean;
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
  /** Upkeep and pages of trades that are not paid off yet, as of `#paidAtMs`. */
  #owedMs = 0;
  #paidAtMs = 0;
  /** Before this instant no further page of trades is read: the last one is not paid off yet. */
  #pageNotBeforeMs = 0;
  #last: LastRun = { startedAtMs: 0, restedMs: 0, isSoon: false, crowded: false };

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
    this.#hastenTo(this.#notBeforeMs);
  }

  succeeded(run: EndedRun, crowded: boolean): void {
    this.#owe(run.upkeepMs);
    const isOnCredit = this.#owedMs <= creditMs;
    this.#last = {
      startedAtMs: run.startedAtMs,
      restedMs: isOnCredit ? run.spentMs - run.upkeepMs : run.spentMs,
      // A crowded server is left alone between the slices of a load as well.
      isSoon: run.isOutdated && !crowded,
      crowded,
    };
    this.#plan();
  }

  /**
   * Rows were read after the figures of the last run, in `spentMs`. The rows that a person looks at are
   * rested for with the run; a page of trades is owed, so that no script's questions make figures old.
   */
  answered(spentMs: number, rows: 'odd' | 'pages'): void {
    if (rows === 'pages') {
      this.#owe(spentMs);
      this.#pageNotBeforeMs = this.#clock.monotonicMs() + spentMs / payingShare;
    } else {
      this.#last = { ...this.#last, restedMs: this.#last.restedMs + spentMs };
    }
    this.#plan();
  }

  /** Whether the page of trades that was read last is paid off. */
  mayReadPage(): boolean {
    return this.#clock.monotonicMs() >= this.#pageNotBeforeMs;
  }

  /** Runs as soon as a page of trades may be read, unless it is to run sooner. */
  hastenForPage(): void {
    this.#hastenTo(Math.max(this.#notBeforeMs, this.#pageNotBeforeMs));
  }

  // Either all is rested for before the next run, or what is owed is paid off beside the runs.
  #plan(): void {
    const { startedAtMs, restedMs, isSoon, crowded } = this.#last;
    const allMs = (restedMs + this.#owedMs) / dutyCycle;
    const restMs = Math.min(allMs, restedMs / payingShare);
    this.#intervalMs = intervalAfter(this.#baseIntervalMs, restMs, crowded);
    this.#notBeforeMs = startedAtMs + restMs;
    const nextAtMs = isSoon ? this.#notBeforeMs : startedAtMs + this.#intervalMs;
    this.#setIn(nextAtMs - this.#clock.monotonicMs());
  }

  #owe(moreMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const paidMs = (nowMs - this.#paidAtMs) * payingShare;
    this.#paidAtMs = nowMs;
    this.#owedMs = Math.max(0, this.#owedMs - paidMs) + moreMs;
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

  #hastenTo(atMs: number): void {
    this.#alarm.hasten(Math.max(0, atMs - this.#clock.monotonicMs()), this.#intervalMs);
  }

  #setIn(ms: number): void {
    this.#alarm.setIn(Math.max(0, ms), this.#intervalMs);
  }
}
