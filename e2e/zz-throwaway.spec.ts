import { execFileSync } from 'node:child_process';
import { test } from '@playwright/test';
import { launchWatching } from './support/app.ts';
import { inMain } from './support/in-main.ts';

test('keys', async () => {
  test.setTimeout(180_000);
  const running = await launchWatching();
  const { page, app } = running;
  const state = () =>
    page.evaluate(async () => {
      const s = await window.plumbline.settings.state();
      const m = await window.plumbline.monitor.state();
      return JSON.stringify({
        privacy: s.ok && s.value.settings.appearance.privacy,
        status: m.ok && m.value.status.kind,
        focus: document.hasFocus(),
      });
    });
  const log = async (what: string) => {
    await page.waitForTimeout(1500);
    console.log(what, await state());
  };
  await page.bringToFront();
  await log('start');
  await page.keyboard.press('Control+b');
  await log('cdp ctrl+b');
  await page.keyboard.press('Control+Shift+P');
  await log('cdp ctrl+shift+p');
  const send = (keyCode: string, modifiers: ('control' | 'shift')[]) =>
    inMain(
      app,
      ({ BrowserWindow }, key) => {
        const w = BrowserWindow.getAllWindows()[0];
        w?.focus();
        w?.webContents.sendInputEvent({ type: 'rawKeyDown' as 'keyDown', ...key });
        w?.webContents.sendInputEvent({ type: 'keyUp', ...key });
      },
      { keyCode, modifiers },
    );
  await send('B', ['control']);
  await log('sendInputEvent ctrl+b');
  await send('P', ['control', 'shift']);
  await log('sendInputEvent ctrl+shift+p');
  const x = (...keys: string[]) => {
    try {
      console.log(execFileSync('python3', ['/tmp/xkey.py', ...keys], { encoding: 'utf8' }));
    } catch (error) {
      console.log('x failed', String(error).slice(0, 300));
    }
  };
  x('Control_L', 'b');
  await log('X ctrl+b');
  x('Control_L', 'Shift_L', 'p');
  await log('X ctrl+shift+p');
  await running.close();
});
