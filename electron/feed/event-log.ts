import { EventBuffer } from 'better-sse';
import type { FeedEvent } from '../../shared/feed.ts';

/** One event as it goes over the wire, the same text for every subscriber. */
export interface Sent {
  readonly name: FeedEvent;
  readonly sequence: number;
  readonly buffer: EventBuffer;
}

const eventsKept = 256;

/**
 * The last events, by ids `epoch-sequence`: the epoch tells one run of Plumbline from another. Who was gone
 * for less than is kept goes on where it was. Sequence 0 stands for nothing yet.
 */
export class EventLog {
  readonly #epoch: string;
  #sequence = 0;
  #kept: Sent[] = [];

  /** @param epoch Letters and digits. */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** Writes an event down, its data as JSON. */
  add(name: FeedEvent, data: unknown): Sent {
    const sent = this.#make(name, data, this.#sequence + 1);
    this.#sequence += 1;
    this.#kept.push(sent);
    if (this.#kept.length > eventsKept) this.#kept.shift();
    return sent;
  }

  /**
   * How things stand, for one subscriber alone: who has them all goes on after the last event that was
   * written down, who lost the connection in between is told all of them again.
   */
  standing(parts: readonly (readonly [FeedEvent, unknown])[]): Sent[] {
    return parts.map(([name, data], index) =>
      this.#make(name, data, index === parts.length - 1 ? this.#sequence : 0),
    );
  }

  /** What came after an id; null when that is not known any more, or of another run. */
  since(id: string): readonly Sent[] | null {
    const [, epoch, digits = ''] = /^([^-]+)-(\d{1,15})$/.exec(id) ?? [];
    const sequence = Number(digits);
    if (epoch !== this.#epoch || sequence === 0 || sequence > this.#sequence) return null;
    const oldest = this.#sequence - this.#kept.length;
    return sequence < oldest ? null : this.#kept.filter((sent) => sent.sequence > sequence);
  }

  #make(name: FeedEvent, data: unknown, sequence: number): Sent {
    const buffer = new EventBuffer().push(data, name, `${this.#epoch}-${sequence}`);
    return { name, sequence, buffer };
  }
}
