import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Where the events are, and who asks for them. */
interface Followed {
  readonly port: number;
  readonly token: string;
}

/** What a test may want otherwise. */
interface FollowWishes {
  readonly lastEventId?: string;
  /** In place of the token. */
  readonly ticket?: string;
}

/** A reader of the events, with all that it has read. */
export interface Follower {
  readonly status: number;
  /** Body of a refusal, or the bytes of the events. */
  raw(): string;
  readonly events: EventSourceMessage[];
  /** Names of the events. */
  names(): (string | undefined)[];
  /** Resolves when so many events are there. */
  until(count: number): Promise<void>;
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

const waitMs = 10 * 1000;

/** Connects to `/v1/events`; resolves with the head of the answer. */
export async function followEvents(
  { port, token }: Followed,
  { lastEventId, ticket }: FollowWishes = {},
): Promise<Follower> {
  const query = ticket === undefined ? '' : `?ticket=${ticket}`;
  const headers = {
    ...(ticket === undefined ? { Authorization: `Bearer ${token}` } : {}),
    ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
  };
  const sent = request({ host: '127.0.0.1', port, path: `/v1/events${query}`, headers });
  sent.end();
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (answer === undefined) throw new Error('There was no answer.');
  return followerOf(answer);
}

function followerOf(answer: IncomingMessage): Follower {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void events.push(event) });
  let raw = '';
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    raw += text;
    parser.feed(text);
  });
  const ended = new Promise<void>((resolve) => {
    answer.on('close', resolve);
    // A stream that is cut ends with an error, which is what tests wait for.
    answer.on('error', () => resolve());
  });
  return {
    ...{ status: answer.statusCode ?? 0, raw: () => raw, events, ended },
    names: () => events.map(({ event }) => event),
    until: async (count) => {
      const deadline = performance.now() + waitMs;
      while (events.length < count) {
        if (performance.now() > deadline) throw new Error(`${events.length} of ${count} came.`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    close: () => void answer.destroy(),
  };
}
