import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchWatching, type RunningApp } from './support/app.ts';
import { inMain } from './support/in-main.ts';

let running: RunningApp;

test.beforeAll(async () => {
  running = await launchWatching();
  await expect(running.page.locator('#root')).not.toBeEmpty();
});

test.afterAll(() => running.close());

/** Status of a request that the page itself makes of its own scheme. */
const statusOf = (path: string, method = 'GET'): Promise<number> =>
  running.page.evaluate(([to, by]) => fetch(to, { method: by }).then(({ status }) => status), [
    path,
    method,
  ] as const);

test('the scheme serves the built files and nothing else', async () => {
  expect(await statusOf('app://plumbline/')).toBe(200);
  expect(await statusOf('app://plumbline/index.html')).toBe(200);
  for (const path of [
    'app://plumbline/unknown.js',
    'app://plumbline/../../package.json',
    'app://plumbline/..%2f..%2fpackage.json',
    'app://plumbline/%2e%2e/%2e%2e/package.json',
    'app://plumbline/..%5c..%5cpackage.json',
    'app://plumbline/assets/../../main/main.js',
    'app://plumbline//etc/hostname',
    'app://plumbline/%00index.html',
    'app://plumbline/__proto__',
  ])
    expect(await statusOf(path), path).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD'])
    expect(await statusOf('app://plumbline/index.html', method), method).toBe(405);
});

test('each answer carries the strict policy', async () => {
  const headers = await running.page.evaluate(async () =>
    Object.fromEntries((await fetch('app://plumbline/')).headers),
  );
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  });
  const policy = new Map(
    String(headers['content-security-policy'])
      .split('; ')
      .map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
  );
  expect(Object.fromEntries(policy)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  });
});

/** Calls as a page without types could. */
const callWith = (name: string, ...payload: unknown[]): Promise<string> =>
  running.page.evaluate(
    async ([called, sent]) => {
      const call: unknown = Reflect.get(window.plumbline.monitor, called);
      if (typeof call !== 'function') return 'no such call';
      const answer = await call(...sent);
      return answer.ok ? 'ok' : answer.error.code;
    },
    [name, payload] as const,
  );

test('the preload script is small', async () => {
  const folder = await inMain(running.app, ({ app }) => app.getAppPath());
  expect((await stat(join(folder, 'out/preload/preload.cjs'))).size).toBeLessThan(5 * 1024);
});

test('a malformed payload is refused and changes nothing', async () => {
  for (const payload of ['true', 1, null, {}, [true], { valueOf: 1 }, undefined])
    expect(await callWith('setPaused', payload), JSON.stringify(payload)).toBe('bad-request');
  for (const name of ['state', 'snapshot', 'refresh'])
    expect(await callWith(name, 'unexpected'), name).toBe('bad-request');
  const state = await running.page.evaluate(() => window.plumbline.monitor.state());
  expect(state.ok && state.value.status.kind).not.toBe('paused');
});

test('an oversized or self-containing payload is refused', async () => {
  const codes = await running.page.evaluate(async () => {
    const setPaused: unknown = window.plumbline.monitor.setPaused;
    if (typeof setPaused !== 'function') return [];
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const payloads = ['x'.repeat(8 * 1024 * 1024), new Array(200_000).fill(0), circle, 10n];
    return Promise.all(
      payloads.map(async (payload) => {
        const answer = await setPaused(payload);
        return answer.ok ? 'ok' : answer.error.code;
      }),
    );
  });
  expect(codes).toEqual(['bad-request', 'bad-request', 'bad-request', 'bad-request']);
});

test('prototype tricks reach nothing', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../state'])
    expect(['no such call', 'bad-request', 'refused']).toContain(
      await callWith(name).catch(() => 'refused'),
    );
  await running.page.evaluate(async () => {
    const setPaused: unknown = window.plumbline.monitor.setPaused;
    if (typeof setPaused !== 'function') return;
    await setPaused(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}'));
  });
  expect(await inMain(running.app, () => 'polluted' in {})).toBe(false);
  expect(await running.page.evaluate(() => 'polluted' in {})).toBe(false);
});

test('a foreign window with our preload may call nothing', async () => {
  for (const address of ['app://plumbline/index.html', 'app://plumbline/unknown.html'])
    expect(await inMain(running.app, callFromForeignWindow, address), address).toBe('forbidden');
});

/** Runs in main: a window that is not Plumbline's own, with everything else as the own one has it. */
async function callFromForeignWindow(
  { app, BrowserWindow }: typeof import('electron'),
  address: string,
): Promise<string> {
  const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
  const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
  await foreign.loadURL(address);
  const code = await foreign.webContents.executeJavaScript(
    'window.plumbline.monitor.state().then((answer) => answer.ok ? "ok" : answer.error.code)',
  );
  foreign.destroy();
  return String(code);
}

test('reloading the page is allowed and leaves it working', async () => {
  await running.page.evaluate(() => location.reload());
  await expect(running.page.locator('#root')).not.toBeEmpty();
  expect(await callWith('state')).toBe('ok');
});
