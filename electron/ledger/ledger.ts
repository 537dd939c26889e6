import { sql } from 'drizzle-orm';
import type { FailureCode, LedgerFailure } from '../../shared/failure.ts';
import type { OddityId, OddRows } from '../../shared/oddities.ts';
import type { HistoryReport, OwnCost } from '../../shared/own-cost.ts';
import type { TradePage, TradeQuery } from '../../shared/trade-page.ts';
import { addressOf, type ConnectionProfile } from './connection-profile.ts';
import { toLedgerError } from './failures.ts';
import { type KeptAnswers, KeptHistory, type Tuning } from './kept/kept-history.ts';
import { readServerIdentity } from './kept/survey.ts';
import { UnfitError } from './kept/unfit.ts';
import { type CheckedLedger, checkLedger } from './ledger-check.ts';
import type { LedgerOptions } from './ledger-options.ts';
import type { LegacyReport } from './legacy-report.ts';
import { readOldestPending } from './pending-orders.ts';
import { LedgerPool, type Note, type Session } from './pool.ts';
import { relationOf, type Scope } from './scope.ts';
import { freeSlots, readServerHealth, type ServerHealth, slotsToSpare } from './server-health.ts';
import {
  nobodyAsked,
  openScope,
  type PendingOrders,
  type Reading,
  readAnswers,
  readingOf,
  readLegacyReportOf,
  readOddRowsOf,
  readTradePageOf,
  readVersion,
  type Source,
  type Version,
} from './snapshot.ts';
import { readCursor } from './trade-cursor.ts';

/** How long slices are loaded in one go; what waits for figures waits no longer. */
const loadStepMs = 150;

/** What is known of a connection: the ledger's shape, and which server it leads to. */
type Checked = CheckedLedger & { readonly server: string };

/** How long the server's slots are taken as known. */
const healthMs = 10 * 1000;

/** How long the oldest pending order is taken as known, and for how many times what asking cost. */
const pendingMs = 5 * 1000;
const pendingRest = 100;

/** Failures that the server may have worked for: neither a wait for a lock nor one for a connection. */
const worked: ReadonlySet<FailureCode> = new Set<FailureCode>(['too-slow', 'other']);

const isView = 'it is a view';

/** Failures that may mean another shape of the ledger: the check then names what it is. */
const shapeFailures: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'missing-relation',
  'missing-column',
  'wrong-type',
  'missing-privilege',
  'other',
]);

/**
 * One ledger, watched through the one pool. Nothing is asked of the server before the first probe or
 * read; both reject with a LedgerError.
 */
