import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSnapshot } from '../cli/test-support/sample-snapshot.ts';
import { fakeClock } from '../monitor/test-doubles.ts';
import { followEvents } from './test-support/follow-events.ts';
import { openAttackedFeed, openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { ask, rawRequest } from './test-support/raw-request.ts';

let feed: TestFeed;

beforeAll(async () => {
  feed = await openAttackedFeed(sampleSnapshot());
});

afterAll(() => feed.close());

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
    for (const { text, endedBy } of answers) {
      expect(endedBy).toBe('server');
      expect(text).not.toContain('ok\n');
    }
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
          ask(feed.port, '/livez').then(
            ({ status }) => status,
            () => null,
          ),
        { timeout: 10_000 },
      )
      .toBe(200);
  });
});
