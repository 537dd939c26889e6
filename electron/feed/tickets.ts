import { randomBytes } from 'node:crypto';
import type { Clock } from '../monitor/clock.ts';

const livesMs = 30 * 1000;
const mostTickets = 1000;

interface Ticket {
  readonly owner: string;
  readonly untilMs: number;
}

/**
 * Tickets for who cannot send a header, as EventSource: each is good once, for half a minute, in place of
 * the token that it was given for.
 */
export class Tickets {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #tickets = new Map<string, Ticket>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** A new one for the token of this owner. */
  issue(owner: string): { readonly ticket: string; readonly expiresInMs: number } {
    this.#sweep();
    const ticket = randomBytes(32).toString('base64url');
    this.#tickets.set(ticket, { owner, untilMs: this.#clock.monotonicMs() + livesMs });
    return { ticket, expiresInMs: livesMs };
  }

  /** Whose it was, null for one that is unknown, used or expired. It is used up by asking. */
  redeem(ticket: string): string | null {
    const known = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return known !== undefined && known.untilMs > this.#clock.monotonicMs() ? known.owner : null;
  }

  /** The oldest go first, for a map keeps its order. */
  #sweep(): void {
    for (const [ticket, { untilMs }] of this.#tickets) {
      const isOver = untilMs <= this.#clock.monotonicMs() || this.#tickets.size >= mostTickets;
      if (!isOver) return;
      this.#tickets.delete(ticket);
    }
  }
}
