import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedErrorSchema } from '../../shared/feed.ts';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { fakeClock } from '../monitor/test-doubles.ts';
import { followEvents } from './test-support/follow-events.ts';
import { openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { head, rawRequest, statusOf } from './test-support/raw-request.ts';

let feed: TestFeed;
// Attacks come faster than anybody may ask.
const generous = { burst: 100_000, perSecond: 100_000 };

beforeAll(async () => {
  feed = await openTestFeed({
    snapshot: sampleSnapshot(),
    limits: { rate: generous, openRate: generous },
  });
});

afterAll(() => feed.close());

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request that may say anything of itself, which `fetch` may not. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: feed.port, path, method, headers });
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

const bearer = (token = feed.token) => ({ Authorization: `Bearer ${token}` });
const codeOf = ({ body }: Answer): string => feedErrorSchema.parse(JSON.parse(body)).error.code;

describe('a page whose name was rebound to this machine', () => {
  test.each([
    ['its own name', 'evil.example'],
    ['its own name and the port', 'evil.example:PORT'],
    ['no port', '127.0.0.1'],
    ['another port', '127.0.0.1:1'],
    ['a name that ends like one', 'localhost:PORT.evil.example'],
    ['a name that begins like one', '127.0.0.1.evil.example:PORT'],
    ['the address that stands for all', '0.0.0.0:PORT'],
    ['user information', 'user@127.0.0.1:PORT'],
  ])('is told nothing by the Host of %s', async (_what, pattern) => {
    const host = pattern.replace('PORT', String(feed.port));
    for (const path of ['/', '/livez', '/v1/snapshot', '/v1/events', '/nowhere']) {
      const answer = await ask(path, { ...bearer(), Host: host });
      expect(answer.status).toBe(421);
      expect(codeOf(answer)).toBe('wrong-host');
      expect(answer.body).not.toContain('plumbline_');
    }
  });

  test('the three names of this machine are let in', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
      const answer = await ask('/livez', { Host: `${name}:${feed.port}` });
      expect(answer).toMatchObject({ status: 200, body: 'ok\n' });
    }
  });
});

