import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { connectionBudget } from './budget.ts';
import { type BackendKey, cancelQuery } from './cancel.ts';
import type { ConnectionProfile } from './connection-profile.ts';
import { codeOf, toLedgerError, traceOf } from './failures.ts';

/** One checked-out connection for the length of a piece of work. */
export interface Session {
  readonly db: NodePgDatabase;
  /** Number of the connection: another number means another backend, perhaps another server. */
  readonly serial: number;
}

/** The one pool: every query of Plumbline goes through `withSession`. */
export interface LedgerPool {
  /**
   * Runs `work` on one connection; the work is cancelled at the server when it outlives
   * `deadlineMs`. Rejects with a LedgerError. A connection is kept only after a success.
   */
  withSession<T>(deadlineMs: number, work: (session: Session) => Promise<T>): Promise<T>;
  /** Connections held now, abandoned ones that the server may still hold included. */
  held(): number;
  /** How many connections may serve sessions at once, 1 or 2. */
  allow(slots: 1 | 2): void;
  /** Closes all connections; resolves after the deadline at the latest. */
  close(deadlineMs: number): Promise<void>;
}

const connectTimeoutMs = 3000;
const serverKeepAlive =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** How long a backend whose socket was destroyed unanswered may still count against the budget. */
const abandonedMs = 60 * 1000;
const cancelGraceMs = 1000;

/** Session limits; `statement_timeout` stands below `query_timeout`, so that the server stops first. */
export const sessionLimits = {
  statementTimeoutMs: 5000,
  queryTimeoutMs: 8000,
  lockTimeoutMs: 1000,
  idleInTransactionMs: 10 * 1000,
} as const;

function poolConfig(profile: ConnectionProfile): pg.PoolConfig {
  return {
    host: profile.host,
    port: profile.port,
    database: profile.database,
    user: profile.user,
    // A function, even for no password: pg would otherwise fill the gap from the environment.
    password: async () => profile.password ?? '',
    ssl: profile.tls,
    application_name: 'plumbline',
    max: 2,
    min: 1,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30 * 1000,
    maxLifetimeSeconds: 30 * 60,
    query_timeout: sessionLimits.queryTimeoutMs,
    statement_timeout: sessionLimits.statementTimeoutMs,
    lock_timeout: sessionLimits.lockTimeoutMs,
    idle_in_transaction_session_timeout: sessionLimits.idleInTransactionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    options: `-c default_transaction_read_only=on -c TimeZone=UTC -c DateStyle=ISO -c jit=off -c max_parallel_workers_per_gather=0 ${serverKeepAlive}`,
  };
}

/** A place for each connection that may serve; whoever comes later waits in line. */
function createSlots() {
  let allowed = 1;
  let taken = 0;
  const waiting: (() => void)[] = [];
  const admit = (): void => {
    while (taken < allowed && waiting.length > 0) {
      taken += 1;
      waiting.shift()?.();
    }
  };
  return {
    take: (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        admit();
      }),
    give: (): void => {
      taken -= 1;
      admit();
    },
    allow: (slots: number): void => {
      allowed = slots;
      admit();
    },
    allowed: (): number => allowed,
  };
}

/** What the pool notes in the log: sentences without secrets. */
export type Note = (sentence: string) => void;

