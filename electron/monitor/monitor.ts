import { isDisconnection, type LedgerFailure } from '../../shared/failure.ts';
import type { MonitorState, MonitorStatus } from '../../shared/monitor-state.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { Alarm } from './alarm.ts';
import type { Clock } from './clock.ts';
import { Listeners } from './listeners.ts';
import { backoffAfter, dutyCycle, intervalAfter } from './pace.ts';
import { nothingYet, type Reading, type WatchedLedger } from './watched-ledger.ts';

/** What a monitor is made of. */
export interface MonitorOptions {
  readonly clock: Clock;
  /** What is going to be watched, as far as it is known before the ledger is opened. */
  readonly profile: MonitorState['profile'];
  /** Wished time between two refreshes. */
  readonly baseIntervalMs: number;
  /** Connections that may be held at the very most. */
  readonly connectionBudget: number;
  /** Takes what a listener threw. */
  log(sentence: string, error: unknown): void;
}

interface Confirmation {
  readonly asOf: string;
  readonly atMs: number;
  readonly skewMs: number;
}

type Standing =
  | { readonly kind: 'starting' | 'watching' | 'verifying' }
  | { readonly kind: 'failing'; readonly failure: LedgerFailure; readonly attempts: number };

const refreshDeadlineMs = 8000;
const probeDeadlineMs = 1500;

/** An unchanged version is trusted this long; then everything is read again all the same. */
const longestUnreadMs = 60 * 1000;

/** The least time between a failed try and one that a person asks for. No account gets locked. */
const tryNowFloorMs = { backoff: 500, 'needs-you': 5000 } as const;

