import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** Where a Chromium of the system is; without one Playwright takes its own, or says how to get it. */
const systemBrowser = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/** A browser of the system, not the app's own: it knows nothing of Electron. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(systemBrowser === undefined ? {} : { executablePath: systemBrowser }),
    // Root alone has to do without the sandbox.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

/** Where an app serves its browser view, and what gets in. */
export interface FeedPlace {
  readonly address: string;
  readonly port: string;
  readonly token: string;
}

/** Waits until the app serves its browser view. */
export async function feedOf({
  home,
  page,
}: Pick<RunningApp, 'home' | 'page'>): Promise<FeedPlace> {
  const state = () =>
    page.evaluate(async () => {
      const answer = await window.plumbline.feed.state();
      return answer.ok && answer.value.kind === 'on' ? answer.value.address : '';
    });
  await expect.poll(state, { timeout: 30_000 }).not.toBe('');
  const address = await state();
  const { tokens } = JSON.parse(await readFile(join(home, 'feed-tokens.json'), 'utf8'));
  return { address, port: new URL(address).port, token: tokens[0].token };
}

/** A page of the browser view, and every address that it asked for. */
export interface ViewPage {
  readonly page: Page;
  readonly addresses: readonly string[];
  /** Exceptions and refused loads, as the browser's console tells them. */
  readonly errors: readonly string[];
}

/** A tab of its own, still empty. */
export async function openTab(
  browser: Browser,
  [width, height]: readonly [number, number] = [1600, 1000],
): Promise<ViewPage> {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const addresses: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  return { page, addresses, errors };
}

/** Opens the browser view as a person does who follows the address with its token. */
export async function openView(
  browser: Browser,
  { address, token }: FeedPlace,
  { path = '/', size = [1600, 1000] as readonly [number, number] } = {},
): Promise<ViewPage> {
  const tab = await openTab(browser, size);
  await tab.page.goto(`${address}${path}#token=${token}`);
  return tab;
}
