import { connect, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { openAttackedFeed, openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { ask, bearer, codeOf } from './test-support/raw-request.ts';

let feed: TestFeed;

beforeAll(async () => {
  feed = await openAttackedFeed(sampleSnapshot());
});

afterAll(() => feed.close());

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
      const answer = await ask(feed.port, path, { ...bearer(feed.token), Host: host });
      expect(answer.status).toBe(421);
      expect(codeOf(answer)).toBe('wrong-host');
      expect(answer.body).not.toContain('plumbline_');
    }
  });

  test('the three names of this machine are let in', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
      const answer = await ask(feed.port, '/livez', { Host: `${name}:${feed.port}` });
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
      const answer = await ask(feed.port, path, { ...bearer(feed.token), Origin: origin });
      expect(answer.status).toBe(403);
      expect(codeOf(answer)).toBe('foreign-page');
    }
    const ticket = await ask(
      feed.port,
      '/v1/sse-ticket',
      { ...bearer(feed.token), Origin: origin },
      'POST',
    );
    expect(ticket.status).toBe(403);
  });

  test('that hides its origin is told apart by the browser', async () => {
    for (const site of ['cross-site', 'same-site'] as const) {
      const answer = await ask(feed.port, '/v1/snapshot', {
        ...bearer(feed.token),
        'Sec-Fetch-Site': site,
      });
      expect(answer.status, site).toBe(site === 'cross-site' ? 403 : 200);
    }
  });

  test('finds no leave to read in any answer, and no preflight is answered', async () => {
    const preflight = await ask(
      feed.port,
      '/v1/snapshot',
      { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' },
      'OPTIONS',
    );
    expect(preflight.status).toBe(403);
    for (const path of ['/', '/livez', '/v1/snapshot', '/metrics', '/nowhere']) {
      const { headers } = await ask(feed.port, path, bearer(feed.token));
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
    const own = { ...bearer(feed.token), Origin: feed.address, 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask(feed.port, '/v1/snapshot', own)).status).toBe(200);
  });
});

describe('only this machine can connect', () => {
  const isOpenAt = (address: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(feed.port, address);
      const settle = (isOpen: boolean): void => {
        socket.destroy();
        resolve(isOpen);
      };
      socket.on('connect', () => settle(true)).on('error', () => settle(false));
      // Where there is no such address, some systems say nothing at all.
      socket.setTimeout(1000, () => settle(false));
    });

  test('the server listens on 127.0.0.1 alone', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    const other = await openTestFeed();
    const places = listen.mock.contexts.map((server) => (server as Server).address());
    listen.mockRestore();
    expect(places).toEqual([{ address: '127.0.0.1', family: 'IPv4', port: other.port }]);
    await other.close();
  });

  test('at every other address of this machine nobody answers', async () => {
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    // 127.0.0.2 is this machine too, and would answer if the server listened on all addresses.
    const others = new Set(['127.0.0.2', '::1', ...own.map(({ address }) => address)]);
    others.delete('127.0.0.1');
    expect(await isOpenAt('127.0.0.1')).toBe(true);
    for (const address of others) expect(await isOpenAt(address), address).toBe(false);
  });
});
