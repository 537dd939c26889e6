import { isDisconnection, type LedgerFailure } from '../../shared/failure.ts';
import type { MonitorState, MonitorStatus } from '../../shared/monitor-state.ts';
import type { OddityId, OddRows } from '../../shared/oddities.ts';
import type { OwnCost } from '../../shared/own-cost.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import type { TradePage, TradeQuery } from '../../shared/trade-page.ts';
import type { Clock } from './clock.ts';
import { CostLog } from './cost-log.ts';
import { type Circumstances, Figures } from './figures.ts';
import { Listeners } from './listeners.ts';
import { failedError, NotAvailableError, pausedError } from './not-available.ts';
import { type Asks, RowAsks } from './row-asks.ts';
import { type EndedRun, Schedule } from './schedule.ts';
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
  /** Looks at each reading before the next question is asked: the line of closes stands still. */
  evaluate?(reading: Reading): Promise<void>;
  /** Takes what a listener threw. */
  log(sentence: string, error: unknown): void;
}

/** How things stood when a run began. */
type Turn = Circumstances & Pick<EndedRun, 'startedAtMs' | 'spentMs' | 'upkeepMs'>;

type Standing =
  | { readonly kind: 'starting' | 'watching' | 'verifying' }
  | { readonly kind: 'failing'; readonly failure: LedgerFailure; readonly attempts: number };

