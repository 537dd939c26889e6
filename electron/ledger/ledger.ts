import type { FailureCode, LedgerFailure } from '../../shared/failure.ts';
import type { ConnectionProfile } from './connection-profile.ts';
import { toLedgerError } from './failures.ts';
import { type CheckedLedger, checkLedger } from './ledger-check.ts';
import { LedgerPool, type Note, type Session } from './pool.ts';
import { defaultRelations } from './schema.ts';
import { type LedgerOptions, relationOf } from './scope.ts';
import { freeSlots, readServerHealth, type ServerHealth, slotsToSpare } from './server-health.ts';
import { type Reading, readSnapshot, readVersion, type Version } from './snapshot.ts';

/** One ledger, watched through the one pool. Every method rejects with a LedgerError. */
export interface Ledger {
  /** Has anything changed? One statement; the deadline is for a connection that may be dead. */
  probe(deadlineMs: number): Promise<Version>;
  /** All figures, of one moment. */
  read(deadlineMs: number): Promise<Reading>;
  /** Connections held now. */
  held(): number;
  /** Milliseconds spent inside sessions since the start: what the duty cycle counts. */
  spentMs(): number;
  /** The server runs low on connections: ask less often. */
  crowded(): boolean;
  /** Classifies what a method rejected with. */
  failureOf(error: unknown): LedgerFailure;
  close(deadlineMs: number): Promise<void>;
}

const defaultOptions: LedgerOptions = {
  paperTrades: defaultRelations.paperTrades,
  pnlIsGross: false,
};

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

/** Opens a ledger; nothing is asked of the server before the first probe or read. */
export function openLedger(
  profile: ConnectionProfile,
  note: Note,
  options: LedgerOptions = defaultOptions,
): Ledger {
  const pool = new LedgerPool(profile, note);
  const relation = relationOf(options);
  let spentMs = 0;
  let crowded = false;
  let checked: { readonly serial: number; readonly result: CheckedLedger } | null = null;

  // Only what the server worked on counts: neither a wait for a lock nor one for a dead connection.
  const timed = <T>(deadlineMs: number, work: (session: Session) => Promise<T>): Promise<T> =>
    pool.withSession(deadlineMs, async (session) => {
      const start = performance.now();
      try {
        const value = await work(session);
        spentMs += performance.now() - start;
        return value;
      } catch (error) {
        const failed = toLedgerError(error, profile);
        if (failed.failure.code === 'too-slow') spentMs += performance.now() - start;
        throw failed;
      }
    });

  let health: { readonly inUse: number; readonly atMs: number } | null = null;

  const budget = (server: ServerHealth): void => {
    crowded = freeSlots(server) < slotsToSpare(server);
    health = { inUse: server.inUse, atMs: performance.now() };
    pool.allow(crowded ? 1 : 2);
  };

  // A quiet ledger can stand on a server that fills up: its slots are looked at all the same, and
  // when they changed the snapshot that shows them is out of date.
  const probe = async ({ db, serial }: Session): Promise<Version> => {
    const seen = await readVersion(db);
    const before = health;
    if (before !== null && performance.now() - before.atMs > healthMs) {
      const server = await readServerHealth(db);
      budget(server);
      if (server.inUse !== before.inUse) return { ...seen, token: 'the server has other slots' };
    }
    return withSerial(seen, serial);
  };

  // A new connection may lead to another server, or come with other privileges.
  const check = async ({ db, serial }: Session): Promise<CheckedLedger> => {
    if (checked?.serial === serial) return checked.result;
    budget(await readServerHealth(db));
    const result = await checkLedger(db, relation.t, options.paperTrades, profile);
    checked = { serial, result };
    return result;
  };

  const readChecked = async (session: Session): Promise<Reading> => {
    const { roleCanWrite } = await check(session);
    const reading = await readSnapshot(session.db, relation, roleCanWrite);
    budget(reading.snapshot.server);
    return withSerial(reading, session.serial);
  };

  // The shape may have changed under a connection that was checked long ago: the check names what
  // the query stumbled over. When it finds nothing, the first failure stands.
  const explain = async (error: unknown, deadlineMs: number): Promise<never> => {
    const wasChecked = checked !== null;
    checked = null;
    const failed = toLedgerError(error, profile);
    if (wasChecked && shapeFailures.has(failed.failure.code)) await timed(deadlineMs, check);
    throw failed;
  };

  return {
    probe: (deadlineMs) => timed(deadlineMs, probe),
    read: (deadlineMs) =>
      timed(deadlineMs, readChecked).catch((error) => explain(error, deadlineMs)),
    held: () => pool.held(),
    spentMs: () => spentMs,
    crowded: () => crowded,
    failureOf: (error) => toLedgerError(error, profile).failure,
    close: (deadlineMs) => pool.close(deadlineMs),
  };
}

/** A token holds for one connection alone: after a reconnect nothing proves that it is the same server. */
const withSerial = <T extends { readonly token: string }>(value: T, serial: number): T => ({
  ...value,
  token: `${serial} ${value.token}`,
});
