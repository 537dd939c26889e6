import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { feedErrorSchema } from '../../../shared/feed.ts';

/** What came of bytes that were sent as they are. */
export interface RawAnswer {
  readonly text: string;
  /** `us`: it had not closed the connection when the time was up. */
  readonly endedBy: 'server' | 'us';
}

/** Sends bytes as they are and reads until the server closes, or for so long. Rejects where nobody listens. */
export async function rawRequest(port: number, bytes: string, waitMs = 2000): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  let endedBy: RawAnswer['endedBy'] = 'server';
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    answer += part;
  });
  // A connection that is reset has said all that it will.
  socket.on('error', () => socket.destroy());
  const timer = setTimeout(() => {
    endedBy = 'us';
    socket.destroy();
  }, waitMs);
  socket.write(bytes);
  // `once` of node:events would reject for a reset.
  await new Promise((resolve) => socket.once('close', resolve));
  clearTimeout(timer);
  return { text: answer, endedBy };
}

/** The head of a request, `Connection: close` with it, so that its answer ends. */
export const head = (start: string, headers: Readonly<Record<string, string>>): string =>
  [
    start,
    ...Object.entries({ Connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '\r\n',
  ].join('\r\n');

/** The status of a raw answer; null where there was none. */
export function statusOf({ text: answer }: RawAnswer): number | null {
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
  return status === undefined ? null : Number(status);
}

/** An answer that was understood. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request that may say anything of itself, which `fetch` may not. */
export function ask(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...headers } });
    sent.on('error', reject);
    sent.on('response', (answer) =>
      text(answer).then(
        (body) => resolve({ status: answer.statusCode, headers: answer.headers, body }),
        reject,
      ),
    );
    sent.end();
  });
}

/** The header that a token goes in. */
export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** Which refusal an answer is. */
export const codeOf = ({ body }: Answer): string =>
  feedErrorSchema.parse(JSON.parse(body)).error.code;

/** A connection that asked for events and reads none. */
export function deafReader(port: number, token: string): Promise<Socket> {
  const headers = { Host: `127.0.0.1:${port}`, ...bearer(token) };
  return deafSocket(port, head('GET /v1/events HTTP/1.1', headers));
}

/** A connection that sent a request and reads no answer. */
export async function deafSocket(port: number, request: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // Cut connections are what this is about.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(request);
  return socket;
}
