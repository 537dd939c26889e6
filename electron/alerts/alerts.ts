import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { afterRestart, type Effect } from '../../shared/alerts/engine.ts';
import type { Rule } from '../../shared/alerts/rule.ts';
import { freshnessOf } from '../../shared/freshness.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { tradingDayNamed } from '../../shared/trading-day.ts';
import type { LedgerWishes } from '../ledger/ledger-options.ts';
import type { Reading } from '../ledger/snapshot.ts';
import { Listeners } from '../monitor/listeners.ts';
import { alertsView } from './alert-view.ts';
import type { AlertsNeeds } from './alerts-needs.ts';
import { Book } from './book.ts';
import { closeOfDay } from './close-of-day.ts';
import { Delivery } from './delivery.ts';
import { evaluateFailure, evaluateLevels, evaluateMonitor, retireOthers } from './evaluation.ts';
import { PathEvaluation } from './path-evaluation.ts';
import type { StoredRules } from './stored-alerts.ts';
import { wishesOf } from './wishes.ts';

const tickMs = 1000;
/** An absence: for longer than this, and than three intervals, nobody looked. */
const leastGapMs = 60 * 1000;
/** What nothing hangs on is written no more often than this. */
const lazySaveMs = 5000;

/**
 * Evaluates the rules on each reading, keeps what comes of it, and has it told. One evaluation at a time:
 * what is written is always what a whole evaluation left.
 */
export class Alerts {
  readonly #needs: AlertsNeeds;
  readonly #listeners: Listeners<AlertsState>;
  readonly #delivery: Delivery;
  readonly book: Book;
  readonly paths = new PathEvaluation();
  #stored: StoredRules;
  #reading: Reading | null = null;
  #isReady = false;
  #isStopped = false;
  #stopTicking: () => void = () => undefined;
  /** The last snapshot of the trading day that lasts. */
  #lastOfDay: Snapshot | null = null;
  #levelsAsOf: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #isDirty = false;
  #savedAtMs = 0;
  #saveProblem: string | null = null;

