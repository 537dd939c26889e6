import { expect, test } from '@playwright/test';
import { contractEntries } from '../shared/contract.ts';
import { besiegedApp } from './support/besieged-app.ts';
import { inMain } from './support/in-main.ts';

const besieged = besiegedApp();

test('the page has nothing of Node or Electron but the contract', async () => {
  const found = await besieged().running.page.evaluate(() => ({
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
  const kept = await besieged().running.page.evaluate(() => {
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
  const preferences = await inMain(besieged().running.app, ({ BrowserWindow }) => {
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
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    experimentalFeatures: false,
  });
  const { enableBlinkFeatures = '' } = preferences;
  expect(enableBlinkFeatures).toBe('');
});

test('text is never run as code', async () => {
  const ran = await besieged().running.page.evaluate(async () => {
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
    return document.body.getAttribute('data-ran');
  });
  expect(ran).toBeNull();
});

test('nothing reaches the network from the page', async () => {
  await besieged().running.page.evaluate(async (address) => {
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
  }, besieged().tripwire.address);
});

test('the page cannot put files on the disk', async () => {
  await inMain(besieged().running.app, ({ session }) => {
    session.defaultSession.on('will-download', ({ defaultPrevented }) => {
      Object.assign(globalThis, { download: defaultPrevented ? 'prevented' : 'saved' });
    });
  });
  await besieged().running.page.evaluate(() => {
    const href = URL.createObjectURL(new Blob(['text']));
    const anchor = Object.assign(document.createElement('a'), { href, download: 'dropped.txt' });
    document.body.append(anchor);
    anchor.click();
  });
  const download = (): unknown =>
    inMain(besieged().running.app, () => Reflect.get(globalThis, 'download'));
  await expect.poll(download).toBe('prevented');
});

test('every permission is denied', async () => {
  const answers = await besieged().running.page.evaluate(async () => {
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
