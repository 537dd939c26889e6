import type { Sent } from './event-log.ts';
import type { Subscriber } from './subscriber.ts';

type Receiver = Pick<Subscriber, 'send'>;

/** Who is served before the event loop has its turn again: a thousand at once would hold it up. */
const atOnce = 100;

/** An event on its way, and who is still to have it. */
interface Round {
  readonly sent: Sent;
  readonly to: Receiver[];
}

/** Sends events one after the other, each to whoever followed when it came up. */
export class Rounds {
  readonly #waiting: Round[] = [];
  #isUnderWay = false;

  add(sent: Sent, to: Iterable<Receiver>): void {
    this.#waiting.push({ sent, to: [...to] });
    if (!this.#isUnderWay) this.#go();
  }

  #go(): void {
    let left = atOnce;
    for (let round = this.#waiting[0]; round !== undefined && left > 0; round = this.#waiting[0]) {
      const served = round.to.splice(0, left);
      for (const subscriber of served) subscriber.send(round.sent);
      left -= served.length;
      if (round.to.length === 0) this.#waiting.shift();
    }
    this.#isUnderWay = this.#waiting.length > 0;
    if (this.#isUnderWay) setImmediate(() => this.#go());
  }
}
