import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes as they are and reads until the server closes, or for so long. */
export async function rawRequest(port: number, bytes: string, waitMs = 2000): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    answer += text;
  });
  // A connection that is reset has said all that it will.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(waitMs, () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
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
export function statusOf(answer: string): number | null {
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
  return status === undefined ? null : Number(status);
}

/** A connection that asked for events and reads none. */
export function deafReader(port: number, token: string): Promise<Socket> {
  const headers = { Host: `127.0.0.1:${port}`, Authorization: `Bearer ${token}` };
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
