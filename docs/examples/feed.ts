// The day's P&L, then the next events of Plumbline's feed, with fetch and eventsource-parser:
//   node docs/examples/feed.ts http://127.0.0.1:8630 [EVENTS]      (Node 22.18 or newer)
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';

const retryMs = 2000;

const [, , address = 'http://127.0.0.1:8630', most = '5'] = process.argv;
const home = process.env.PLUMBLINE_HOME || join(homedir(), '.config', 'plumbline');
const { tokens } = JSON.parse(await readFile(join(home, 'feed-tokens.json'), 'utf8'));
const authorization = `Bearer ${tokens[0].token}`;

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(new URL(path, address), { headers: { authorization, ...headers } });
  if (answer.ok) return answer;
  process.stderr.write(`${(await answer.json()).error.message}\n`);
  process.exit(1);
}

/** Events for ever; after a lost connection it goes on where it was. */
async function* follow() {
  let lastId: string | undefined;
  for (;;) {
    try {
      const { body } = await ask('/v1/events', lastId ? { 'last-event-id': lastId } : {});
      const events = body
        ?.pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream());
      for await (const event of events ?? []) {
        lastId = event.id;
        yield event;
      }
    } catch (error) {
      process.stderr.write(`${error}; trying again\n`);
    }
    await delay(retryMs);
  }
}

const { figures } = await (await ask('/v1/snapshot')).json();
process.stdout.write(`Today: ${figures?.['day-pnl'].text ?? 'no figures yet'}\n`);

let left = Number(most);
for await (const { id, event } of follow()) {
  process.stdout.write(`${id} ${event}\n`);
  left -= 1;
  if (left === 0) break;
}
