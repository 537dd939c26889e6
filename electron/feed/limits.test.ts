import { afterEach, expect, test } from 'vitest';
import type { TradePage } from '../../shared/trade-page.ts';
import { gate } from '../monitor/test-doubles.ts';
import { openTestFeed, type TestFeed } from './test-support/open-test-feed.ts';
import { addToken } from './token-file.ts';

let feed: TestFeed | undefined;
afterEach(() => feed?.close());

const page: TradePage = { asOf: '2026-11-23T14:03:20.000000Z', trades: [], nextCursor: null };

test('whoever asks for many pages, and leaves, takes no place from the others', async () => {
  const { closed, open } = gate();
  let asked = 0;
  const answers = {
    'monitor.trades': () => {
      asked += 1;
      return closed.then(() => page);
    },
  };
  feed = await openTestFeed({ answers, limits: { questionsPerToken: 2 } });
  const { address, token, home } = feed;
  const other = await addToken(home, 'other');
  const ask = (by: string, path = '/v1/trades', signal?: AbortSignal): Promise<Response> =>
    fetch(address + path, {
      headers: { authorization: `Bearer ${by}` },
      ...(signal && { signal }),
    });
  await expect.poll(async () => (await ask(other, '/v1/alerts')).status).toBe(200);
  const leaving = new AbortController();
  const left = [1, 2].map(() => ask(token, '/v1/trades', leaving.signal).catch(() => 'left'));
  await expect.poll(() => asked).toBe(2);
  expect((await ask(token)).status).toBe(429);
  leaving.abort();
  expect(await Promise.all(left)).toEqual(['left', 'left']);
  const refused = await ask(token, '/v1/calls/monitor.trades');
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: { code: 'too-many-requests' } });
  expect((await ask(token, '/v1/alerts')).status).toBe(200);
  const served = ask(other);
  open();
  expect(await (await served).json()).toEqual(page);
  await expect.poll(async () => (await ask(token)).status).toBe(200);
});

test('whoever guesses tokens keeps nobody from the page', async () => {
  feed = await openTestFeed({ limits: { openRate: { burst: 5, perSecond: 0 } } });
  const guess = { headers: { authorization: 'Bearer guessed' } };
  const statuses: number[] = [];
  for (let tried = 0; tried < 7; tried += 1) {
    statuses.push((await fetch(`${feed.address}/v1/alerts`, guess)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  expect((await fetch(`${feed.address}/livez`)).status).toBe(200);
});
