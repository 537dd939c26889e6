import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { createAbandoned } from './abandoned.ts';
import { connectionBudget } from './budget.ts';
import { backendKeyOf, cancelQuery } from './cancel.ts';
import type { ConnectionProfile } from './connection-profile.ts';
import { isUnanswered, within } from './deadline.ts';
import { codeOf, toLedgerError, traceOf } from './failures.ts';
import { planningOnce } from './planning-once.ts';
import { poolConfig } from './pool-config.ts';
import { createSlots } from './slots.ts';
import { Traffic } from './traffic.ts';

/** One checked-out connection for the length of a piece of work. */
export interface Session {
  readonly db: NodePgDatabase;
  /** Sends a text as it is and gives pg's own result: for the one question that is asked all day. */
  readonly ask: (text: string) => Promise<unknown>;
  /** Number of the connection: another number means another backend, perhaps another server. */
  readonly serial: number;
}

/** What the pool notes in the log: sentences without secrets. */
export type Note = (sentence: string) => void;

/** The one pool: every query of Plumbline goes through `withSession`. It opens nothing before. */
export class LedgerPool {
  readonly #profile: ConnectionProfile;
  readonly #note: Note;
  readonly #pool: pg.Pool;
  readonly #slots = createSlots();
  readonly #abandoned = createAbandoned();
  readonly #traffic = new Traffic();
  readonly #serials = new WeakMap<pg.PoolClient, number>();
  readonly #sessions = new WeakMap<pg.PoolClient, Session>();
  readonly #busy = new Set<pg.PoolClient>();
  #connected = 0;
  #lost: () => void = () => undefined;
  #closed: Promise<void> | null = null;
  #lastTrace = '';

  constructor(profile: ConnectionProfile, note: Note) {
    this.#profile = profile;
    this.#note = note;
    this.#pool = new pg.Pool(poolConfig(profile));
    this.#listen();
  }

  /**
   * Runs `work` on one connection; it is cancelled at the server when it outlives `deadlineMs`.
   * Rejects with a LedgerError. A connection is kept only after a success.
   */
  async withSession<T>(deadlineMs: number, work: (session: Session) => Promise<T>): Promise<T> {
    await this.#slots.take();
    let client: pg.PoolClient | null = null;
    let keep = false;
    try {
      client = await this.#checkOut();
      const { value, cancelled } = await within(
        deadlineMs,
        this.#workOn(client, work),
        this.#cancelOn(client),
      );
      // A cancel that came too late for its query would hit the next one on this connection.
      keep = !cancelled && this.#pool.totalCount <= this.#slots.allowed();
      return value;
    } catch (error) {
      if (client !== null && isUnanswered(error)) this.#abandoned.add(client);
      throw this.#classified(error);
    } finally {
      if (client !== null) this.#giveBack(client, keep);
      this.#slots.give();
    }
  }

  /** Calls `listener`, the last one given, each time that the last connection was cut while idle. */
  onLost(listener: () => void): void {
    this.#lost = listener;
  }

  /** Connections held now, abandoned ones that the server may still hold included. */
  held(): number {
    return this.#pool.totalCount + this.#abandoned.count();
  }

  /** Bytes that came from the server and went to it, over all connections so far. */
  traffic(): { readonly received: number; readonly sent: number } {
    return this.#traffic.total();
  }

  /** How many connections may serve sessions at once. */
  allow(slots: 1 | 2): void {
    this.#slots.allow(slots);
  }

  /** Cancels what is under way, closes all connections; resolves after the deadline at the latest. */
  close(deadlineMs: number): Promise<void> {
    this.#closed ??= this.#end(deadlineMs);
    return this.#closed;
  }

  // Without these two listeners a backend that dies while idle, or between two queries of a
  // transaction, would bring the whole process down.
  #listen(): void {
    this.#pool.on('error', () => {
      if (this.#pool.totalCount === 0 && this.#closed === null) this.#lost();
    });
    this.#pool.on('connect', (client) => {
      this.#connected += 1;
      this.#serials.set(client, this.#connected);
      this.#traffic.follow(client);
      client.on('error', (error) =>
        this.#note(`A connection was lost (${codeOf(error) ?? 'cut'}).`),
      );
    });
  }

  async #checkOut(): Promise<pg.PoolClient> {
    if (this.#closed !== null) throw new Error('The pool is closed');
    if (this.#pool.idleCount === 0 && this.held() >= connectionBudget) {
      throw Object.assign(new Error('Abandoned connections still count'), { code: '53300' });
    }
    const client = await this.#pool.connect();
    this.#busy.add(client);
    return client;
  }

  async #workOn<T>(client: pg.PoolClient, work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#abandoned.count() > 0) await this.#abandoned.reap(client);
    return work(this.#sessionOf(client));
  }

  /** Made once a connection: making it anew would take a probe a tenth of its time. */
  #sessionOf(client: pg.PoolClient): Session {
    const known = this.#sessions.get(client);
    if (known !== undefined) return known;
    const planned = planningOnce(client);
    const session: Session = {
      db: drizzle({ client: planned }),
      ask: (text) => planned.query({ text }),
      serial: this.#serials.get(client) ?? 0,
    };
    this.#sessions.set(client, session);
    return session;
  }

  #giveBack(client: pg.PoolClient, keep: boolean): void {
    this.#busy.delete(client);
    client.release(keep ? undefined : true);
  }

  #cancelOn(client: pg.PoolClient): () => void {
    return () => {
      const key = backendKeyOf(client);
      if (key === null) return;
      cancelQuery(this.#profile, key).catch((error: unknown) =>
        this.#note(`A cancel did not reach the server (${codeOf(error) ?? 'no answer'}).`),
      );
    };
  }

  #classified(error: unknown): Error {
    const failed = toLedgerError(error, this.#profile);
    const trace = traceOf(error);
    if (failed.failure.code === 'other' && trace !== this.#lastTrace) {
      this.#note(`A failure that is not known here: ${trace}.`);
      this.#lastTrace = trace;
    }
    return failed;
  }

  // What is under way ends at the server too: a pool waits for every session before it has ended.
  async #end(deadlineMs: number): Promise<void> {
    for (const client of this.#busy) this.#cancelOn(client)();
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs);
    });
    await Promise.race([this.#pool.end(), deadline]);
    clearTimeout(timer);
  }
}
