import { connect, createServer, type Socket } from 'node:net';

/** A line to a database that can be cut, while others reach the database on their own. */
export interface SeverableLine {
  /** The database's URL over this line. */
  readonly url: string;
  /** Ends what is connected, and lets nobody in. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Lays a line to the database of a URL. */
export async function layLine(databaseUrl: string): Promise<SeverableLine> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  const ends = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket): void => {
    ends.add(socket);
    // A cut is what these tests are about.
    socket.on('error', () => undefined);
    socket.on('close', () => ends.delete(socket));
  };
  const cutAll = (): void => {
    for (const socket of ends) socket.destroy();
  };
  const server = createServer((near) => {
    hold(near);
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(target);
    hold(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The line has no port');
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    cut: () => {
      isCut = true;
      cutAll();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cutAll();
      await closed;
    },
  };
}
