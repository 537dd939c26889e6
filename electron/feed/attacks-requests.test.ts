import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { openAttackedFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { ask, bearer, head, rawRequest, statusOf } from './test-support/raw-request.ts';

let feed: TestFeed;

beforeAll(async () => {
  feed = await openAttackedFeed(sampleSnapshot());
});

afterAll(() => feed.close());

describe('methods and bodies', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is refused',
    async (method) => {
      for (const path of ['/v1/snapshot', '/', '/v1/sse-ticket']) {
        const answer = await ask(feed.port, path, bearer(feed.token), method);
        expect(answer.status).toBe(405);
        expect(answer.headers.allow).toBe('GET, HEAD, POST');
      }
    },
  );

  test('POST makes a ticket and nothing else', async () => {
    expect((await ask(feed.port, '/v1/sse-ticket', bearer(feed.token), 'POST')).status).toBe(200);
    const asked = await ask(feed.port, '/v1/sse-ticket', bearer(feed.token));
    expect({ status: asked.status, allow: asked.headers.allow }).toEqual({
      ...{ status: 405, allow: 'POST' },
    });
    for (const path of ['/v1/snapshot', '/v1/calls/monitor.state', '/', '/livez']) {
      const { status, headers } = await ask(feed.port, path, bearer(feed.token), 'POST');
      expect({ path, status, allow: headers.allow }).toEqual({
        ...{ path, status: 405, allow: 'GET, HEAD' },
      });
    }
  });

  test('the calls that change something are not there', async () => {
    for (const call of ['monitor.refresh', 'monitor.setPaused', 'alerts.ack', 'alerts.saveRule'])
      expect((await ask(feed.port, `/v1/calls/${call}`, bearer(feed.token))).status, call).toBe(
        404,
      );
    for (const call of ['constructor', '__proto__', 'toString', '', 'monitor', 'monitor.state/'])
      expect((await ask(feed.port, `/v1/calls/${call}`, bearer(feed.token))).status, call).toBe(
        404,
      );
  });

  test('a body is refused unread, however long it says it is', async () => {
    const host = { Host: `127.0.0.1:${feed.port}`, ...bearer(feed.token) };
    const announced = head('POST /v1/sse-ticket HTTP/1.1', { ...host, 'Content-Length': '1e12' });
    // No number that Node's parser takes: it is cut.
    expect(await rawRequest(feed.port, announced)).toEqual({ text: '', endedBy: 'server' });
    const long = head('POST /v1/sse-ticket HTTP/1.1', { ...host, 'Content-Length': '999999999' });
    const refused = await rawRequest(feed.port, long);
    expect([statusOf(refused), refused.endedBy]).toEqual([413, 'server']);
    expect(refused.text).toMatch(/^connection: close$/im);
    const endless = head('GET /v1/snapshot HTTP/1.1', { ...host, 'Transfer-Encoding': 'chunked' });
    const cut = await rawRequest(feed.port, `${endless}5\r\nhello\r\n`);
    expect([statusOf(cut), cut.endedBy]).toEqual([413, 'server']);
  });
});

describe('no path leads out of the page', () => {
  test.each([
    [404, '/../feed-tokens.json'],
    [404, '/../../etc/passwd'],
    [404, '/assets/../../home/feed-tokens.json'],
    [404, '/%2e%2e/home/feed-tokens.json'],
    [404, '/%2e%2e%2fhome%2ffeed-tokens.json'],
    [404, '/..%5chome%5cfeed-tokens.json'],
    [400, '/..\\home\\feed-tokens.json'],
    [404, '/assets/..%2f..%2fhome%2ffeed-tokens.json'],
    [404, '/assets/%00page.js'],
    [404, '/assets/page.js%00.html'],
    [404, '/page.js.map'],
    [404, '/.env'],
    [404, '/assets'],
    [404, '/assets/'],
    [400, '//etc/passwd'],
    [400, '///etc/passwd'],
    [404, '/;/index.html'],
  ])('%s for %s', async (status, path) => {
    const answer = await rawRequest(
      feed.port,
      head(`GET ${path} HTTP/1.1`, { Host: `127.0.0.1:${feed.port}`, ...bearer(feed.token) }),
    );
    expect([statusOf(answer), answer.endedBy]).toEqual([status, 'server']);
    expect(answer.text).not.toContain(feed.token);
    expect(answer.text).not.toContain('root:');
  });

  test('the page itself is there', async () => {
    const page = await ask(feed.port, '/');
    expect(page).toMatchObject({ status: 200 });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
    expect((await ask(feed.port, '/assets/page.js')).headers['content-type']).toContain(
      'text/javascript',
    );
  });
});

