import type { FailureCode, LedgerFailure } from '../../shared/failure.ts';
import type { OddityId, OddRows } from '../../shared/oddities.ts';
import type { ConnectionProfile } from './connection-profile.ts';
import { toLedgerError } from './failures.ts';
import { type CheckedLedger, checkLedger } from './ledger-check.ts';
import type { LedgerOptions } from './ledger-options.ts';
import type { LegacyReport } from './legacy-report.ts';
import { LedgerPool, type Note, type Session } from './pool.ts';
import { relationOf, type Scope } from './scope.ts';
import { freeSlots, readServerHealth, type ServerHealth, slotsToSpare } from './server-health.ts';
import {
  type Reading,
  readAnswers,
  readingOf,
  readLegacyReportOf,
  readOddRowsOf,
  readVersion,
  type Source,
  type Version,
} from './snapshot.ts';

/** How long the server's slots are taken as known. */
const healthMs = 10 * 1000;

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
  #crowded = false;
  #health: { readonly inUse: number; readonly atMs: number } | null = null;
  #checked: (Pick<Scope, 't'> & { serial: number; result: CheckedLedger }) | null = null;

  constructor(profile: ConnectionProfile, note: Note, options: LedgerOptions) {
    this.#profile = profile;
    this.#note = note;
    this.#options = options;
    this.#pool = new LedgerPool(profile, note);
    this.#relation = relationOf(options);
  }

  /** Other settings: from the next read on. What is under way ends with the old ones. */
  configure(options: LedgerOptions): void {
    this.#options = options;
    this.#relation = relationOf(options);
    this.#checked = null;
  }

  /** Has anything changed? One statement; the deadline is for a connection that may be dead. */
  probe(deadlineMs: number): Promise<Version> {
    return this.#timed(deadlineMs, (session) => this.#probeOn(session));
  }

  /** All figures, of one moment. */
  async read(deadlineMs: number): Promise<Reading> {
    try {
      const read = await this.#timed(deadlineMs, (session) => this.#readOn(session));
      return readingOf(read, this.#note);
    } catch (error) {
      return this.#explain(error, deadlineMs);
    }
  }

  /** The rows behind a data-quality chip. */
  oddRows(oddity: OddityId, deadlineMs: number): Promise<OddRows> {
    return this.#timed(deadlineMs, async (session) => {
      await this.#check(session);
      return readOddRowsOf(this.#sourceOn(session), oddity);
    });
  }

  /** What the trading system's own report prints of the last `days` · 24 h. */
  legacyReport(days: number, deadlineMs: number): Promise<LegacyReport> {
    return this.#timed(deadlineMs, async (session) => {
      await this.#check(session);
      return readLegacyReportOf(this.#sourceOn(session), days);
    });
  }

  /** Connections held now. */
  held(): number {
    return this.#pool.held();
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
        if (failed.failure.code === 'too-slow') this.#spentMs += performance.now() - start;
        throw failed;
      }
    });
  }

  // A quiet ledger can stand on a server that fills up: its slots are looked at all the same, and
  // when they changed the snapshot that shows them is out of date.
  async #probeOn({ db, serial }: Session): Promise<Version> {
    const seen = await readVersion(db);
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
    // With the settings that it was read under: they may be others by now.
    const { options } = source;
    return {
      answers: withSerial(answers, session.serial),
      options,
      roleCanWrite,
      restatements: [],
    };
  }

  #sourceOn({ db }: Session): Source {
    return { db, ...this.#relation, options: this.#options };
  }

  // A new connection may lead to another server, or come with other privileges.
  async #check({ db, serial }: Session): Promise<CheckedLedger> {
    const { t } = this.#relation;
    if (this.#checked?.serial === serial && this.#checked.t === t) return this.#checked.result;
    this.#budget(await readServerHealth(db));
    const result = await checkLedger(db, t, this.#options.paperTrades, this.#profile);
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

/** A token holds for one connection alone: after a reconnect nothing proves that it is the same server. */
const withSerial = <T extends { readonly token: string }>(value: T, serial: number): T => ({
  ...value,
  token: `${serial} ${value.token}`,
});
