import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { bearer, type FeedAccess, orNull, otherVersion, refusalOf } from './feed-calls.ts';
import type { TickClock } from './ticker.ts';

/** How a connection ended. */
export type Ending =
  /** The token is not known. */
  | { readonly kind: 'refused' }
  /** One sentence where Plumbline gave a reason, else empty. */
  | { readonly kind: 'cut'; readonly reason: string };

/** What following the events once needs. */
export interface EventsNeeds extends FeedAccess {
  readonly clock: TickClock;
  /** Where to go on; null to begin anew. */
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  /** False for what it does not understand, which ends the connection. */
  readonly onEvent: (event: EventSourceMessage) => boolean;
}

/** Heartbeats come each ten seconds: after this long without anything nobody is there. */
export const silenceMs = 25 * 1000;

const cut = (reason = ''): Ending => ({ kind: 'cut', reason });

/** Follows the events of the feed over one connection, until it ends; never rejects. */
export async function followEvents(needs: EventsNeeds): Promise<Ending> {
  const silence = new SilenceWatch(needs.clock);
  try {
    const response = await orNull(
      needs.fetch('/v1/events', {
        headers: {
          ...bearer(needs.token),
          Accept: 'text/event-stream',
          ...(needs.lastEventId === null ? {} : { 'Last-Event-ID': needs.lastEventId }),
        },
        cache: 'no-store',
        signal: AbortSignal.any([needs.signal, silence.signal]),
      }),
    );
    if (response === null) return cut();
    if (response.status === 401) return { kind: 'refused' };
    if (!response.ok || response.body === null) return cut(await refusalOf(response));
    needs.onOpen();
    return await readAll(response.body.getReader(), needs, silence);
  } finally {
    silence.end();
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { onEvent }: EventsNeeds,
  silence: SilenceWatch,
): Promise<Ending> {
  let isUnderstood = true;
  const parser = createParser({
    onEvent: (event) => {
      isUnderstood = onEvent(event) && isUnderstood;
    },
  });
  const text = new TextDecoder();
  for (;;) {
    const chunk = await orNull(reader.read());
    // A page that was frozen finds what was sent meanwhile: old news, not to be taken for new.
    if (chunk === null || chunk.done || !silence.heard()) return cut();
    parser.feed(text.decode(chunk.value, { stream: true }));
    if (!isUnderstood) return cut(otherVersion);
  }
}

/** Aborts when nothing has come for too long. */
class SilenceWatch {
  readonly #clock: TickClock;
  readonly #abort = new AbortController();
  #timer: number;
  #since: number;

  constructor(clock: TickClock) {
    this.#clock = clock;
    this.#since = clock.now();
    this.#timer = this.#arm();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Something came; false when it came too late. */
  heard(): boolean {
    const now = this.#clock.now();
    const isInTime = now - this.#since < silenceMs;
    this.#since = now;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#arm();
    return isInTime;
  }

  /** Lets go of the connection, too. */
  end(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#abort.abort();
  }

  #arm(): number {
    return this.#clock.setTimeout(() => this.#abort.abort(), silenceMs);
  }
}