/** Makes the one pool. It opens nothing before the first session. */
export function createLedgerPool(profile: ConnectionProfile, note: Note): LedgerPool {
  const pool = new pg.Pool(poolConfig(profile));
  const slots = createSlots();
  const abandoned = createAbandoned();
  const serials = new WeakMap<pg.PoolClient, number>();
  const busy = new Set<pg.PoolClient>();
  let connected = 0;
  let closed: Promise<void> | null = null;

  // Without these two listeners a backend that dies while idle, or between two queries of a
  // transaction, would bring the whole process down.
  pool.on('error', (error) => note(`An idle connection was lost (${codeOf(error) ?? 'cut'}).`));
  pool.on('connect', (client) => {
    connected += 1;
    serials.set(client, connected);
    client.on('error', (error) => note(`A connection was lost (${codeOf(error) ?? 'cut'}).`));
  });

  const cancelOn = (client: pg.PoolClient) => (): void => {
    const key = backendKeyOf(client);
    if (key === null) return;
    cancelQuery(profile, key).catch((error: unknown) =>
      note(`A cancel did not reach the server (${codeOf(error) ?? 'no answer'}).`),
    );
  };

  let lastTrace = '';
  const noteOnce = (trace: string): void => {
    if (trace !== lastTrace) note(`A failure that is not known here: ${trace}.`);
    lastTrace = trace;
  };

  const checkOut = async (): Promise<pg.PoolClient> => {
    if (closed !== null) throw new Error('The pool is closed');
    if (pool.idleCount === 0 && pool.totalCount + abandoned.count() >= connectionBudget) {
      throw Object.assign(new Error('Abandoned connections still count'), { code: '53300' });
    }
    return pool.connect();
  };

  const withSession = async <T>(
    deadlineMs: number,
    work: (session: Session) => Promise<T>,
  ): Promise<T> => {
    await slots.take();
    let client: pg.PoolClient | null = null;
    let keep = false;
    try {
      client = await checkOut();
      busy.add(client);
      const session = { db: drizzle({ client }), serial: serials.get(client) ?? 0 };
      if (abandoned.count() > 0) await abandoned.reap(client);
      const { value, cancelled } = await within(deadlineMs, work(session), cancelOn(client));
      // A cancel that came too late for its query would hit the next one on this connection.
      keep = !cancelled && pool.totalCount <= slots.allowed();
      return value;
    } catch (error) {
      if (client !== null && isUnanswered(error)) abandoned.add(client);
      const failed = toLedgerError(error, profile);
      if (failed.failure.code === 'other') noteOnce(traceOf(error));
      throw failed;
    } finally {
      if (client !== null) busy.delete(client);
      client?.release(keep ? undefined : true);
      slots.give();
    }
  };

  // What is under way ends at the server too: a pool waits for every session before it has ended.
  const end = async (deadlineMs: number): Promise<void> => {
    for (const client of busy) cancelOn(client)();
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs);
    });
    await Promise.race([pool.end(), deadline]);
    clearTimeout(timer);
  };

  return {
    withSession,
    held: () => pool.totalCount + abandoned.count(),
    allow: slots.allow,
    close: (deadlineMs) => {
      closed ??= end(deadlineMs);
      return closed;
    },
  };
}

/** The deadline passed and not even a cancel made the server answer. */
class UnansweredError extends Error {
  readonly code = 'ETIMEDOUT';
}

const isUnanswered = (error: unknown): boolean =>
  error instanceof UnansweredError ||
  (error instanceof Error &&
    (/^Query read timeout/.test(error.message) || isUnanswered(error.cause)));

/** Settles as `work` does; at the deadline it is cancelled, and given up when even that is unheard. */
async function within<T>(
  deadlineMs: number,
  work: Promise<T>,
  cancel: () => void,
): Promise<{ readonly value: T; readonly cancelled: boolean }> {
  let cancelled = false;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      timer = setTimeout(() => reject(new UnansweredError('No answer to a cancel')), cancelGraceMs);
      cancelled = true;
      cancel();
    }, deadlineMs);
  });
  try {
    return { value: await Promise.race([work, deadline]), cancelled };
  } finally {
    clearTimeout(timer);
  }
}

/** pg keeps the key that the server sent at sign-in on the client, but its types do not say so. */
function backendKeyOf(client: object): BackendKey | null {
  if (!('processID' in client && 'secretKey' in client)) return null;
  const { processID: processId, secretKey: secret } = client;
  return typeof processId === 'number' && typeof secret === 'number' ? { processId, secret } : null;
}

/** Backends whose socket was destroyed unanswered: the server may not have noticed yet. */
function createAbandoned() {
  let list: { readonly processId: number; readonly at: number }[] = [];
  const count = (): number => {
    list = list.filter(({ at }) => performance.now() - at < abandonedMs);
    return list.length;
  };
  return {
    count,
    add: (client: pg.PoolClient): void => {
      const key = backendKeyOf(client);
      if (key !== null) list.push({ processId: key.processId, at: performance.now() });
    },
    /** Ends them at the server and forgets those that are gone. */
    reap: async (client: pg.PoolClient): Promise<void> => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid, pg_terminate_backend(pid) from pg_stat_activity
         where pid = any($1) and application_name = 'plumbline' and usename = current_user`,
        [list.map(({ processId }) => processId)],
      );
      const alive = new Set(rows.map(({ pid }) => pid));
      list = list.filter(({ processId }) => alive.has(processId));
    },
  };
}