describe('what is no request', () => {
  const own = (): string => `Host: 127.0.0.1:${feed.port}\r\n`;
  // Without it the connection would stay open for another request, after an answer.
  const ends = 'Connection: close\r\n';
  const livez = (more: string): string => `GET /livez HTTP/1.1\r\n${ends}${more}\r\n`;

  // Null: the server closes and says nothing.
  test.each<[string, number | null, () => string]>([
    ['an empty Host', 421, () => livez('Host:\r\n')],
    ['no Host', 400, () => livez('')],
    ['two Hosts', 421, () => livez(`${own()}Host: evil.example\r\n`)],
    ['half an address as Host', 421, () => livez('Host: [::1\r\n')],
    [
      'two slashes',
      400,
      () => `GET //x:y:z HTTP/1.1\r\n${own()}${ends}Authorization: Bearer ${feed.token}\r\n\r\n`,
    ],
    ['a whole address', 400, () => `GET http://evil.example/ HTTP/1.1\r\n${own()}${ends}\r\n`],
    ['a star', 400, () => `GET * HTTP/1.1\r\n${own()}${ends}\r\n`],
    ['CONNECT', null, () => `CONNECT evil.example:443 HTTP/1.1\r\n${own()}\r\n`],
    [
      'an upgrade',
      401,
      () =>
        `GET /v1/events HTTP/1.1\r\n${own()}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    ],
    ['a header without end', null, () => livez(`${own()}X: ${'a'.repeat(20_000)}\r\n`)],
    ['a thousand headers', null, () => livez(`${own()}${'X: 1234567890\r\n'.repeat(2000)}`)],
    ['a header in two lines', null, () => livez(`${own()}X: a\r\n b\r\n`)],
    [
      'two lengths',
      null,
      () => `${livez(`${own()}Content-Length: 5\r\nContent-Length: 6\r\n`)}hello`,
    ],
    [
      'a length and chunks',
      null,
      () =>
        `POST /livez HTTP/1.1\r\n${own()}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['HTTP/9', null, () => `GET /livez HTTP/9.9\r\n${own()}\r\n`],
    ['HTTP/2', null, () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', null, () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['noise', null, () => '\x00\x01\x02\r\n\r\n'],
  ])('%s gets no data and ends (status %s)', async (_what, status, bytes) => {
    const answer = await rawRequest(feed.port, bytes());
    expect([statusOf(answer), answer.endedBy]).toEqual([status, 'server']);
    if (status === null) expect(answer.text).toBe('');
    expect(answer.text).not.toContain('plumbline_');
    expect(answer.text).not.toContain('ok\n');
  });

  test('the same head with nothing wrong is answered', async () => {
    const answer = await rawRequest(feed.port, livez(own()));
    expect([statusOf(answer), answer.endedBy]).toEqual([200, 'server']);
    expect(answer.text).toMatch(/ok\n$/);
  });

  test('a payload that is no JSON is told so', async () => {
    const { status, body } = await ask(
      feed.port,
      '/v1/calls/monitor.oddRows?payload={',
      bearer(feed.token),
    );
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  test('after all of it the feed answers as before', async () => {
    expect((await ask(feed.port, '/livez')).body).toBe('ok\n');
    expect(feed.logged).toEqual([]);
  });
});