describe('a page of another origin', () => {
  test.each([
    'https://evil.example',
    'http://127.0.0.1:1',
    'http://localhost',
    'null',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'app://plumbline',
  ])('%s gets nothing, with the right token too', async (pattern) => {
    const origin = pattern.replace('PORT', String(feed.port));
    for (const path of ['/v1/snapshot', '/v1/events', '/livez', '/']) {
      const answer = await ask(path, { ...bearer(), Origin: origin });
      expect(answer.status).toBe(403);
      expect(codeOf(answer)).toBe('foreign-page');
    }
    const ticket = await ask('/v1/sse-ticket', { ...bearer(), Origin: origin }, 'POST');
    expect(ticket.status).toBe(403);
  });

  test('that hides its origin is told apart by the browser', async () => {
    for (const site of ['cross-site', 'same-site'] as const) {
      const answer = await ask('/v1/snapshot', { ...bearer(), 'Sec-Fetch-Site': site });
      expect(answer.status, site).toBe(site === 'cross-site' ? 403 : 200);
    }
  });

  test('finds no leave to read in any answer, and no preflight is answered', async () => {
    const preflight = await ask(
      '/v1/snapshot',
      { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' },
      'OPTIONS',
    );
    expect(preflight.status).toBe(403);
    for (const path of ['/', '/livez', '/v1/snapshot', '/metrics', '/nowhere']) {
      const { headers } = await ask(path, bearer());
      const names = Object.keys(headers).filter((name) => name.startsWith('access-control'));
      expect(names).toEqual([]);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  test('the own page is let in', async () => {
    const own = { ...bearer(), Origin: feed.address, 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask('/v1/snapshot', own)).status).toBe(200);
  });
});

describe('without the right token', () => {
  const paths = ['/v1/snapshot', '/v1/alerts', '/v1/trades', '/v1/events', '/metrics'];
  const more = ['/v1/openapi.json', '/v1/calls/monitor.state', '/v1/nowhere'];

  test.each([...paths, ...more])('%s is closed', async (path) => {
    const wrong = `${feed.token.slice(0, -1)}${feed.token.endsWith('A') ? 'B' : 'A'}`;
    const tries = [
      {},
      bearer(wrong),
      bearer(feed.token.toUpperCase()),
      bearer(''),
      bearer(`${feed.token} ${feed.token}`),
      { Authorization: feed.token },
      { Authorization: `Basic ${Buffer.from(`x:${feed.token}`).toString('base64')}` },
      { Cookie: `token=${feed.token}` },
    ];
    for (const headers of tries) {
      const answer = await ask(path, headers);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(codeOf(answer)).toBe('unauthorized');
    }
  });

  test('a token in the address is none', async () => {
    for (const name of ['token', 'access_token', 'authorization', 'ticket']) {
      const answer = await ask(`/v1/events?${name}=${feed.token}`);
      expect(answer.status).toBe(401);
      expect(answer.body).not.toContain(feed.token);
    }
  });

  test('a ticket is none anywhere but for the events', async () => {
    const { body } = await ask('/v1/sse-ticket', bearer(), 'POST');
    const { ticket } = JSON.parse(body);
    for (const path of ['/v1/snapshot', '/metrics', '/v1/calls/monitor.state']) {
      expect((await ask(`${path}?ticket=${ticket}`)).status).toBe(401);
      expect((await ask(path, bearer(ticket))).status).toBe(401);
    }
  });
});

describe('methods and bodies', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is refused',
    async (method) => {
      for (const path of ['/v1/snapshot', '/', '/v1/sse-ticket']) {
        const answer = await ask(path, bearer(), method);
        expect(answer.status).toBe(405);
        expect(answer.headers.allow).toBe('GET, HEAD, POST');
      }
    },
  );

  test('POST makes a ticket and nothing else', async () => {
    expect((await ask('/v1/sse-ticket', bearer(), 'POST')).status).toBe(200);
    expect((await ask('/v1/sse-ticket', bearer())).status).toBe(405);
    for (const path of ['/v1/snapshot', '/v1/calls/monitor.state', '/', '/livez'])
      expect((await ask(path, bearer(), 'POST')).status).toBe(405);
  });

  test('the calls that change something are not there', async () => {
    for (const call of ['monitor.refresh', 'monitor.setPaused', 'alerts.ack', 'alerts.saveRule'])
      expect((await ask(`/v1/calls/${call}`, bearer())).status, call).toBe(404);
    for (const call of ['constructor', '__proto__', 'toString', '', 'monitor', 'monitor.state/'])
      expect((await ask(`/v1/calls/${call}`, bearer())).status, call).toBe(404);
  });

  test('a body is refused unread, however long it says it is', async () => {
    const host = { Host: `127.0.0.1:${feed.port}`, ...bearer() };
    const announced = head('POST /v1/sse-ticket HTTP/1.1', { ...host, 'Content-Length': '1e12' });
    expect(statusOf(await rawRequest(feed.port, announced))).not.toBe(200);
    const long = head('POST /v1/sse-ticket HTTP/1.1', { ...host, 'Content-Length': '999999999' });
    const refused = await rawRequest(feed.port, long);
    expect(statusOf(refused)).toBe(413);
    expect(refused).toMatch(/^connection: close$/im);
    const endless = head('GET /v1/snapshot HTTP/1.1', { ...host, 'Transfer-Encoding': 'chunked' });
    expect(statusOf(await rawRequest(feed.port, `${endless}5\r\nhello\r\n`))).toBe(413);
  });
});

describe('no path leads out of the page', () => {
  test.each([
    '/../feed-tokens.json',
    '/../../etc/passwd',
    '/assets/../../home/feed-tokens.json',
    '/%2e%2e/home/feed-tokens.json',
    '/%2e%2e%2fhome%2ffeed-tokens.json',
    '/..%5chome%5cfeed-tokens.json',
    '/..\\home\\feed-tokens.json',
    '/assets/..%2f..%2fhome%2ffeed-tokens.json',
    '/assets/%00page.js',
    '/assets/page.js%00.html',
    '/page.js.map',
    '/.env',
    '/assets',
    '/assets/',
    '//etc/passwd',
    '///etc/passwd',
    '/;/index.html',
  ])('%s', async (path) => {
    const answer = await rawRequest(
      feed.port,
      head(`GET ${path} HTTP/1.1`, { Host: `127.0.0.1:${feed.port}`, ...bearer() }),
    );
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toContain(feed.token);
    expect(answer).not.toContain('root:');
  });

  test('the page itself is there', async () => {
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200 });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
    expect((await ask('/assets/page.js')).headers['content-type']).toContain('text/javascript');
  });
});

