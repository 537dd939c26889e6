import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import * as z from 'zod/mini';
import { followEvents } from '../electron/feed/test-support/follow-events.ts';
import { defaultSettings } from '../shared/settings.ts';
import { startTradedApp, type TradedApp } from './support/traded-app.ts';

let traded: TradedApp;

test.beforeAll(async () => {
  traded = await startTradedApp('steady');
  await traded.running.page.getByTestId('nav-system').click();
});

test.afterAll(() => traded.close());

const shown = (name: string) => traded.running.page.getByTestId(`system-feed${name}`);

const setFeed = (feed: { enabled: boolean; port: number }): Promise<void> =>
  writeFile(
    join(traded.running.home, 'settings.json'),
    JSON.stringify({ ...defaultSettings, feed }),
  );

async function firstToken(): Promise<string> {
  const text = await readFile(join(traded.running.home, 'feed-tokens.json'), 'utf8');
  const schema = z.object({ tokens: z.array(z.object({ token: z.string() })) });
  return schema.parse(JSON.parse(text)).tokens[0]?.token ?? '';
}

test('the feed is off until the settings switch it on, and the System view tells who reads', async () => {
  await expect(shown('')).toHaveAttribute('data-kind', 'off');
  await expect(shown('')).toContainText('settings.json');
  await setFeed({ enabled: true, port: 0 });
  await expect(shown('-address')).toHaveText(/^http:\/\/127\.0\.0\.1:\d+$/);
  const address = await shown('-address').innerText();
  const port = Number(new URL(address).port);
  const followers = await Promise.all(
    [1, 2].map(async () => followEvents({ port, token: await firstToken() })),
  );
  await expect(shown('-readers')).toHaveText('2');
  for (const follower of followers) expect(follower.names()[0]).toBe('snapshot');
  expect((await fetch(`${address}/v1/snapshot`)).status).toBe(401);
  await expect(shown('-requests')).toHaveText('2 · 1');
  followers[0]?.close();
  await expect(shown('-readers')).toHaveText('1');
  await setFeed({ enabled: false, port: 0 });
  await followers[1]?.ended;
  await expect(shown('')).toHaveAttribute('data-kind', 'off');
  expect(traded.running.output()).not.toContain(await firstToken());
});

test('why it is not on stands in the System view, until it is', async () => {
  await setFeed({ enabled: true, port: 0 });
  await expect(shown('-address')).toBeVisible();
  const taken = Number(new URL(await shown('-address').innerText()).port);
  const second = await startTradedApp(null, { env: { PLUMBLINE_FEED_PORT: String(taken) } });
  const { page } = second.running;
  await page.getByTestId('nav-system').click();
  await expect(page.getByTestId('system-feed')).toHaveAttribute('data-kind', 'failed');
  await expect(page.getByTestId('system-feed')).toContainText(
    `Port ${taken} on 127.0.0.1 is in use`,
  );
  await setFeed({ enabled: false, port: 0 });
  // Tried again by itself.
  await expect(page.getByTestId('system-feed-address')).toHaveText(`http://127.0.0.1:${taken}`, {
    timeout: 30_000,
  });
  await second.close();
});