/**
 * Watches one ledger: decides when to ask, keeps the last good answer, tells how far it holds. One
 * refresh at most is on its way; the next is scheduled when it has ended.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  #ledger: WatchedLedger = nothingYet;
  #profile: MonitorState['profile'];
  readonly #listeners: Listeners<MonitorState>;
  readonly #alarm: Alarm;
  #standing: Standing = { kind: 'starting' };
  #life: 'new' | 'running' | 'stopped' = 'new';
  #paused = false;
  #inFlight = false;
  #held: (Reading & { readonly readAtMs: number }) | null = null;
  #confirmed: Confirmation | null = null;
  #sequence = 0;
  #intervalMs: number;
  /** Before this instant not even a wish starts a run. */
  #notBeforeMs = 0;
  /** Counts the times that the machine came back from sleep; an answer from before proves nothing. */
  #wakes = 0;
  #waiting: (() => void)[] = [];

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#profile = options.profile;
    this.#listeners = new Listeners((error) => {
      options.log('A listener of the monitor failed.', error);
    });
    this.#intervalMs = options.baseIntervalMs;
    this.#alarm = new Alarm(options.clock, (slept) => {
      if (slept) this.#distrust();
      void this.#run();
    });
  }

  /** Begins to watch. Before, the monitor answers that it is starting. */
  start(ledger: WatchedLedger, profile: MonitorState['profile']): void {
    if (this.#life !== 'new') return;
    this.#ledger = ledger;
    this.#profile = profile;
    this.#life = 'running';
    this.#hasten();
    this.#tell();
  }

  /** Stops for good; what is under way ends unheard. */
  stop(): void {
    this.#life = 'stopped';
    this.#alarm.clear();
    this.#listeners.clear();
    this.#settle();
  }

  state(): MonitorState {
    const { baseIntervalMs, clock, connectionBudget } = this.#options;
    const confirmed = this.#confirmed;
    return {
      status: this.#status(),
      sequence: this.#sequence,
      asOf: confirmed?.asOf ?? null,
      ageMs: confirmed === null ? null : Math.max(0, clock.monotonicMs() - confirmed.atMs),
      intervalMs: this.#intervalMs,
      wishedIntervalMs: baseIntervalMs,
      askedInMs: this.#waiting.length === 0 ? null : this.#nextRunInMs(),
      connections: this.#ledger.held(),
      connectionBudget,
      clockSkewMs: confirmed?.skewMs ?? null,
      profile: this.#profile,
    };
  }

  /** The last good answer, however old. */
  snapshot(): Snapshot | null {
    return this.#held?.snapshot ?? null;
  }

  /** Refreshes as soon as the duty cycle allows; any number of callers share one refresh. */
  refresh(): Promise<MonitorState> {
    if (this.#life !== 'running' || this.#paused) return Promise.resolve(this.state());
    this.#hasten();
    const answer = new Promise<MonitorState>((resolve) => {
      this.#waiting.push(() => resolve(this.state()));
    });
    // Whoever pressed a key sees at once that it was heard; the others share the answer.
    if (this.#waiting.length === 1) this.#tell();
    return answer;
  }

  /** A paused monitor asks nothing of the database. */
  setPaused(paused: boolean): MonitorState {
    if (paused === this.#paused) return this.state();
    this.#paused = paused;
    if (paused) {
      this.#alarm.clear();
      this.#settle();
    }
    this.#hasten();
    return this.#tell();
  }

  /** The machine slept: the figures count as stale until a refresh has confirmed them. */
  resume(): void {
    if (this.#life !== 'running') return;
    this.#distrust();
    this.#hasten();
  }

  /** Called after each change of state; returns its undo. */
  onChange(listener: (state: MonitorState) => void): () => void {
    return this.#listeners.add(listener);
  }

  #status(): MonitorStatus {
    if (this.#paused) return { kind: 'paused' };
    if (this.#standing.kind !== 'failing') return { kind: this.#standing.kind };
    return { ...this.#standing, nextTryInMs: this.#nextRunInMs() };
  }

  #nextRunInMs(): number {
    return this.#inFlight ? 0 : this.#alarm.remainingMs();
  }

  #tell(): MonitorState {
    const state = this.state();
    this.#listeners.tell(state);
    return state;
  }

  /** Runs as soon as it may, unless it is to run sooner. */
  #hasten(): void {
    if (this.#life !== 'running' || this.#paused || this.#inFlight) return;
    const waitMs = Math.max(0, this.#notBeforeMs - this.#options.clock.monotonicMs());
    this.#alarm.hasten(waitMs, this.#intervalMs);
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #distrust(): void {
    this.#wakes += 1;
    if (this.#standing.kind === 'watching') this.#standing = { kind: 'verifying' };
    this.#tell();
  }

  async #run(): Promise<void> {
    if (this.#inFlight || this.#life !== 'running' || this.#paused) return;
    this.#inFlight = true;
    if (this.#standing.kind === 'failing') this.#tell();
    const startedAtMs = this.#options.clock.monotonicMs();
    const spentBefore = this.#ledger.spentMs();
    const wakes = this.#wakes;
    const failure = await this.#attempt();
    this.#inFlight = false;
    if (this.#isStopped()) return;
    const spentMs = this.#ledger.spentMs() - spentBefore;
    if (failure !== null) this.#failed(failure, startedAtMs, spentMs);
    else this.#succeeded(startedAtMs, spentMs, wakes === this.#wakes);
    this.#settle();
    this.#tell();
  }

  // A method, for the compiler would else believe that nothing changes over an await.
  #isStopped(): boolean {
    return this.#life === 'stopped';
  }

  /** One try, and where it was cut short one more at once: a killed backend is no outage. */
  async #attempt(): Promise<LedgerFailure | null> {
    const ledger = this.#ledger;
    try {
      await this.#observe();
      return null;
    } catch (error) {
      const failure = ledger.failureOf(error);
      const again = failure.retry === 'backoff' && isDisconnection(failure.code);
      const unwanted = this.#paused || this.#isStopped() || this.#standing.kind === 'failing';
      if (!again || unwanted) return failure;
    }
    try {
      await this.#read();
      return null;
    } catch (error) {
      return ledger.failureOf(error);
    }
  }

  async #observe(): Promise<void> {
    const { clock } = this.#options;
    const held = this.#held;
    if (held === null || clock.monotonicMs() - held.readAtMs > longestUnreadMs) return this.#read();
    const sent = { atMs: clock.monotonicMs(), wakes: this.#wakes };
    const { asOf, token } = await this.#ledger.probe(probeDeadlineMs);
    if (token !== held.token || asOf >= held.validUntil) return this.#read();
    this.#confirm(asOf, sent);
  }

  async #read(): Promise<void> {
    const sent = { atMs: this.#options.clock.monotonicMs(), wakes: this.#wakes };
    const reading = await this.#ledger.read(refreshDeadlineMs);
    // An answer from before a sleep would be held with an age that leaves the sleep out.
    if (this.#isStopped() || sent.wakes !== this.#wakes) return;
    this.#held = { ...reading, readAtMs: sent.atMs };
    this.#sequence += 1;
    this.#confirm(reading.snapshot.asOf, sent);
  }

  // The age counts from when the question was sent: never younger than the truth.
  #confirm(asOf: string, sent: { readonly atMs: number; readonly wakes: number }): void {
    if (sent.wakes !== this.#wakes) return;
    const { clock } = this.#options;
    const halfWayMs = clock.wallMs() - (clock.monotonicMs() - sent.atMs) / 2;
    this.#confirmed = { asOf, atMs: sent.atMs, skewMs: halfWayMs - Date.parse(asOf) };
  }

  #succeeded(startedAtMs: number, spentMs: number, isOfThisWake: boolean): void {
    const { baseIntervalMs, clock } = this.#options;
    this.#standing = { kind: isOfThisWake ? 'watching' : 'verifying' };
    this.#intervalMs = intervalAfter(baseIntervalMs, spentMs, this.#ledger.crowded());
    this.#notBeforeMs = startedAtMs + spentMs / dutyCycle;
    const nextAtMs = isOfThisWake ? startedAtMs + this.#intervalMs : this.#notBeforeMs;
    this.#schedule(nextAtMs - clock.monotonicMs());
  }

  #failed(failure: LedgerFailure, startedAtMs: number, spentMs: number): void {
    const { clock } = this.#options;
    const attempts = (this.#standing.kind === 'failing' ? this.#standing.attempts : 0) + 1;
    this.#standing = { kind: 'failing', failure, attempts };
    const elapsedMs = clock.monotonicMs() - startedAtMs;
    // A query that was too slow cost the server much: it rests for its full share.
    const owedMs = spentMs / dutyCycle - elapsedMs;
    this.#notBeforeMs = clock.monotonicMs() + Math.max(tryNowFloorMs[failure.retry], owedMs);
    this.#schedule(Math.max(backoffAfter(attempts, failure.retry, clock.random), owedMs));
  }

  #schedule(inMs: number): void {
    if (!this.#paused) this.#alarm.setIn(Math.max(0, inMs), this.#intervalMs);
  }
}
