import { connect, type Socket } from 'node:net';

/** What the server needs to find the backend whose query is to be cancelled. */
export interface BackendKey {
  readonly processId: number;
  readonly secret: number;
}

const cancelRequestCode = 80877102;
const answerTimeoutMs = 2000;

/**
 * Sends the protocol's CancelRequest: it takes no connection slot, needs no sign-in, and works behind
 * a pooler too, where process ids are not the server's own. Resolves when the server has closed the
 * socket, which it does after the signal was sent; rejects when it cannot be reached.
 * Source: PostgreSQL, "Frontend/Backend Protocol", Canceling Requests in Progress.
 */
export function cancelQuery(
  { host, port }: { readonly host: string; readonly port: number },
  { processId, secret }: BackendKey,
): Promise<void> {
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(cancelRequestCode, 4);
  request.writeInt32BE(processId, 8);
  request.writeInt32BE(secret, 12);
  return new Promise((resolve, reject) => {
    const socket: Socket = host.startsWith('/')
      ? connect(`${host}/.s.PGSQL.${port}`)
      : connect(port, host);
    socket.setTimeout(answerTimeoutMs, () => socket.destroy(new Error('No answer to a cancel')));
    socket.once('connect', () => socket.end(request));
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.resume();
  });
}

/** pg keeps the key that the server sent at sign-in on the client, but its types do not say so. */
export function backendKeyOf(client: object): BackendKey | null {
  if (!('processID' in client && 'secretKey' in client)) return null;
  const { processID: processId, secretKey: secret } = client;
  return typeof processId === 'number' && typeof secret === 'number' ? { processId, secret } : null;
}