describe('what is no request', () => {
  const own = (): string => `Host: 127.0.0.1:${feed.port}\r\n`;

  test.each<[string, () => string]>([
    ['an empty Host', () => 'GET /livez HTTP/1.1\r\nHost:\r\n\r\n'],
    ['no Host', () => 'GET /livez HTTP/1.1\r\n\r\n'],
    ['two Hosts', () => `GET /livez HTTP/1.1\r\n${own()}Host: evil.example\r\n\r\n`],
    ['half an address as Host', () => 'GET /livez HTTP/1.1\r\nHost: [::1\r\n\r\n'],
    ['two slashes', () => `GET //x:y:z HTTP/1.1\r\n${own()}${head('', bearer())}`],
    ['a whole address', () => `GET http://evil.example/ HTTP/1.1\r\n${own()}\r\n`],
    ['a star', () => `GET * HTTP/1.1\r\n${own()}\r\n`],
    ['CONNECT', () => `CONNECT evil.example:443 HTTP/1.1\r\n${own()}\r\n`],
    [
      'an upgrade',
      () => `GET /v1/events HTTP/1.1\r\n${own()}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    ],
    [
      'a header without end',
      () => `GET /livez HTTP/1.1\r\n${own()}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    ],
    [
      'a thousand headers',
      () => `GET /livez HTTP/1.1\r\n${own()}${'X: 1234567890\r\n'.repeat(2000)}\r\n`,
    ],
    ['a header in two lines', () => `GET /livez HTTP/1.1\r\n${own()}X: a\r\n b\r\n\r\n`],
    [
      'two lengths',
      () => `GET /livez HTTP/1.1\r\n${own()}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    ],
    [
      'a length and chunks',
      () =>
        `POST /livez HTTP/1.1\r\n${own()}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['HTTP/9', () => `GET /livez HTTP/9.9\r\n${own()}\r\n`],
    ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['noise', () => '\x00\x01\x02\r\n\r\n'],
  ])('%s gets no data and ends', async (_what, bytes) => {
    const answer = await rawRequest(feed.port, bytes());
    expect(statusOf(answer)).not.toBe(200);
    expect(answer).not.toContain('plumbline_');
  });

  test('a ticket in a broken query is none', async () => {
    for (const query of ['ticket=%', 'ticket=%ff', 'ticket', 'ticket=&ticket='])
      expect((await ask(`/v1/events?${query}`)).status).toBe(401);
  });

  test('a payload that is no JSON is told so', async () => {
    const { status, body } = await ask('/v1/calls/monitor.oddRows?payload={', bearer());
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  test('after all of it the feed answers as before', async () => {
    expect((await ask('/livez')).body).toBe('ok\n');
    expect(feed.logged).toEqual([]);
  });
});

test('only this machine can connect', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of outside) {
    const isRefused = await new Promise<boolean>((resolve) => {
      const socket = connect(feed.port, address);
      socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    });
    expect(isRefused, address).toBe(true);
  }
});

describe('a flood', () => {
  test('of requests with one token is stopped, and others are served', async () => {
    const { clock } = fakeClock();
    const narrow = await openTestFeed({ snapshot: sampleSnapshot(), clock });
    const snapshot = { headers: { authorization: `Bearer ${narrow.token}` } };
    const statuses: number[] = [];
    for (let sent = 0; sent < 100; sent += 1) {
      const answer = await fetch(`${narrow.address}/v1/alerts`, snapshot);
      await answer.arrayBuffer();
      statuses.push(answer.status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(40);
    expect(statuses.at(-1)).toBe(429);
    expect((await fetch(`${narrow.address}/livez`)).status).toBe(200);
    await narrow.close();
  });

  test('of guesses is stopped, and whoever has a token is served', async () => {
    const { clock } = fakeClock();
    const narrow = await openTestFeed({ snapshot: sampleSnapshot(), clock });
    const statuses = new Set<number>();
    for (let sent = 0; sent < 150; sent += 1) {
      const answer = await fetch(`${narrow.address}/v1/alerts`, {
        headers: { authorization: `Bearer guess-${sent}` },
      });
      await answer.arrayBuffer();
      statuses.add(answer.status);
    }
    expect(statuses).toEqual(new Set([401, 429]));
    const known = { headers: { authorization: `Bearer ${narrow.token}` } };
    expect((await fetch(`${narrow.address}/v1/snapshot`, known)).status).toBe(200);
    await narrow.close();
  });

  test('of connections that say little is ended in time', async () => {
    const hasty = await openTestFeed({ limits: { headersMs: 200, requestMs: 400 } });
    const start = `GET /livez HTTP/1.1\r\nHost: 127.0.0.1:${hasty.port}\r\n`;
    const waitMs = 10_000;
    const began = performance.now();
    const answers = await Promise.all(
      ['', 'G', start, `${start}Content-Length: 9\r\n`].map((text) =>
        rawRequest(hasty.port, text, waitMs),
      ),
    );
    expect(performance.now() - began).toBeLessThan(waitMs / 2);
    for (const answer of answers) expect(answer).not.toContain('ok\n');
    const follower = await followEvents(hasty);
    await new Promise((resolve) => setTimeout(resolve, 800));
    // A stream is no request that takes long.
    hasty.states.monitor.tell(hasty.states.monitor.state());
    await follower.until(4);
    await hasty.close();
  });

  test('of a thousand connections is held to the limit, and passes', async () => {
    const sockets = Array.from({ length: 1000 }, () => {
      const socket = connect(feed.port, '127.0.0.1');
      socket.on('error', () => undefined);
      return socket;
    });
    const open = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return sockets.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open')
        .length;
    };
    await expect.poll(open, { timeout: 10_000 }).toBeLessThanOrEqual(128);
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(
        () =>
          ask('/livez').then(
            ({ status }) => status,
            () => null,
          ),
        { timeout: 10_000 },
      )
      .toBe(200);
  });
});

test('no token shows in anything that was said or logged', async () => {
  const answers = await Promise.all(
    [
      '/',
      '/v1/snapshot',
      '/v1/alerts',
      '/metrics',
      '/v1/openapi.json',
      '/v1/calls/settings.state',
      '/v1/calls/alerts.state',
      '/v1/calls/feed.state',
      '/nowhere',
    ].map((path) => ask(path, bearer())),
  );
  for (const { body, headers } of answers) {
    expect(body + JSON.stringify(headers)).not.toContain(feed.token);
    expect(body).not.toContain(feed.home);
  }
  expect(feed.logged.join()).not.toContain(feed.token);
  expect(JSON.stringify(feed.feed.state())).not.toContain(feed.token);
});
