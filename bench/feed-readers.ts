import { connect } from 'node:net';
import * as z from 'zod/mini';

// Readers of an event stream in a process of their own, so that reading costs the server's process nothing.

const needsSchema = z.object({
  port: z.int(),
  count: z.int(),
  /** Head of the request. */
  head: z.string(),
});

/** What this process tells: so many `snapshot` events have come to every reader, the last of them at. */
export interface Reached {
  readonly events: number;
  /** Milliseconds since 1970, with fractions. */
  readonly atMs: number;
}

const mark = 'event:snapshot\n';
const needs = needsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const counts = new Map<number, number>();
let told = 0;

function onEvents(reader: number, more: number): void {
  counts.set(reader, (counts.get(reader) ?? 0) + more);
  if (counts.size < needs.count) return;
  const events = Math.min(...counts.values());
  if (events <= told) return;
  told = events;
  const reached: Reached = { events, atMs: performance.timeOrigin + performance.now() };
  process.send?.(reached);
}

for (let reader = 0; reader < needs.count; reader += 1) {
  const socket = connect(needs.port, '127.0.0.1', () => socket.write(needs.head));
  let tail = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    const parts = `${tail}${text}`.split(mark);
    tail = parts.at(-1)?.slice(1 - mark.length) ?? '';
    if (parts.length > 1) onEvents(reader, parts.length - 1);
  });
}

process.on('disconnect', () => process.exit());
