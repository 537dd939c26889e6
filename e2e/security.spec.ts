import { stat } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { contractEntries } from '../shared/contract.ts';
import { launchApp, type RunningApp } from './support/app.ts';
import { startTripwire, type Tripwire } from './support/tripwire.ts';

let running: RunningApp;
let tripwire: Tripwire;

test.beforeAll(async () => {
  tripwire = await startTripwire();
  running = await launchApp();
  await expect(running.page.locator('#root')).not.toBeEmpty();
});

test.afterAll(async () => {
  await running.close();
  await tripwire.close();
});

// Whatever was tried, nothing got out and the window shows its own page.
test.afterEach(async () => {
  expect(tripwire.touches()).toBe(0);
  expect(new URL(running.page.url()).href).toMatch(/^app:\/\/plumbline\/(index\.html)?(#.*)?$/);
  const windows = await running.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(windows).toBe(1);
});

test('the page has nothing of Node or Electron but the contract', async () => {
  const found = await running.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    members: Object.entries(window.plumbline).flatMap(([group, members]) =>
      Object.keys(members).map((name) => `${group}.${name}`),
    ),
    isFrozen: [window.plumbline, ...Object.values(window.plumbline)].every(Object.isFrozen),
  }));
  expect(found.globals).toEqual([]);
  expect(found.members.sort()).toEqual(contractEntries.map(({ channel }) => channel).sort());
  expect(found.isFrozen).toBe(true);
});

test('the client cannot be replaced', async () => {
  const kept = await running.page.evaluate(() => {
    const before = window.plumbline.monitor.state;
    const fake = async (): Promise<string> => 'fake';
    Reflect.set(window.plumbline.monitor, 'state', fake);
    Reflect.set(window.plumbline, 'monitor', { state: fake });
    Reflect.set(window, 'plumbline', { monitor: { state: fake } });
    return window.plumbline.monitor.state === before;
  });
  expect(kept).toBe(true);
});

test('the window has the strictest preferences', async () => {
  const preferences = await running.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Left out of the type declarations.
    const last: unknown =
      contents && Reflect.get(contents, 'getLastWebPreferences')?.call(contents);
    return Object.fromEntries(Object.entries(Object(last)));
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    experimentalFeatures: false,
  });
  const { enableBlinkFeatures = '', preload } = preferences;
  expect(enableBlinkFeatures).toBe('');
  expect((await stat(String(preload))).size).toBeLessThan(5 * 1024);
});

test('text is never run as code', async () => {
  const ran = await running.page.evaluate(async () => {
    // The inspector may evaluate text; what runs after a timer is the page on its own.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const code = (name: string): string => `document.body.dataset.ran = "${name}"`;
    const element = (name: string, ...attributes: [string, string][]): HTMLElement => {
      const made = document.createElement(name);
      for (const [key, value] of attributes) made.setAttribute(key, value);
      document.body.append(made);
      return made;
    };
    const attacks: (() => unknown)[] = [
      () => Reflect.apply(Reflect.get(window, 'eval'), window, [code('eval')]),
      () => Reflect.construct(Reflect.get(window, 'Function'), [code('Function')])(),
      () => Reflect.apply(setTimeout, window, [code('setTimeout'), 0]),
      () => element('script').append(code('script')),
      () => element('script', ['src', `data:text/javascript,${code('data script')}`]),
      () => element('button', ['onclick', code('onclick')]).click(),
      () => element('a', ['href', `javascript:${code('javascript:')}`]).click(),
      () => document.body.insertAdjacentHTML('beforeend', `<img src=x onerror='${code('img')}'>`),
      () => Reflect.set(document.body, 'innerHTML', `<script>${code('innerHTML')}</script>`),
      () => new Worker(`data:text/javascript,fetch("x")`).postMessage(''),
      () => import(`data:text/javascript,${code('import')}`),
    ];
    await Promise.allSettled(attacks.map(async (attack) => attack()));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return document.body.dataset['ran'] ?? null;
  });
  expect(ran).toBeNull();
});

