import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { openAttackedFeed, openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { ask, bearer, codeOf } from './test-support/raw-request.ts';
import { tokenPath } from './token-file.ts';

let feed: TestFeed;

beforeAll(async () => {
  feed = await openAttackedFeed(sampleSnapshot());
});

afterAll(() => feed.close());

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
      const answer = await ask(feed.port, path, headers);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(codeOf(answer)).toBe('unauthorized');
    }
  });

  test('a token in the address is none', async () => {
    for (const name of ['token', 'access_token', 'authorization', 'ticket']) {
      const answer = await ask(feed.port, `/v1/events?${name}=${feed.token}`);
      expect(answer.status).toBe(401);
      expect(answer.body).not.toContain(feed.token);
    }
  });

  test('a ticket is none anywhere but for the events', async () => {
    const { body } = await ask(feed.port, '/v1/sse-ticket', bearer(feed.token), 'POST');
    const { ticket } = JSON.parse(body);
    for (const path of ['/v1/snapshot', '/metrics', '/v1/calls/monitor.state']) {
      expect((await ask(feed.port, `${path}?ticket=${ticket}`)).status).toBe(401);
      expect((await ask(feed.port, path, bearer(ticket))).status).toBe(401);
    }
  });

  test('a ticket in a broken query is none', async () => {
    for (const query of ['ticket=%', 'ticket=%ff', 'ticket', 'ticket=&ticket='])
      expect((await ask(feed.port, `/v1/events?${query}`)).status).toBe(401);
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
    ].map((path) => ask(feed.port, path, bearer(feed.token))),
  );
  for (const { body, headers } of answers) {
    expect(body + JSON.stringify(headers)).not.toContain(feed.token);
    expect(body).not.toContain(feed.home);
  }
  expect(JSON.stringify(feed.feed.state())).not.toContain(feed.token);
});

describe('no token shows in a log line', () => {
  /** What was logged, of a feed where everything that can fail does, and what must not be there. */
  async function failEverywhere() {
    const broken = await openTestFeed({
      snapshot: {
        ...sampleSnapshot(),
        get figures(): never {
          throw new Error('No figures.');
        },
      },
      answers: {
        'alerts.dailyCloseText': () => {
          throw new Error('No text.');
        },
      },
    });
    const { port, token, home } = broken;
    const call = '/v1/calls/alerts.dailyCloseText?payload="2026-11-23"';
    expect((await ask(port, call, bearer(token))).body).toContain('"internal"');
    expect((await ask(port, '/v1/snapshot', bearer(token))).status).toBe(500);
    const { body } = await ask(port, '/v1/sse-ticket', bearer(token), 'POST');
    const { ticket } = JSON.parse(body);
    // The head has gone when the first event fails.
    for (const [query, headers] of [
      [`?ticket=${ticket}`, {}] as const,
      ['', bearer(token)] as const,
    ])
      await expect(ask(port, `/v1/events${query}`, headers)).rejects.toThrow();
    await writeFile(tokenPath(home), `{"version":1,"tokens":[{"token":"${token}"`);
    await expect.poll(() => broken.logged.length, { timeout: 10_000 }).toBe(5);
    await broken.close();
    return { logged: broken.logged, secrets: [token, ticket] };
  }

  test('whatever fails', async () => {
    const { logged, secrets } = await failEverywhere();
    for (const secret of secrets) {
      expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(logged.join('\n')).not.toContain(secret);
    }
    expect(logged.map((line) => line.replace(/(lets nobody in: ).*/, '$1'))).toEqual([
      'The call alerts.dailyCloseText failed. Error: No text.',
      ...Array(3).fill('A request to the feed failed. Error: No figures.'),
      'The feed lets nobody in: ',
    ]);
  });
});