export class Ledger {
  readonly #profile: ConnectionProfile;
  readonly #note: Note;
  readonly #pool: LedgerPool;
  #options: LedgerOptions;
  #relation: Pick<Scope, 't' | 'is'>;
  #spentMs = 0;
  #upkeepMs = 0;
  #crowded = false;
  #health: { readonly inUse: number; readonly atMs: number } | null = null;
  #checked: (Pick<Scope, 't'> & { serial: number; result: Checked }) | null = null;
  readonly #tuning: Tuning | undefined;
  #history: KeptHistory;
  /** Why no history is kept of this ledger; null where it is. */
  #unfit: string | null = null;
  /** Pending orders, as they were asked for last, and when they may be asked for again. */
  #pending: PendingOrders = nobodyAsked;
  #pendingDueMs = 0;
  /** Refreshes take turns: they work on one history. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(profile: ConnectionProfile, note: Note, options: LedgerOptions, tuning?: Tuning) {
    this.#tuning = tuning;
    this.#history = new KeptHistory(options.namesCloses, tuning);
    this.#profile = profile;
    this.#note = note;
    this.#options = options;
    this.#pool = new LedgerPool(profile, note);
    this.#relation = relationOf(options);
  }

  /** Other settings: from the next read on. What is under way ends with the old ones. */
  configure(options: LedgerOptions): void {
    if (!rowsCountAlike(options, this.#options)) {
      this.#history = new KeptHistory(options.namesCloses, this.#tuning);
    }
    this.#unfit = null;
    this.#pending = nobodyAsked;
    this.#pendingDueMs = 0;
    this.#options = options;
    this.#relation = relationOf(options);
    this.#checked = null;
  }

  /** Has anything changed? One statement; the deadline is for a connection that may be dead. */
  probe(deadlineMs: number): Promise<Version> {
    return this.#timed(deadlineMs, (session) => this.#probeOn(session));
  }

  /** All figures of one moment, by plain SQL over all rows. */
  async read(deadlineMs: number): Promise<Reading> {
    try {
      const read = await this.#timed(deadlineMs, (session) => this.#readOn(session));
      return readingOf(read, this.#note);
    } catch (error) {
      return this.#explain(error, deadlineMs);
    }
  }

  /**
   * The same figures from kept history, at the cost of what changed; null when more of the history is
   * to be loaded first, by refreshing again. A ledger that no history is kept of is read by plain SQL.
   */
  refresh(deadlineMs: number): Promise<Reading | null> {
    const turn = this.#turn.then(() => this.#refresh(deadlineMs));
    // The caller is told of a failure; whose turn is next does not depend on it.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #refresh(deadlineMs: number): Promise<Reading | null> {
    const history = this.#history;
    const before = { spentMs: this.#spentMs, upkeepMs: this.#upkeepMs };
    try {
      const found = await this.#timed(deadlineMs, (session) => this.#refreshOn(session, history));
      // A step that only loads is upkeep, the check of a new connection and all.
      if (found === null) this.#upkeepMs = before.upkeepMs + this.#spentMs - before.spentMs;
      if (found === null) return null;
      if ('series' in found.answers)
        return readingOf({ ...found, answers: found.answers }, this.#note, this.#pending);
      const whole = await history.finish(found.answers, found.options);
      return readingOf(
        { ...found, ...whole, dueInMs: history.upkeepInMs() },
        this.#note,
        this.#pending,
      );
    } catch (error) {
      return this.#explain(error, deadlineMs);
    }
  }

  /** What is kept of the ledger's history, or why it is not. */
  history(): HistoryReport {
    return { ...this.#history.report(), unfit: this.#unfit };
  }

  /** Milliseconds of `spentMs` that no refresh alone would have needed: loads, surveys, audits. */
  upkeepMs(): number {
    return this.#upkeepMs;
  }

  /** Compares all that is kept with the server, in the course of the coming refreshes. */
  audit(): void {
    this.#history.audit();
  }

  /** The rows behind a data-quality chip. */
  oddRows(oddity: OddityId, deadlineMs: number): Promise<OddRows> {
    return this.#timed(deadlineMs, async (session) => {
      await this.#check(session);
      return readOddRowsOf(this.#sourceOn(session), oddity);
    });
  }

  /**
   * A page of trades, at the same cost at any depth. Rejects with a `TradeCursorError` on a cursor that
   * leads nowhere here.
   */
  async trades(query: TradeQuery, deadlineMs: number): Promise<TradePage> {
    const { paperTrades } = this.#options;
    const ledger = `${addressOf(this.#profile)}/${this.#profile.database}/${JSON.stringify(paperTrades)}`;
    // Before anything is asked of the server.
    readCursor(ledger, query);
    return this.#timed(deadlineMs, async (session) => {
      await this.#check(session);
      return readTradePageOf(this.#sourceOn(session), query, ledger);
    });
  }

  /** What the trading system's own report prints of the last `days` · 24 h. */
  legacyReport(days: number, deadlineMs: number): Promise<LegacyReport> {
    return this.#timed(deadlineMs, async (session) => {
      await this.#check(session);
      return readLegacyReportOf(this.#sourceOn(session), days);
    });
  }

  /** Calls `listener`, the last one given, each time that the last connection was cut while idle. */
  onLost(listener: () => void): void {
    this.#pool.onLost(listener);
  }

  /** Connections held now. */
  held(): number {
    return this.#pool.held();
  }

  /** Bytes that came from the server and went to it since the start. */
  traffic(): Pick<OwnCost, 'received' | 'sent'> {
    return this.#pool.traffic();
  }

  /** Milliseconds that the server worked for us since the start: what the duty cycle counts. */
  spentMs(): number {
    return this.#spentMs;
  }

  /** The server runs low on connections: ask less often. */
  crowded(): boolean {
    return this.#crowded;
  }

  /** Classifies what a method rejected with. */
  failureOf(error: unknown): LedgerFailure {
    return toLedgerError(error, this.#profile).failure;
  }

  /** Cancels what is under way and closes all connections, within the deadline. */
  close(deadlineMs: number): Promise<void> {
    return this.#pool.close(deadlineMs);
  }

  // Only what the server worked on counts: neither a wait for a lock nor one for a dead connection.
  #timed<T>(deadlineMs: number, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#pool.withSession(deadlineMs, async (session) => {
      const start = performance.now();
      try {
        const value = await work(session);
        this.#spentMs += performance.now() - start;
        return value;
      } catch (error) {
        const failed = toLedgerError(error, this.#profile);
        if (worked.has(failed.failure.code)) this.#spentMs += performance.now() - start;
        throw failed;
      }
    });
  }

  // A quiet ledger can stand on a server that fills up: its slots are looked at all the same, and
  // when they changed the snapshot that shows them is out of date.
  async #probeOn(session: Session): Promise<Version> {
    const { db, serial } = session;
    const seen = await readVersion(session);
    const before = this.#health;
    if (before !== null && performance.now() - before.atMs > healthMs) {
      const server = await readServerHealth(db);
      this.#budget(server);
      if (server.inUse !== before.inUse) return { ...seen, token: 'the server has other slots' };
    }
    return withSerial(seen, serial);
  }