  constructor(needs: AlertsNeeds) {
    this.#needs = needs;
    this.#listeners = new Listeners((error) =>
      needs.log('A listener of the alerts failed.', error),
    );
    this.#stored = needs.files.rules();
    this.book = new Book(needs.files.state());
    const nowMs = needs.clock.monotonicMs();
    for (const instance of this.book.instances()) {
      const rule = this.rule(instance.ruleId);
      if (rule !== null) this.book.put(afterRestart(rule, instance, nowMs));
    }
    this.#delivery = new Delivery({
      ...needs,
      book: this.book,
      rule: (id) => this.rule(id),
      delivery: () => this.#stored.delivery,
      save: () => this.#save(),
    });
  }

  /** Begins to look at the connection, and to tell what waits. */
  start(): void {
    if (!this.#isStopped) this.#stopTicking = this.#needs.clock.after(tickMs, () => this.#tick());
  }

  /** Stops for good, with all that is known on the disk. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopTicking();
    this.#delivery.stop();
    this.#listeners.clear();
    await this.#save();
  }

  /** The rules and how they are told, as they are kept. */
  get stored(): StoredRules {
    return this.#stored;
  }

  /** The last reading; its line of closes may be on its way to the next. */
  get reading(): Reading | null {
    return this.#reading;
  }

  rule(id: string): Rule | null {
    return this.#stored.rules.find((rule) => rule.id === id) ?? null;
  }

  /** What the ledger has to read for the rules of now. */
  wishes(): LedgerWishes {
    return wishesOf(this.#stored.rules);
  }

  state(): AlertsState {
    const { clock, files, secret } = this.#needs;
    const warnings = [
      ...files.warnings(),
      ...[this.#saveProblem, this.#delivery.webhookProblem(), secret.warning()],
    ];
    return alertsView({
      ...{ book: this.book, stored: this.#stored, isReady: this.#isReady },
      ...{ nowMs: clock.wallMs(), hasWebhookSecret: secret.get() !== null },
      warnings: warnings.filter((warning) => warning !== null),
    });
  }

  /** Called after each change; returns its undo. */
  onChange(listener: (state: AlertsState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Looks at fresh figures; the line of closes must stand still until this resolves. */
  evaluate(reading: Reading): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isStopped) return;
      const { book } = this;
      book.belongTo(this.#needs.ledger(), reading.snapshot.asOf);
      const isGap = this.#wasAway(reading.snapshot.asOf);
      this.#closeDay(reading);
      this.#reading = reading;
      this.#take(await this.paths.evaluate(book, this.#rules(), reading), isGap);
      this.#evaluateLevels(reading, reading.snapshot.asOf, isGap);
      book.remember({ day: reading.snapshot.day.name });
      this.#lastOfDay = reading.snapshot;
      this.#isReady = true;
      this.#tell();
    });
  }

  /** The monitor's state changed: figures were confirmed, or cannot be had. */
  observe(state: MonitorState): void {
    void this.#inTurn(() => {
      const reading = this.#reading;
      if (this.#isStopped || reading === null || state.asOf === null) return;
      const freshness = freshnessOf(state, 0);
      if (freshness.kind === 'live' || freshness.kind === 'late') {
        const isNew = this.#levelsAsOf === null || state.asOf > this.#levelsAsOf;
        if (isNew) this.#evaluateLevels(reading, state.asOf, false);
        return;
      }
      if (freshness.kind === 'starting') return;
      const code = state.status.kind === 'failing' ? state.status.failure.code : freshness.kind;
      const { at, nowMs } = this.#now();
      evaluateFailure(this.book, this.#rules(), { asOf: state.asOf, code, at, nowMs });
    });
  }

  /** Other rules, or another way to be told; resolves when they are on the disk. */
  async change(stored: StoredRules): Promise<void> {
    await this.#needs.files.saveRules(stored);
    await this.#inTurn(async () => {
      this.#stored = stored;
      const { at, nowMs } = this.#now();
      this.#take(retireOthers(this.book, stored.rules, { at, ms: nowMs }), false);
      await this.#lookAgain();
      this.#tell();
    });
  }

  /** Something that a person said of an alert; resolves when it is on the disk. */
  async note(change: (book: Book) => void): Promise<void> {
    await this.#inTurn(() => change(this.book));
    await this.#save();
    this.#tell();
  }

  /** For rules that have just been made: on the last figures where they stand still, else on the next. */
  async #lookAgain(): Promise<void> {
    this.#take(
      evaluateMonitor(this.book, this.#rules(), this.#needs.monitor(), this.#now()),
      false,
    );
    const reading = this.#reading;
    if (!reading?.series.isWhole) return this.#needs.evaluateSoon();
    this.#take(await this.paths.evaluate(this.book, this.#rules(), reading), false);
    this.#evaluateLevels(reading, this.#levelsAsOf ?? reading.snapshot.asOf, false);
  }

  #rules() {
    return { rules: this.#stored.rules, tradingDay: this.#needs.settings().tradingDay };
  }

  #now(): { readonly at: string; readonly nowMs: number } {
    const { clock } = this.#needs;
    return { at: instantOfMs(clock.wallMs()), nowMs: clock.monotonicMs() };
  }

  #evaluateLevels(reading: Reading, asOf: string, isGap: boolean): void {
    this.#levelsAsOf = asOf;
    const { tradingDay } = this.#needs.settings();
    const facts = { reading, asOf, tradingDay, oldestPendingAt: reading.unshown.oldestPendingAt };
    this.#take(evaluateLevels(this.book, this.#rules(), facts, this.#now().nowMs), isGap);
  }

  /** Nobody looked for a while, or the app was not running. */
  #wasAway(asOf: string): boolean {
    const { evaluated } = this.book.rest;
    if (evaluated === null) return false;
    if (this.#reading === null) return true;
    const awayMs = (instantMs(asOf) ?? 0) - (instantMs(evaluated.asOf) ?? 0);
    return awayMs > Math.max(leastGapMs, 3 * this.#needs.monitor().intervalMs);
  }

  /** Writes down what a trading day came to, once it is over. */
  #closeDay(reading: Reading): void {
    const { book } = this;
    const { day } = book.rest;
    if (day === null || reading.snapshot.day.name <= day) return;
    const over = tradingDayNamed(day, this.#needs.settings().tradingDay);
    const episodes = [...book.ended(), ...book.lasting()];
    const close = closeOfDay(over, reading, { before: this.#lastOfDay, episodes });
    book.remember({ dailyCloses: [...book.rest.dailyCloses, close] });
    if (this.#stored.delivery.tellsDailyClose) void this.#delivery.tellDailyClose(close);
  }

  #take(effects: readonly Effect[], isOfGap: boolean): void {
    this.#isDirty = true;
    if (effects.length === 0) return;
    this.#delivery.take(effects, isOfGap);
    this.#savedAtMs = Number.NEGATIVE_INFINITY;
    this.#delivery.tick();
  }

  #tick(): void {
    void this.#inTurn(() => {
      if (this.#isStopped) return;
      const { at, nowMs } = this.#now();
      const effects = evaluateMonitor(this.book, this.#rules(), this.#needs.monitor(), {
        at,
        nowMs,
      });
      if (effects.length > 0) this.#take(effects, false);
      const hasWoken = this.book.wake(at);
      if (hasWoken || effects.length > 0) this.#tell();
    }).finally(() => {
      this.#delivery.tick();
      this.#saveLazily();
      this.start();
    });
  }

  #saveLazily(): void {
    const nowMs = this.#needs.clock.monotonicMs();
    if (this.#isDirty && nowMs - this.#savedAtMs >= lazySaveMs) void this.#save();
  }

  /** Resolves when all is on the disk, or when it was told that it could not be written. */
  #save(): Promise<void> {
    return this.#inTurn(async () => {
      this.#isDirty = false;
      this.#savedAtMs = this.#needs.clock.monotonicMs();
      try {
        await this.#needs.files.saveState(this.book.stored());
        this.#saveProblem = null;
      } catch (error) {
        this.#isDirty = true;
        this.#saveProblem =
          error instanceof Error ? error.message : 'The state of the alerts could not be written.';
        this.#needs.log('The state of the alerts could not be written.', error);
      }
    });
  }

  #inTurn<T>(task: () => T | Promise<T>): Promise<T> {
    const done = this.#turn.then(task);
    this.#turn = done.catch((error: unknown) => {
      this.#needs.log('The alerts could not be evaluated.', error);
    });
    return done;
  }

  #tell(): void {
    this.#listeners.tell(this.state());
  }
}
