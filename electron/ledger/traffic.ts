import { Socket } from 'node:net';

/** Counts the bytes on the sockets of connections, those that are closed included. */
export class Traffic {
  readonly #open = new Set<Socket>();
  #received = 0;
  #sent = 0;

  /** Counts a connection from its beginning on. */
  follow(client: object): void {
    const socket = socketOf(client);
    if (socket === null) return;
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#received += socket.bytesRead;
      this.#sent += socket.bytesWritten;
    });
  }

  total(): { readonly received: number; readonly sent: number } {
    let [received, sent] = [this.#received, this.#sent];
    for (const { bytesRead, bytesWritten } of this.#open) {
      received += bytesRead;
      sent += bytesWritten;
    }
    return { received, sent };
  }
}

/** pg keeps the socket on the connection of a client, but its types do not say so. */
function socketOf(client: object): Socket | null {
  if (!('connection' in client)) return null;
  const { connection } = client;
  if (typeof connection !== 'object' || connection === null || !('stream' in connection))
    return null;
  return connection.stream instanceof Socket ? connection.stream : null;
}
