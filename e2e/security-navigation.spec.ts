import { expect, test } from '@playwright/test';
import { besiegedApp } from './support/besieged-app.ts';
import { inMain } from './support/in-main.ts';

const besieged = besiegedApp();

test('the session itself blocks requests, whatever a page may load', async () => {
  const address = `http://${besieged().tripwire.address}/`;
  for (const url of [address, 'file:///etc/hostname', 'data:text/html,x', 'app://other/'])
    expect(await inMain(besieged().running.app, loadElsewhere, url), url).not.toBe('loaded');
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
    `http://${besieged().tripwire.address}/`,
    'https://example.invalid/',
    'file:///etc/hostname',
    'data:text/html,<h1>elsewhere</h1>',
    'blob:app://plumbline/x',
    'app://other/index.html',
    'devtools://devtools/bundled/inspector.html',
  ];
  for (const address of addresses) {
    await besieged().running.page.evaluate(async (to) => {
      document.body.setAttribute('data-stayed', '');
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
    const hasStayed = await besieged().running.page.evaluate(() =>
      document.body.hasAttribute('data-stayed'),
    );
    expect(hasStayed, address).toBe(true);
  }
});

test('no window opens and no frame loads', async () => {
  const opened = await besieged().running.page.evaluate(
    (address) =>
      [`http://${address}/`, 'app://plumbline/index.html', 'about:blank', ''].map((url) =>
        window.open(url),
      ),
    besieged().tripwire.address,
  );
  expect(opened).toEqual([null, null, null, null]);
  await besieged().running.page.evaluate(async (address) => {
    for (const src of [`http://${address}/`, 'app://plumbline/index.html', 'data:text/html,x']) {
      document.body.append(Object.assign(document.createElement('iframe'), { src }));
      document.body.append(Object.assign(document.createElement('webview'), { src }));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, besieged().tripwire.address);
  const frames = besieged()
    .running.page.frames()
    .filter((frame) => frame !== besieged().running.page.mainFrame());
  for (const frame of frames) {
    expect(frame.url()).not.toMatch(/^(app|http|data):/);
    expect(await frame.evaluate(() => 'plumbline' in window)).toBe(false);
  }
});

test('a page that slips away to about:blank is brought back', async () => {
  await besieged().running.page.evaluate(() => {
    // Not at once: the page that is left could not answer any more.
    setTimeout(() => location.assign('about:blank'), 0);
  });
  const shown = (): Promise<string> =>
    inMain(besieged().running.app, ({ BrowserWindow }) =>
      String(BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
    );
  await expect.poll(shown).toBe('app://plumbline/index.html');
  await expect(besieged().running.page.locator('#root')).not.toBeEmpty();
});