  async #readOn(session: Session) {
    const source = this.#sourceOn(session);
    const { roleCanWrite } = await this.#check(session);
    const answers = await readAnswers(source);
    this.#budget(answers.server);
    await this.#askPending(session);
    // With the settings that it was read under: they may be others by now.
    const { options } = source;
    return {
      answers: withSerial(answers, session.serial),
      options,
      roleCanWrite,
      restatements: [],
    };
  }

  // Slices of a load go on for a while, so that a small ledger is there at once; not on a crowded server.
  async #refreshOn(session: Session, history: KeptHistory) {
    const { roleCanWrite, isTable, server } = await this.#check(session);
    // Settings that changed meanwhile have a history of their own: nothing is read for the old one.
    if (history !== this.#history) return null;
    if (!isTable) this.#unfit = isView;
    else if (this.#unfit === isView) this.#unfit = null;
    if (this.#unfit !== null) return this.#readOn(session);
    const source = this.#sourceOn(session);
    const until = performance.now() + loadStepMs;
    do {
      const answers = await this.#stepOn(source, history, server);
      if (this.#unfit !== null) return this.#readOn(session);
      if (answers === null) continue;
      this.#budget(answers.server);
      await this.#askPending(session);
      const { restatements } = answers;
      return {
        ...{ answers: withSerial(answers, session.serial), restatements, roleCanWrite },
        options: source.options,
      };
    } while (performance.now() < until && !this.#crowded);
    this.#budget(await readServerHealth(session.db));
    return null;
  }

  async #stepOn(source: Source, history: KeptHistory, server: string): Promise<KeptAnswers | null> {
    const opened = await openScope(source);
    const before = history.upkeepMs();
    try {
      const answers = await history.read(opened, server);
      await source.db.execute(sql`commit`);
      return answers;
    } catch (error) {
      if (!(error instanceof UnfitError)) throw error;
      await source.db.execute(sql`rollback`);
      this.#unfit = error.message;
      this.#history = new KeptHistory(this.#options.namesCloses, this.#tuning);
      this.#note(
        `No history is kept of this ledger: ${error.message}. Each refresh reads all of it.`,
      );
      return null;
    } finally {
      this.#upkeepMs += history.upkeepMs() - before;
    }
  }

  /** Outside the figures' transaction, for a relation without an index may take long, and not each second. */
  async #askPending({ db }: Session): Promise<void> {
    const { liveTrades } = this.#options;
    const started = performance.now();
    if (liveTrades === null || started < this.#pendingDueMs) return;
    try {
      this.#pending = { kind: 'known', oldestAt: await readOldestPending({ db }, liveTrades) };
    } catch (error) {
      // The figures stand all the same.
      const { cause } = toLedgerError(error, this.#profile).failure;
      this.#note(`The pending orders could not be read: ${cause}`);
      this.#pending = { kind: 'unknown', reason: 'the live orders could not be read' };
    }
    const spentMs = performance.now() - started;
    this.#pendingDueMs = performance.now() + Math.max(pendingMs, pendingRest * spentMs);
  }

  #sourceOn({ db }: Session): Source {
    return { db, ...this.#relation, options: this.#options };
  }

  // A new connection may lead to another server, or come with other privileges.
  async #check({ db, serial }: Session): Promise<Checked> {
    const { t } = this.#relation;
    if (this.#checked?.serial === serial && this.#checked.t === t) return this.#checked.result;
    this.#budget(await readServerHealth(db));
    const checked = await checkLedger(db, t, this.#options.paperTrades, this.#profile);
    const result = { ...checked, server: await readServerIdentity({ db }) };
    this.#checked = { serial, t, result };
    return result;
  }

  #budget(server: ServerHealth): void {
    this.#crowded = freeSlots(server) < slotsToSpare(server);
    this.#health = { inUse: server.inUse, atMs: performance.now() };
    this.#pool.allow(this.#crowded ? 1 : 2);
  }

  // The shape may have changed under a connection that was checked long ago: the check names what
  // the query stumbled over. When it finds nothing, the first failure stands.
  async #explain(error: unknown, deadlineMs: number): Promise<never> {
    const wasChecked = this.#checked !== null;
    this.#checked = null;
    const failed = toLedgerError(error, this.#profile);
    if (wasChecked && shapeFailures.has(failed.failure.code)) {
      await this.#timed(deadlineMs, (session) => this.#check(session));
    }
    throw failed;
  }
}

/** Settings that make no other numbers of a row. */
const rowsCountAlike = (a: LedgerOptions, b: LedgerOptions): boolean =>
  JSON.stringify([a.paperTrades, a.pnlIsGross, a.quantityUnit, a.namesCloses]) ===
  JSON.stringify([b.paperTrades, b.pnlIsGross, b.quantityUnit, b.namesCloses]);

/** A token holds for one connection alone: after a reconnect nothing proves that it is the same server. */
const withSerial = <T extends { readonly token: string }>(value: T, serial: number): T => ({
  ...value,
  token: `${serial} ${value.token}`,
});