test('nothing reaches the network from the page', async () => {
  await running.page.evaluate(async (address) => {
    const link = (rel: string): void => {
      const made = document.createElement('link');
      Object.assign(made, { rel, href: `http://${address}/` });
      document.head.append(made);
    };
    const attacks: (() => unknown)[] = [
      () => fetch(`http://${address}/`),
      () => fetch(`http://${address}/`, { mode: 'no-cors' }),
      () => new WebSocket(`ws://${address}/`),
      () => new EventSource(`http://${address}/`),
      () => navigator.sendBeacon(`http://${address}/`, 'x'),
      () => Object.assign(new Image(), { src: `http://${address}/` }).decode(),
      () => new FontFace('x', `url(http://${address}/)`).load(),
      () => new Worker(`http://${address}/`),
      () => navigator.serviceWorker.register('/index.html'),
      () => link('stylesheet'),
      () => link('preload'),
      () => link('prefetch'),
      () => link('preconnect'),
    ];
    await Promise.allSettled(attacks.map(async (attack) => attack()));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, tripwire.address);
});

test('the session itself blocks requests, whatever a page may load', async () => {
  const address = `http://${tripwire.address}/`;
  for (const url of [address, 'file:///etc/hostname', 'data:text/html,x', 'app://other/'])
    expect(await running.app.evaluate(loadElsewhere, url), url).not.toBe('loaded');
});

/** Runs in main: a window without any of the guards' page rules but on the same session. */
async function loadElsewhere(
  { BrowserWindow }: typeof import('electron'),
  url: string,
): Promise<string> {
  const window = new BrowserWindow({ show: false });
  const end = await window.loadURL(url).then(
    () => 'loaded',
    (error: unknown) => String(error),
  );
  window.destroy();
  return end;
}

test('the page stays where it is', async () => {
  const addresses = [
    `http://${tripwire.address}/`,
    'https://example.invalid/',
    'file:///etc/hostname',
    'data:text/html,<h1>elsewhere</h1>',
    'blob:app://plumbline/x',
    'about:blank',
    'app://other/index.html',
    'devtools://devtools/bundled/inspector.html',
  ];
  for (const address of addresses) {
    await running.page.evaluate(async (to) => {
      document.body.dataset['stayed'] = 'yes';
      const anchor = Object.assign(document.createElement('a'), { href: to });
      document.body.append(anchor);
      const form = Object.assign(document.createElement('form'), { action: to });
      document.body.append(form);
      for (const leave of [
        () => anchor.click(),
        () => form.submit(),
        () => window.open(to, '_self'),
        () => location.assign(to),
      ]) {
        await Promise.allSettled([Promise.resolve().then(leave)]);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }, address);
    await expect(running.page.locator('body[data-stayed]'), address).toHaveCount(1);
  }
});

test('no window opens and no frame loads', async () => {
  const opened = await running.page.evaluate(
    (address) =>
      [`http://${address}/`, 'app://plumbline/index.html', 'about:blank', ''].map((url) =>
        window.open(url),
      ),
    tripwire.address,
  );
  expect(opened).toEqual([null, null, null, null]);
  await running.page.evaluate(async (address) => {
    for (const src of [`http://${address}/`, 'app://plumbline/index.html', 'data:text/html,x']) {
      document.body.append(Object.assign(document.createElement('iframe'), { src }));
      document.body.append(Object.assign(document.createElement('webview'), { src }));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, tripwire.address);
  const frames = running.page.frames().filter((frame) => frame !== running.page.mainFrame());
  for (const frame of frames) {
    expect(frame.url()).not.toMatch(/^(app|http|data):/);
    expect(await frame.evaluate(() => 'plumbline' in window)).toBe(false);
  }
});

test('every permission is denied', async () => {
  const answers = await running.page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
    ];
    const states = names.map(async (name) => {
      const query = { name } as PermissionDescriptor;
      return (await navigator.permissions.query(query)).state;
    });
    const place = new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
        { timeout: 2000 },
      ),
    );
    const asked = [
      place,
      Notification.requestPermission(),
      navigator.mediaDevices.getUserMedia({ audio: true }),
      navigator.mediaDevices.getDisplayMedia({ video: true }),
      navigator.clipboard.readText(),
    ];
    const ends = await Promise.allSettled([...states, ...asked]);
    return ends.map((end) => (end.status === 'rejected' ? 'denied' : String(end.value)));
  });
  expect(new Set(answers)).toEqual(new Set(['denied']));
});
