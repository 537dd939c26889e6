import type { Session } from 'better-sse';
import type { FeedEvent } from '../../shared/feed.ts';
import type { Sent } from './event-log.ts';

/** When a reader that does not read is spared, and when it is cut. */
export interface Pressure {
  /** Bytes that wait in this process from which on only the latest of each event is kept for it. */
  readonly coalesceBytes: number;
  /** Bytes from which on it is cut. */
  readonly cutBytes: number;
  /** How long it may take to read what waits. */
  readonly drainMs: number;
}

export const usualPressure: Pressure = {
  coalesceBytes: 1024 * 1024,
  cutBytes: 4 * 1024 * 1024,
  drainMs: 15 * 1000,
};

/** What a subscriber is made of. */
export interface SubscriberNeeds {
  readonly session: Pick<Session, 'batch' | 'isConnected'>;
  readonly response: {
    /** Bytes that wait. */
    readonly writableLength: number;
    once(event: 'drain', listener: () => void): unknown;
    destroy(): unknown;
  };
  readonly pressure: Pressure;
  /** It was cut because it did not read. */
  onCut(): void;
  onError(error: unknown): void;
}

/**
 * One reader of the events. better-sse takes no notice of a reader that does not read, so this does: what
 * waits for it is bounded, and it finds the latest of each event when it reads on.
 */
export class Subscriber {
  readonly #needs: SubscriberNeeds;
  /** The latest of each event that was kept back; null while all is sent at once. */
  #kept: Map<FeedEvent, Sent> | null = null;
  #deadline: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(needs: SubscriberNeeds) {
    this.#needs = needs;
  }

  /** Sends, or keeps for later. */
  send(sent: Sent): void {
    if (this.#isOver || !this.#needs.session.isConnected) return;
    if (this.#kept !== null) {
      this.#kept.set(sent.name, sent);
      return;
    }
    // It writes before it returns; what it says later can only be that the connection broke.
    this.#needs.session.batch(sent.buffer).catch(this.#needs.onError);
    this.#mind();
  }

  /** The connection is closed: nothing more is sent, nothing is waited for. */
  close(): void {
    this.#isOver = true;
    this.#kept = null;
    clearTimeout(this.#deadline);
  }

  #mind(): void {
    const { response, pressure } = this.#needs;
    const waiting = response.writableLength;
    if (waiting > pressure.cutBytes) this.#cut();
    else if (waiting > pressure.coalesceBytes) this.#keepBack();
  }

  #keepBack(): void {
    const { response, pressure } = this.#needs;
    this.#kept = new Map();
    this.#deadline = setTimeout(() => this.#cut(), pressure.drainMs);
    response.once('drain', () => this.#goOn());
  }

  #goOn(): void {
    if (this.#isOver || this.#kept === null) return;
    clearTimeout(this.#deadline);
    const kept = [...this.#kept.values()].sort((a, b) => a.sequence - b.sequence);
    this.#kept = null;
    for (const sent of kept) this.send(sent);
  }

  #cut(): void {
    if (this.#isOver) return;
    this.close();
    this.#needs.response.destroy();
    this.#needs.onCut();
  }
}
