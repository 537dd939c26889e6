import type { FeedFreshness } from '../../shared/feed.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import type { FetchFeed } from './feed-calls.ts';
import type { TickClock } from './ticker.ts';

/** A clock that stands until a test moves it. */
export class ManualClock implements TickClock {
  #nowMs = 0;
  #lastTimer = 0;
  readonly #timers = new Map<number, { readonly atMs: number; readonly callback: () => void }>();

  readonly now = (): number => this.#nowMs;

  readonly setTimeout = (callback: () => void, delayMs: number): number => {
    this.#lastTimer += 1;
    this.#timers.set(this.#lastTimer, { atMs: this.#nowMs + delayMs, callback });
    return this.#lastTimer;
  };

  readonly clearTimeout = (timer: number): void => void this.#timers.delete(timer);

  /** Lets time pass, and runs what is due, unless the page `isFrozen` meanwhile. */
  pass(ms: number, { isFrozen = false } = {}): void {
    this.#nowMs += ms;
    if (isFrozen) return;
    for (const [timer, { atMs, callback }] of [...this.#timers]) {
      if (atMs > this.#nowMs || !this.#timers.delete(timer)) continue;
      callback();
    }
  }
}

/** A request that the page made. */
export interface Asked {
  readonly path: string;
  readonly headers: Headers;
}

type Answer = { readonly status?: number; readonly body: unknown };

/** Plumbline's feed as a test plays it: answers by path, and one stream a connection. */
export class ManualFeed {
  readonly asked: Asked[] = [];
  /** What calls answer; what is not listed is not answered with 200. */
  readonly answers = new Map<string, Answer>();
  /** What `/v1/events` answers in place of a stream. */
  refusal: Answer | null = null;
  /** Nobody listens there. */
  isDown = false;
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;

  readonly fetch: FetchFeed = async (path, init) => {
    this.asked.push({ path, headers: new Headers(init.headers) });
    if (this.isDown) throw new TypeError('Failed to fetch');
    if (path !== '/v1/events') return answerWith(this.answers.get(path) ?? notThere);
    return this.refusal === null ? this.#open(init.signal ?? null) : answerWith(this.refusal);
  };

  /** What a call answers from now on. */
  answer(channel: string, value: unknown): void {
    this.answers.set(`/v1/calls/${channel}`, { body: { ok: true, value } });
  }

  /** Sends an event down the stream that is open. */
  async send(event: string, id: string, data: unknown): Promise<void> {
    const text = `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#stream?.enqueue(new TextEncoder().encode(text));
    await settled();
  }

  /** Cuts the stream that is open. */
  async cut(): Promise<void> {
    this.#stream?.error(new TypeError('network error'));
    this.#stream = null;
    await settled();
  }

  /** Requests of a path so far. */
  times(path: string): number {
    return this.asked.filter((each) => each.path === path).length;
  }

  #open(signal: AbortSignal | null): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
        signal?.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }
}

const notThere: Answer = { status: 404, body: {} };

const answerWith = ({ status = 200, body }: Answer): Response => Response.json(body, { status });

/** Lets everything run that waits for nothing but its turn. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Data of a `freshness` event. */
export const freshnessOf = (state: MonitorState): FeedFreshness => ({
  sequence: state.sequence,
  asOf: state.asOf,
  freshness: { kind: 'live', ageMs: state.ageMs },
  state,
});
