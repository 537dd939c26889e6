import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, ipcMain, Menu, powerMonitor, session, utilityProcess } from 'electron';
import { fromUtilityProcess } from './demo/trading-engine/fork-engine.ts';
import { registerAppScheme, serveRenderer } from './desktop/app-protocol.ts';
import { blockRequests, denyPermissions, enableSandbox, guardPages } from './desktop/guards.ts';
import { type MainWindow, openMainWindow } from './desktop/main-window.ts';
import { applicationMenu } from './desktop/menu.ts';
import { holdQuit } from './desktop/quit.ts';
import { becomeOnlyInstance } from './desktop/single-instance.ts';
import { openTray, type TrayIcon } from './desktop/tray.ts';
import { createTrayNotice } from './desktop/tray-notice.ts';
import { createOwnWindows, type OwnWindows } from './desktop/windows.ts';
import { createPushes, serveCalls } from './ipc.ts';
import { connectionBudget } from './ledger/budget.ts';
import { ledgerSource, type OpenedLedger } from './ledger-source.ts';
import { announce } from './monitor/announce.ts';
import { systemClock } from './monitor/clock.ts';
import { Monitor } from './monitor/monitor.ts';
import { type AppState, openAppState } from './settings/app-state.ts';
import { HomeError, homeFolder, makeHome } from './settings/home.ts';
import { intervalLimits, refreshInterval } from './settings/refresh-interval.ts';

const log = (message: string, error?: unknown): void => {
  const detail = error instanceof Error ? ` ${error.stack ?? error.message}` : '';
  process.stderr.write(`${message}${detail}\n`);
};

const home = homeFolder({ env: process.env, platform: process.platform, userFolder: homedir() });
try {
  await makeHome(home);
} catch (error) {
  if (!(error instanceof HomeError)) throw error;
  log(error.message);
  process.exit(2);
}
app.setName('Plumbline');
app.setPath('userData', join(home, 'electron'));
app.setPath('crashDumps', join(home, 'electron', 'crashes'));

// Held here, for a tray or a window that is garbage-collected leaves the screen.
let mainWindow: MainWindow | undefined;
let tray: TrayIcon | undefined;
let opening: Promise<OpenedLedger> | undefined;
const open = (): void => mainWindow?.show();
const isDevelopment = !app.isPackaged;

if (becomeOnlyInstance(app, open)) {
  registerAppScheme();
  enableSandbox(app);
  guardPages(app, log);
  // Not awaited here: Electron becomes ready only after this module has ended.
  app.whenReady().then(start).catch(fail);
} else {
  log(
    'Plumbline is running already on this PLUMBLINE_HOME, and its window was brought forward. It goes on watching what it watches: to watch another ledger, quit it first or set another PLUMBLINE_HOME.',
  );
  app.exit(0);
}

async function start(): Promise<void> {
  const source = ledgerSource({ env: process.env, home, forkEngine, log });
  const monitor = new Monitor({
    clock: systemClock,
    profile: source.profile,
    baseIntervalMs: baseInterval(),
    connectionBudget,
    log,
  });
  const windows = createOwnWindows();
  const state = await openAppState(join(home, 'app-state.json'), log);
  holdQuit({ app, log, closeAll: () => closeAll(monitor, state) });
  announce(monitor, { out: (line) => process.stdout.write(`${line}\n`), err: log });
  await guardSession();
  serveCalls({ ipcMain, windows, log, handlers: { monitor } });
  const send = createPushes(windows, log);
  monitor.onChange(send.monitor.changed);
  mainWindow = openWindow(windows, monitor, state, () => send.monitor.changed(monitor.state()));
  setMenu(mainWindow, monitor);
  tray = openTray({ monitor, open, quit: () => app.quit() });
  // Going to sleep needs no word: the monitor's clocks tell that one was slept through.
  powerMonitor.on('resume', () => monitor.resume());
  // The window loads its page while the database code is read and the first figures are fetched.
  opening = source.open();
  const { ledger, profile } = await opening;
  monitor.start(ledger, profile);
}

async function guardSession(): Promise<void> {
  denyPermissions(session.defaultSession);
  blockRequests(session.defaultSession, isDevelopment);
  await serveRenderer(session.defaultSession, join(import.meta.dirname, '../renderer'));
}

function openWindow(
  windows: OwnWindows,
  monitor: Monitor,
  state: AppState,
  onShow: () => void,
): MainWindow {
  return openMainWindow({
    windows,
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    place: {
      remembered: () => state.values().windowPlace,
      remember: (windowPlace) => state.change({ windowPlace }),
    },
    onCloseToTray: createTrayNotice({
      memory: {
        wasTold: () => state.values().toldAboutTray,
        setTold: () => state.change({ toldAboutTray: true }),
      },
      open,
      isDemo: () => monitor.state().profile.label === 'DEMO',
    }),
    onShow,
    now: () => performance.now(),
    log,
  });
}

function setMenu({ closeToTray, zoom }: MainWindow, monitor: Monitor): void {
  const actions = {
    refresh: () => void monitor.refresh(),
    togglePause: () => void monitor.setPaused(monitor.state().status.kind !== 'paused'),
    closeToTray,
    zoom,
    quit: () => app.quit(),
  };
  const template = applicationMenu(actions, { platform: process.platform, isDevelopment });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const forkEngine = () =>
  fromUtilityProcess(
    utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [], { serviceName: 'engine' }),
  );

function baseInterval(): number {
  const interval = refreshInterval(process.env.PLUMBLINE_REFRESH_MS);
  if (!interval.ok) log(interval.message);
  return interval.ok ? interval.ms : intervalLimits.usual;
}

/** The monitor first, so that nobody asks a pool that is closing; the demo's database last. */
async function closeAll(monitor: Monitor, state: AppState): Promise<void> {
  tray?.close();
  mainWindow?.destroy();
  monitor.stop();
  await state.close();
  await (await opening)?.close();
}

function fail(error: unknown): void {
  log('Plumbline could not start.', error);
  app.exit(1);
}
