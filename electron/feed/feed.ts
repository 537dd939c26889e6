import { createServer, type Server } from 'node:http';
import type { FeedState } from '../../shared/feed.ts';
import { codeOf } from '../settings/whole-file.ts';
import { Events } from './events.ts';
import { FeedError } from './feed-error.ts';
import { type FeedLimits, type FeedNeeds, usualLimits } from './feed-needs.ts';
import { listPage } from './page.ts';
import { refusals, refuse } from './refusals.ts';
import { Routes } from './routes.ts';
import { usualPressure } from './subscriber.ts';
import { Tokens } from './tokens.ts';

/** A feed that is open. */
export interface Feed {
  /** `http://127.0.0.1:8630`. */
  readonly address: string;
  state(): FeedState;
  /** Ends every stream and every connection. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const headerBytes = 16 * 1024;

/** Opens the feed; rejects with a {@link FeedError} where it cannot. */
export async function openFeed(needs: FeedNeeds): Promise<Feed> {
  const limits: FeedLimits = { ...usualLimits, ...needs.limits };
  const page = await listPage(needs.page);
  // Who lost the right to read loses the stream too; there is none before the server listens.
  const tokens = await Tokens.open(needs.home, needs.log, () =>
    events?.endWithout((owner) => tokens.has(owner)),
  );
  let events: Events | null = null;
  try {
    const server = serverOf(limits);
    const port = await listen(server, needs.port);
    events = new Events({ ...needs, limits, pressure: needs.pressure ?? usualPressure });
    const routes = new Routes({ ...needs, limits, page, tokens, events });
    server.on('request', (request, response) => {
      routes.answer(request, response, port).catch((error: unknown) => {
        needs.log('A request to the feed failed.', error);
        if (response.headersSent) response.destroy();
        else refuse(response, refusals.internal);
      });
    });
    return opened(server, port, { tokens, events, routes });
  } catch (error) {
    events?.close();
    tokens.close();
    throw error;
  }
}

function serverOf({ connections, headersMs, requestMs }: FeedLimits): Server {
  const server = createServer({
    ...{ maxHeaderSize: headerBytes, headersTimeout: headersMs, requestTimeout: requestMs },
    // Node would look for such connections each half minute only.
    connectionsCheckingInterval: Math.min(headersMs, 1000),
  });
  server.maxConnections = connections;
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

function opened(
  server: Server,
  port: number,
  { tokens, events, routes }: { tokens: Tokens; events: Events; routes: Routes },
): Feed {
  const address = `http://${host}:${port}`;
  return {
    address,
    state: () => ({ kind: 'on', address, ...events.counts(), ...routes.counts() }),
    close: async () => {
      tokens.close();
      events.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const code = codeOf(cause);
      const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${String(code)})`;
      reject(
        new FeedError(
          `Port ${port} on ${host} ${why}; choose another by --port, PLUMBLINE_FEED_PORT or feed.port, or 0 for any.`,
          { cause },
        ),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('The server has no port.'));
    });
  });
}
