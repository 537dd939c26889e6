import { EventEmitter } from 'node:events';
import { EventBuffer } from 'better-sse';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FeedEvent, feedEvents } from '../../shared/feed.ts';
import type { Sent } from './event-log.ts';
import { Subscriber } from './subscriber.ts';

const pressure = { coalesceBytes: 1000, cutBytes: 4000, drainMs: 15_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A connection whose other side reads when the test says so. */
class Line extends EventEmitter {
  writableLength = 0;
  destroyed = false;
  readonly received: Sent[] = [];
  #waiting: Sent[] = [];

  write(sent: Sent): void {
    this.writableLength += sent.buffer.read().length;
    this.#waiting.push(sent);
  }

  /** All that waits is read. */
  drain(): void {
    this.received.push(...this.#waiting);
    this.#waiting = [];
    this.writableLength = 0;
    this.emit('drain');
  }

  destroy(): this {
    this.destroyed = true;
    return this;
  }
}

function setUp() {
  const line = new Line();
  const made = new Map<unknown, Sent>();
  let cuts = 0;
  const subscriber = new Subscriber({
    session: {
      isConnected: true,
      batch: async (buffer) => {
        const sent = made.get(buffer);
        if (sent !== undefined) line.write(sent);
      },
    },
    response: line,
    pressure,
    onCut: () => {
      cuts += 1;
    },
    onError: (error) => expect.fail(String(error)),
  });
  let sequence = 0;
  const send = (name: FeedEvent, bytes: number): void => {
    sequence += 1;
    const buffer = new EventBuffer().push('x'.repeat(bytes), name, `e-${sequence}`);
    const sent = { name, sequence, buffer };
    made.set(buffer, sent);
    subscriber.send(sent);
  };
  return { line, subscriber, send, cuts: () => cuts };
}

test('whenever it reads on, a reader ends with the latest of each event, in order', () => {
  const sending = fc.record({ name: fc.constantFrom(...feedEvents), bytes: fc.nat(900) });
  const reading = fc.constant('read' as const);
  const steps = fc.array(fc.oneof({ weight: 4, arbitrary: sending }, reading), { maxLength: 80 });
  fc.assert(
    fc.property(steps, (taken) => {
      const { line, send, cuts } = setUp();
      const latest = new Map<FeedEvent, number>();
      let most = 0;
      for (const [index, step] of taken.entries()) {
        if (step === 'read') line.drain();
        else {
          send(step.name, step.bytes);
          latest.set(step.name, taken.slice(0, index + 1).filter((each) => each !== 'read').length);
        }
        most = Math.max(most, line.writableLength);
      }
      // What was kept back may fill the line once more.
      for (let turn = 0; turn < feedEvents.length; turn += 1) line.drain();
      expect(cuts()).toBe(0);
      expect(most).toBeLessThan(2 * pressure.coalesceBytes);
      const received = new Map(line.received.map(({ name, sequence }) => [name, sequence]));
      expect(new Map([...received].sort())).toEqual(new Map([...latest].sort()));
    }),
    { numRuns: 300 },
  );
});

test('who does not read for too long is cut, once, and sent nothing more', () => {
  const { line, send, cuts } = setUp();
  send('snapshot', 1500);
  vi.advanceTimersByTime(14_999);
  expect(line.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect([line.destroyed, cuts()]).toEqual([true, 1]);
  const before = line.writableLength;
  send('snapshot', 10);
  line.drain();
  expect([line.writableLength, before > 0, cuts()]).toEqual([0, true, 1]);
});

test('who reads in time is not cut', () => {
  const { line, send, cuts } = setUp();
  send('snapshot', 1500);
  vi.advanceTimersByTime(14_000);
  line.drain();
  vi.advanceTimersByTime(60_000);
  expect([line.destroyed, cuts(), vi.getTimerCount()]).toEqual([false, 0, 0]);
});

test('what alone is more than anybody may leave waiting cuts at once', () => {
  const { line, send, cuts } = setUp();
  send('snapshot', 5000);
  expect([line.destroyed, cuts(), vi.getTimerCount()]).toEqual([true, 1, 0]);
});

test('a closed connection leaves no timer and is not counted as cut', () => {
  const { line, send, subscriber, cuts } = setUp();
  send('snapshot', 1500);
  subscriber.close();
  line.drain();
  vi.advanceTimersByTime(60_000);
  expect([cuts(), vi.getTimerCount()]).toEqual([0, 0]);
});
