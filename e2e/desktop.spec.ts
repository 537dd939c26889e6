import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, expect, test } from '@playwright/test';
import {
  appArguments,
  appEnvironment,
  electronPath,
  launchWatching,
  type RunningApp,
  repositoryRoot,
  temporaryHome,
} from './support/app.ts';
import { inMain } from './support/in-main.ts';
import { type FakeDesktop, startFakeDesktop } from './support/session-bus.ts';

const run = promisify(execFile);

let desktop: FakeDesktop;

test.beforeEach(async () => {
  desktop = await startFakeDesktop();
});

test.afterEach(() => desktop.close());

/** One home over several launches, gone at the end. */
async function withHome(work: (home: string) => Promise<void>): Promise<void> {
  const home = temporaryHome();
  await work(home);
  await rm(home, { recursive: true, force: true });
}

const isVisible = (app: ElectronApplication): Promise<boolean> =>
  inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().some((w) => w.isVisible()));

const closeWindow = (app: ElectronApplication): Promise<void> =>
  inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

async function expectVisible(app: ElectronApplication, visible = true): Promise<void> {
  await expect.poll(() => isVisible(app)).toBe(visible);
}

test('a second launch shows the first window and ends at once', async () => {
  const running = await launchWatching();
  await expectVisible(running.app);
  await closeWindow(running.app);
  await expectVisible(running.app, false);
  const options = { cwd: repositoryRoot, env: appEnvironment(running.home), timeout: 5000 };
  await run(electronPath(), appArguments(), options);
  await expectVisible(running.app);
  await running.close();
});

test('closing the window hides it, and says so once ever', async () => {
  await withHome(async (home) => {
    const running = await launchWatching({ home });
    await expectVisible(running.app);
    await closeWindow(running.app);
    await expectVisible(running.app, false);
    await expect.poll(() => desktop.notifications().length).toBe(1);
    expect(desktop.notifications()[0]?.summary).toMatch(/^DEMO · Plumbline keeps watching$/);
    expect(desktop.notifications()[0]?.body).toContain('Quit');
    await (await desktop.trayItem()).click('Open Plumbline');
    await expectVisible(running.app);
    await closeWindow(running.app);
    await expectVisible(running.app, false);
    await running.close();

    const again = await launchWatching({ home });
    await expectVisible(again.app);
    await closeWindow(again.app);
    await expectVisible(again.app, false);
    await again.close();
    expect(desktop.notifications()).toHaveLength(1);
  });
});

test('quitting from the tray ends every process', async () => {
  const running = await launchWatching();
  await expectVisible(running.app);
  await (await desktop.trayItem()).click('Quit');
  await running.ended();
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends every process`, async () => {
    const running = await launchWatching();
    await expectVisible(running.app);
    running.app.process().kill(signal);
    await running.ended();
  });
}

const bounds = ({ app }: RunningApp) =>
  inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

test('the window opens where it was left', async () => {
  await withHome(async (home) => {
    const place = { x: 90, y: 40, width: 1000, height: 640 };
    const first = await launchWatching({ home });
    await expectVisible(first.app);
    await inMain(
      first.app,
      ({ BrowserWindow }, wished) => {
        BrowserWindow.getAllWindows()[0]?.setBounds(wished);
      },
      place,
    );
    await expect.poll(() => bounds(first)).toEqual(place);
    await first.close();

    const second = await launchWatching({ home });
    await expectVisible(second.app);
    expect(await bounds(second)).toEqual(place);
    await second.close();
  });
});

test('a window whose screen has gone opens on one that is there', async () => {
  await withHome(async (home) => {
    await mkdir(home, { recursive: true });
    const windowPlace = { x: 20_000, y: 50, width: 1000, height: 640, maximized: false };
    await writeFile(join(home, 'app-state.json'), JSON.stringify({ windowPlace }));
    const running = await launchWatching({ home });
    await expectVisible(running.app);
    const shown = await bounds(running);
    const workArea = await inMain(running.app, ({ screen }) => screen.getPrimaryDisplay().workArea);
    expect(shown?.x).toBeGreaterThanOrEqual(workArea.x);
    expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(workArea.x + workArea.width);
    await running.close();
  });
});

const crashPage = ({ app }: RunningApp): Promise<void> =>
  inMain(app, ({ webContents }) => {
    for (const contents of webContents.getAllWebContents()) contents.forcefullyCrashRenderer();
  });

/** Address of a page that answers, empty while there is none. */
const answeringPage = ({ app }: RunningApp): Promise<string> =>
  inMain(app, async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return '';
    // The page may go while it is asked; then nobody answers.
    const late = new Promise<string>((resolve) => setTimeout(resolve, 500, ''));
    const asked = 'location.pathname + " " + typeof window.plumbline';
    return Promise.race([late, contents.executeJavaScript(asked)]);
  });

test('a page whose process was killed comes back; one that keeps dying says so', async () => {
  const running = await launchWatching();
  await expectVisible(running.app);
  for (let time = 1; time <= 3; time += 1) {
    await crashPage(running);
    await expect.poll(() => answeringPage(running)).toBe('/index.html object');
  }
  await crashPage(running);
  await expect.poll(() => answeringPage(running)).toMatch(/^\/stopped\.html/);
  await running.close();
});
