import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeClock } from '../monitor/test-doubles.ts';
import { FeedError } from './feed-error.ts';
import { followEvents } from './test-support/follow-events.ts';
import { openTestFeed } from './test-support/open-test-feed.ts';
import { addToken, readTokens, revokeToken, tokenPath } from './token-file.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-tokens-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const statusOf = async (address: string, token: string): Promise<number> => {
  const answer = await fetch(`${address}/v1/alerts`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await answer.arrayBuffer();
  return answer.status;
};

const ticketOf = async (address: string, token: string): Promise<string> => {
  const answer = await fetch(`${address}/v1/sse-ticket`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()).ticket;
};

describe('the token file', () => {
  test('is made with one token for the browser, for its owner alone', async () => {
    const feed = await openTestFeed({ home });
    const tokens = await readTokens(home);
    expect(tokens.map(({ name }) => name)).toEqual(['browser']);
    expect(tokens[0]?.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await stat(tokenPath(home))).mode & 0o777).toBe(0o600);
    await feed.close();
    const again = await openTestFeed({ home });
    expect(await readTokens(home)).toEqual(tokens);
    await again.close();
  });

  test.each([0o644, 0o640, 0o604, 0o660, 0o602])(
    'that others may touch (mode %o) is refused with the command that mends it',
    async (mode) => {
      await addToken(home, 'browser');
      await chmod(tokenPath(home), mode);
      const opening = openTestFeed({ home });
      await expect(opening).rejects.toThrow(FeedError);
      await expect(opening).rejects.toThrow(/mode 6\d\d.*run chmod 600/);
      expect((await stat(tokenPath(home))).mode & 0o777).toBe(mode);
    },
  );

  test.each([
    ['no JSON', '{'],
    ['another version', '{"version":2,"tokens":[]}'],
    ['a short token', '{"version":1,"tokens":[{"name":"a","token":"abc","createdAt":""}]}'],
    [
      'a name with a line break',
      `{"version":1,"tokens":[{"name":"a\\nb","token":"${'a'.repeat(43)}","createdAt":""}]}`,
    ],
  ])('with %s is refused, and left as it is', async (_what, text) => {
    await writeFile(tokenPath(home), text, { mode: 0o600 });
    await expect(openTestFeed({ home })).rejects.toThrow(
      /is not understood; mend it, or delete it and start Plumbline again/,
    );
    expect(await readFile(tokenPath(home), 'utf8')).toBe(text);
    await rm(tokenPath(home));
    const again = await openTestFeed({ home });
    expect((await readTokens(home)).map(({ name }) => name)).toEqual(['browser']);
    await again.close();
  });

  test('that cannot be read is told with the reason', async () => {
    await mkdir(tokenPath(home));
    await expect(openTestFeed({ home })).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });

  test('takes no name twice and none that would break a line', async () => {
    await addToken(home, 'grafana');
    await expect(addToken(home, 'grafana')).rejects.toThrow(/named grafana already/);
    await expect(addToken(home, 'a\nb')).rejects.toThrow(FeedError);
    await expect(revokeToken(home, 'nobody')).rejects.toThrow(/known are: grafana/);
  });
});

describe('a running feed follows the file', () => {
  test('a new token is let in, a revoked one is out and its stream cut, others stay', async () => {
    const feed = await openTestFeed({ home });
    const other = await addToken(home, 'script');
    await expect.poll(() => statusOf(feed.address, other)).toBe(200);
    const [kept, cut] = await Promise.all([
      followEvents(feed),
      followEvents({ port: feed.port, token: other }),
    ]);
    await Promise.all([kept.until(3), cut.until(3)]);
    const ticket = await ticketOf(feed.address, other);
    await revokeToken(home, 'script');
    await cut.ended;
    expect(await statusOf(feed.address, other)).toBe(401);
    expect((await followEvents(feed, { ticket })).status).toBe(401);
    feed.states.monitor.tell(feed.states.monitor.state());
    await kept.until(4);
    expect(feed.logged.join()).not.toContain(other);
    await feed.close();
  });

  test('a token that is replaced under its name is out', async () => {
    const feed = await openTestFeed({ home });
    const follower = await followEvents(feed);
    await revokeToken(home, 'browser');
    const next = await addToken(home, 'browser');
    await follower.ended;
    expect(await statusOf(feed.address, feed.token)).toBe(401);
    expect(await statusOf(feed.address, next)).toBe(200);
    await feed.close();
  });

  test('a file that others may read lets nobody in until it is mended', async () => {
    const feed = await openTestFeed({ home });
    const follower = await followEvents(feed);
    await chmod(tokenPath(home), 0o644);
    await follower.ended;
    expect(await statusOf(feed.address, feed.token)).toBe(401);
    expect(feed.logged.join()).toContain('The feed lets nobody in');
    await chmod(tokenPath(home), 0o600);
    await expect.poll(() => statusOf(feed.address, feed.token), { timeout: 10_000 }).toBe(200);
    await feed.close();
  });

  test('a file that is gone lets nobody in', async () => {
    const feed = await openTestFeed({ home });
    await rm(tokenPath(home));
    await expect.poll(() => statusOf(feed.address, feed.token), { timeout: 10_000 }).toBe(401);
    await feed.close();
  });
});

describe('a ticket', () => {
  test('is good once', async () => {
    const feed = await openTestFeed({ home });
    const ticket = await ticketOf(feed.address, feed.token);
    const first = await followEvents(feed, { ticket });
    expect(first.status).toBe(200);
    const second = await followEvents(feed, { ticket });
    await second.ended;
    expect([second.status, JSON.parse(second.raw()).error.code]).toEqual([401, 'ticket']);
    await feed.close();
  });

  test('is good for half a minute', async () => {
    const { clock, freeze } = fakeClock();
    const feed = await openTestFeed({ home, clock });
    const [early, late] = [
      await ticketOf(feed.address, feed.token),
      await ticketOf(feed.address, feed.token),
    ];
    freeze(29_999);
    expect((await followEvents(feed, { ticket: early })).status).toBe(200);
    freeze(1);
    expect((await followEvents(feed, { ticket: late })).status).toBe(401);
    await feed.close();
  });

  test('is another each time, of 256 bits', async () => {
    const feed = await openTestFeed({ home });
    const tickets = await Promise.all(
      Array.from({ length: 10 }, () => ticketOf(feed.address, feed.token)),
    );
    expect(new Set(tickets).size).toBe(10);
    for (const ticket of tickets) expect(ticket).toMatch(/^[A-Za-z0-9_-]{43}$/);
    await feed.close();
  });
});
