import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on the loopback that nobody may reach. */
export interface Tripwire {
  readonly address: string;
  /** Connections so far; any is a leak. */
  touches(): number;
  close(): Promise<void>;
}

/** Listens on a port of its own. */
export async function startTripwire(): Promise<Tripwire> {
  let touches = 0;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/html' });
    response.end('<title>reached</title>');
  });
  server.on('connection', () => {
    touches += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${portOf(server.address())}`,
    touches: () => touches,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