/**
 * Watches one ledger: decides when to ask, keeps the last good answer, tells how far it holds. One
 * refresh at most is on its way; the next is scheduled when it has ended.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  #ledger: WatchedLedger = nothingYet;
  #profile: MonitorState['profile'];
  readonly #listeners: Listeners<MonitorState>;
  readonly #schedule: Schedule;
  readonly #figures: Figures;
  readonly #cost: CostLog;
  #standing: Standing = { kind: 'starting' };
  #life: 'new' | 'running' | 'stopped' = 'new';
  #paused = false;
  #inFlight = false;
  #isLoading = false;
  #waiting: (() => void)[] = [];
  readonly #rows = new RowAsks(() => this.#ledger);

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#profile = options.profile;
    this.#cost = new CostLog(options.clock);
    this.#figures = new Figures(options.clock, this.#cost, async (reading) => {
      try {
        await options.evaluate?.(reading);
      } catch (error) {
        options.log('The alerts could not be evaluated.', error);
      }
    });
    this.#listeners = new Listeners((error) => {
      options.log('A listener of the monitor failed.', error);
    });
    this.#schedule = new Schedule(options.clock, options.baseIntervalMs, (slept) => {
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
    ledger.onLost(() => this.#lost());
    this.#hasten();
    this.#tell();
  }

  /** Stops for good; what is under way ends unheard. */
  stop(): void {
    this.#life = 'stopped';
    this.#schedule.clear();
    this.#listeners.clear();
    this.#figures.close();
    this.#settle();
    this.#rows.refuseAll(new NotAvailableError('Plumbline is closing.'));
  }

  /** Name and label, as the settings have them now. */
  setProfile(profile: MonitorState['profile']): void {
    this.#profile = profile;
    this.#tell();
  }

  state(): MonitorState {
    const { baseIntervalMs, clock, connectionBudget } = this.#options;
    const { confirmed, sequence } = this.#figures;
    return {
      status: this.#status(),
      sequence,
      asOf: confirmed?.asOf ?? null,
      ageMs: confirmed === null ? null : Math.max(0, clock.monotonicMs() - confirmed.atMs),
      intervalMs: this.#schedule.intervalMs,
      wishedIntervalMs: baseIntervalMs,
      askedInMs: this.#waiting.length === 0 ? null : this.#nextRunInMs(),
      connections: this.#ledger.held(),
      connectionBudget,
      clockSkewMs: confirmed?.skewMs ?? null,
      loaded: this.#isLoading ? this.#ledger.history().loaded : null,
      profile: this.#profile,
    };
  }

  /** What watching has cost so far. Asks the database nothing. */
  cost(): OwnCost {
    return this.#cost.report(this.#ledger);
  }

  /** Compares all that is kept of the ledger with the server, a little in each of the next refreshes. */
  audit(): MonitorState {
    this.#ledger.audit();
    this.readSoon();
    return this.state();
  }

  /** Reads everything at the next look, whether anything has changed or not. */
  readSoon(): void {
    this.#figures.expire();
    this.#hasten();
  }

  /** The last good answer, however old. */
  snapshot(): Snapshot | null {
    return this.#figures.snapshot;
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

  /**
   * What figures depend on has changed: all is read anew as soon as the duty cycle allows, and what is
   * held must not pass for an answer under the settings of now.
   */
  reread(): void {
    this.#figures.outdate();
    this.#rows.forget();
    this.#doubt();
    this.#hasten();
  }

  /**
   * The rows behind a data-quality chip; equal asks share one answer, one is asked in a run. Rejects
   * with a {@link NotAvailableError} while nothing can be asked.
   */
  oddRows(id: OddityId): Promise<OddRows> {
    return this.#askFor(this.#rows.odd, id);
  }

  /** A page of trades, asked for like the rows behind a chip; a cursor that leads nowhere is refused. */
  trades(query: TradeQuery): Promise<TradePage> {
    return this.#askFor(this.#rows.pages, query);
  }

  /** A paused monitor asks nothing of the database. */
  setPaused(paused: boolean): MonitorState {
    if (paused === this.#paused) return this.state();
    this.#paused = paused;
    if (paused) {
      this.#schedule.clear();
      this.#settle();
      this.#rows.refuseAll(pausedError());
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

  #refusal(): NotAvailableError | null {
    if (this.#life === 'stopped') return new NotAvailableError('Plumbline is closing.');
    if (this.#paused) return pausedError();
    return this.#standing.kind === 'failing' ? failedError(this.#standing.failure) : null;
  }

  #nextRunInMs(): number {
    return this.#inFlight ? 0 : this.#schedule.remainingMs();
  }

  #tell(): MonitorState {
    const state = this.state();
    this.#listeners.tell(state);
    return state;
  }

  /** Runs as soon as it may, unless it is to run sooner. */
  #hasten(): void {
    if (this.#mayRun()) this.#schedule.hasten();
  }

  #mayRun(): boolean {
    return this.#life === 'running' && !this.#paused && !this.#inFlight;
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Nothing is known of the ledger until the next look, which is due as soon as it may be. */
  #lost(): void {
    if (this.#life !== 'running' || this.#inFlight) return;
    this.#doubt();
    this.#hasten();
  }

  #distrust(): void {
    this.#figures.distrust();
    this.#doubt();
  }

  #doubt(): void {
    if (this.#standing.kind === 'watching') this.#standing = { kind: 'verifying' };
    this.#tell();
  }

  async #run(): Promise<void> {
    if (this.#inFlight || this.#life !== 'running' || this.#paused) return;
    this.#inFlight = true;
    if (this.#standing.kind === 'failing') this.#tell();
    const turn: Turn = {
      startedAtMs: this.#options.clock.monotonicMs(),
      spentMs: this.#ledger.spentMs(),
      upkeepMs: this.#ledger.upkeepMs(),
      ...this.#figures.circumstances(),
    };
    const failure = await this.#attempt();
    this.#inFlight = false;
    if (this.#isStopped()) return;
    if (failure !== null) this.#failed(failure, turn);
    else this.#succeeded(turn);
    this.#settle();
    this.#tell();
    if (failure === null) await this.#answerRows();
  }

  #askFor<Q, A>(asks: Asks<Q, A>, question: Q): Promise<A> {
    const refusal = this.#refusal();
    if (refusal !== null) return Promise.reject(refusal);
    const answer = asks.ask(question, this.#figures.sequence);
    this.#hastenForRows();
    return answer;
  }

  /** After the figures, as a part of the same run: what it costs counts like the rest. */
  async #answerRows(): Promise<void> {
    const rows = this.#rows.waiting();
    if (rows === null || this.#paused || this.#isStopped()) return;
    if (rows === 'pages' && !this.#schedule.mayReadPage()) return this.#hastenForRows();
    this.#inFlight = true;
    this.#schedule.clear();
    const asked = this.#figures.circumstances();
    const spentMs = this.#ledger.spentMs();
    await this.#rows.answerFirst(rows, () =>
      this.#figures.outdatedSince(asked) ? null : this.#figures.sequence,
    );
    this.#inFlight = false;
    if (this.#isStopped()) return;
    this.#cost.runEnded(this.#ledger.spentMs());
    this.#schedule.answered(this.#ledger.spentMs() - spentMs, rows);
    if (this.#paused) this.#schedule.clear();
    // Whoever wished for a run meanwhile was not heard by the schedule.
    if (this.#standing.kind === 'verifying' || this.#waiting.length > 0) this.#hasten();
    this.#hastenForRows();
    this.#tell();
  }

  #hastenForRows(): void {
    const rows = this.#rows.waiting();
    if (rows === 'odd') this.#hasten();
    else if (rows === 'pages' && this.#mayRun()) this.#schedule.hastenForPage();
  }

  // A method, for the compiler would else believe that nothing changes over an await.
  #isStopped(): boolean {
    return this.#life === 'stopped';
  }

  /** One try, and where it was cut short one more at once: a killed backend is no outage. */
  async #attempt(): Promise<LedgerFailure | null> {
    const ledger = this.#ledger;
    try {
      await this.#figures.observe(ledger);
      return null;
    } catch (error) {
      const failure = ledger.failureOf(error);
      const again = failure.retry === 'backoff' && isDisconnection(failure.code);
      const unwanted = this.#paused || this.#isStopped() || this.#standing.kind === 'failing';
      if (!again || unwanted) return failure;
    }
    try {
      await this.#figures.read(ledger);
      return null;
    } catch (error) {
      return ledger.failureOf(error);
    }
  }

  #succeeded(turn: Turn): void {
    const isOutdated = this.#figures.wokeSince(turn) || !this.#figures.isCurrent();
    this.#isLoading = this.#figures.isLoading();
    if (this.#figures.snapshot === null) this.#standing = { kind: 'starting' };
    else this.#standing = { kind: isOutdated ? 'verifying' : 'watching' };
    const run = this.#ended(turn, isOutdated);
    this.#schedule.succeeded(run, this.#ledger.crowded());
    if (this.#paused) this.#schedule.clear();
  }

  #failed(failure: LedgerFailure, turn: Turn): void {
    const attempts = (this.#standing.kind === 'failing' ? this.#standing.attempts : 0) + 1;
    this.#standing = { kind: 'failing', failure, attempts };
    // What failed under old settings may work under the new ones.
    this.#schedule.failed(this.#ended(turn, this.#figures.outdatedSince(turn)), failure, attempts);
    if (this.#paused) this.#schedule.clear();
    this.#rows.refuseAll(failedError(failure));
  }

  #ended({ startedAtMs, spentMs, upkeepMs }: Turn, isOutdated: boolean): EndedRun {
    this.#cost.runEnded(this.#ledger.spentMs());
    return {
      ...{ startedAtMs, isOutdated },
      spentMs: this.#ledger.spentMs() - spentMs,
      upkeepMs: this.#ledger.upkeepMs() - upkeepMs,
    };
  }
}
