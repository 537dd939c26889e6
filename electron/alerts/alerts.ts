import type { AlertsState } from '../../shared/alerts/alerts-state.ts';
import { afterRestart, type Effect } from '../../shared/alerts/engine.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import { freshnessOf } from '../../shared/freshness.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { Settings } from '../../shared/settings.ts';
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
import { StateKeeper } from './state-keeper.ts';
import type { StoredRules } from './stored-alerts.ts';
import { wishesOf } from './wishes.ts';

const tickMs = 1000;
/** An absence: for longer than this, and than three intervals, nobody looked. */
const leastGapMs = 60 * 1000;
/** Ticks this far apart tell of a sleep. */
const sleepMs = 15 * 1000;

/**
 * Evaluates the rules on each reading, keeps what comes of it, and has it told. One evaluation at a time:
 * what is written is always what a whole evaluation left.
 */
export class Alerts {
  readonly #needs: AlertsNeeds;
  readonly #listeners: Listeners<AlertsState>;
  readonly #delivery: Delivery;
  readonly #keeper: StateKeeper;
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
  #changes: Promise<unknown> = Promise.resolve();
  #tickedAtMs: number;

  constructor(needs: AlertsNeeds) {
    this.#needs = needs;
    this.#tickedAtMs = needs.clock.monotonicMs();
    this.#listeners = new Listeners((error) =>
      needs.log('A listener of the alerts failed.', error),
    );
    this.#stored = needs.files.rules();
    this.book = new Book(needs.files.state());
    const { at, nowMs } = this.#now();
    // Before anything is told: alerts of another ledger, and of rules that are gone, are none of this one.
    this.book.belongTo(needs.ledger(), at);
    retireOthers(this.book, this.#stored.rules, { at, ms: nowMs });
    this.#startPeriodsAnew(nowMs);
    this.#keeper = new StateKeeper({
      ...needs,
      // In turn, so that it is what whole evaluations left; it is written while others have theirs.
      take: () => this.#inTurn(() => this.book.stored()),
    });
    this.#delivery = new Delivery({
      ...needs,
      book: this.book,
      rule: (id) => this.rule(id),
      delivery: () => this.#stored.delivery,
      isReady: () => this.#isReady,
      save: () => this.#keeper.saveInTime(),
      changed: () => this.#tell(),
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
    await this.#keeper.save();
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
      ...[this.#keeper.problem(), this.#delivery.webhookProblem(), secret.warning()],
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
      const { asOf, day } = reading.snapshot;
      book.belongTo(this.#needs.ledger(), asOf);
      book.countBy(basisOf(this.#needs.settings()), day.name, this.#dailyRules(), asOf);
      const isGap = this.#wasAway(asOf);
      this.#closeDay(reading);
      this.#reading = reading;
      this.#take(await this.paths.evaluate(book, this.#rules(), reading), isGap);
      this.#evaluateLevels(reading, asOf, isGap);
      book.remember({ day: day.name });
      this.#lastOfDay = reading.snapshot;
      this.#isReady = true;
      this.#tell();
    });
  }

  /** The monitor's state changed: figures were confirmed, or cannot be had. */
  observe(state: MonitorState): void {
    this.#queue(() => {
      if (this.#isStopped) return;
      const freshness = freshnessOf(state, 0);
      if (freshness.kind === 'live' || freshness.kind === 'late') return this.#confirm(state.asOf);
      const asOf = state.asOf ?? this.book.rest.evaluated?.asOf;
      if (freshness.kind === 'starting' || asOf === undefined) return;
      const code = state.status.kind === 'failing' ? state.status.failure.code : freshness.kind;
      const { at, nowMs } = this.#now();
      evaluateFailure(this.book, this.#rules(), { asOf, code, at, nowMs });
    });
  }

  /**
   * Other rules, or another way to be told; resolves when they are on the disk. Each change begins with what
   * the one before left.
   */
  change(update: (stored: StoredRules) => StoredRules): Promise<void> {
    const changed = this.#changes.then(async () => {
      const stored = update(this.#stored);
      await this.#needs.files.saveRules(stored);
      await this.#inTurn(() => this.#adopt(stored));
    });
    // Whoever asked is told of a failure; the next change does not depend on it.
    this.#changes = changed.catch(() => undefined);
    return changed;
  }

  /** Something that a person said of an alert; resolves when it is on the disk. */
  async note(change: (book: Book) => void): Promise<void> {
    await this.#inTurn(() => change(this.book));
    await this.#keeper.save();
    this.#tell();
  }

  #adopt(stored: StoredRules): void {
    this.#stored = stored;
    const { at, nowMs } = this.#now();
    this.#take(retireOthers(this.book, stored.rules, { at, ms: nowMs }), false);
    this.#take(
      evaluateMonitor(this.book, this.#rules(), this.#needs.monitor(), { at, nowMs }),
      false,
    );
    this.#confirm(this.#levelsAsOf);
    // Path rules wait for the next reading, in which the line of closes stands still.
    this.#needs.evaluateSoon();
    this.#tell();
  }

  /** Figures that were read before hold at an instant. */
  #confirm(asOf: string | null): void {
    const reading = this.#reading;
    // While closes are put in their place, the next reading is on its way.
    if (reading === null || asOf === null || !reading.series.isWhole) return;
    if (this.#levelsAsOf !== null && asOf < this.#levelsAsOf) return;
    this.#take(this.paths.confirm(this.book, this.#rules(), asOf), false);
    this.#evaluateLevels(reading, asOf, false);
  }

  /** Periods on a monotonic clock mean nothing after a start, a sleep or a pause. */
  #startPeriodsAnew(nowMs: number): void {
    for (const instance of this.book.instances()) {
      const rule = this.rule(instance.ruleId);
      if (rule !== null) this.book.put(afterRestart(rule, instance, nowMs));
    }
  }

  #dailyRules(): ReadonlySet<string> {
    const daily = this.#stored.rules.filter((rule) => kindOf(rule).isDaily);
    return new Set(daily.map(({ id }) => id));
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
    const facts = { reading, asOf, tradingDay };
    this.#take(evaluateLevels(this.book, this.#rules(), facts, this.#now().nowMs), isGap);
  }

  /** Nobody looked for a while, or the app was not running. */
  #wasAway(asOf: string): boolean {
    const { evaluated } = this.book.rest;
    if (evaluated === null) return false;
    const lookedAt = this.#levelsAsOf;
    if (lookedAt === null) return true;
    const awayMs = (instantMs(asOf) ?? 0) - (instantMs(lookedAt) ?? 0);
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
    this.#keeper.changed(effects.length > 0);
    if (effects.length === 0) return;
    this.#delivery.take(effects, isOfGap);
    this.#delivery.tick();
  }

  #tick(): void {
    this.#queue(() => this.#lookAtConnection());
    this.#delivery.tick();
    this.#keeper.tick();
    this.start();
  }

  #lookAtConnection(): void {
    if (this.#isStopped) return;
    const { at, nowMs } = this.#now();
    const state = this.#needs.monitor();
    const wasAsleep = nowMs - this.#tickedAtMs > sleepMs;
    this.#tickedAtMs = nowMs;
    if (wasAsleep || state.status.kind === 'paused') this.#startPeriodsAnew(nowMs);
    const effects = evaluateMonitor(this.book, this.#rules(), state, { at, nowMs });
    if (effects.length > 0) this.#take(effects, false);
    if (this.book.wake(at) || effects.length > 0) this.#tell();
  }

  /** What nobody waits for; a failure is in the log. */
  #queue(task: () => void): void {
    this.#inTurn(task).catch(() => undefined);
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

/** Settings by which a close counts otherwise: under others it is the same close, and no news. */
const basisOf = ({ pnlIsGross, bankroll }: Settings): string =>
  JSON.stringify([pnlIsGross, bankroll]);
