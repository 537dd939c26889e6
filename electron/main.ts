import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, powerMonitor, session, utilityProcess } from 'electron';
import type { Pushes } from '../shared/contract.ts';
import { makeOtherFigures } from '../shared/settings.ts';
import { fromUtilityProcess } from './demo/trading-engine/fork-engine.ts';
import { registerAppScheme, serveRenderer } from './desktop/app-protocol.ts';
import { showMenu } from './desktop/application-menu.ts';
import { blockRequests, denyPermissions, enableSandbox, guardPages } from './desktop/guards.ts';
import { type MainWindow, openMainWindow } from './desktop/main-window.ts';
import type { MenuActions } from './desktop/menu.ts';
import { openForEditing } from './desktop/open-for-editing.ts';
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
import { namedBySettings } from './settings/ledger-identity.ts';
import { intervalLimits, refreshInterval } from './settings/refresh-interval.ts';
import { openSettings, type SettingsFile } from './settings/settings-file.ts';

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
  const settings = await openSettings(home, log);
  const monitor = new Monitor({
    clock: systemClock,
    profile: namedBySettings(source.profile, settings.state().settings),
    baseIntervalMs: baseInterval(),
    connectionBudget,
    log,
  });
  const state = await openAppState(join(home, 'app-state.json'), log);
  holdQuit({ app, log, closeAll: () => closeAll({ monitor, settings, state }) });
  announce(monitor, { out: (line) => process.stdout.write(`${line}\n`), err: log });
  await guardSession();
  openDesktop(monitor, settings, state);
  // Going to sleep needs no word: the monitor's clocks tell that one was slept through.
  powerMonitor.on('resume', () => monitor.resume());
  // The window loads its page while the database code is read and the first figures are fetched.
  opening = source.open(settings.state().settings);
  watch(await opening, monitor, settings);
}

/** Everything that a person sees, and what reaches it. */
function openDesktop(monitor: Monitor, settings: SettingsFile, state: AppState): void {
  const windows = createOwnWindows();
  serveCalls({ ipcMain, windows, log, handlers: { monitor, settings } });
  const send = createPushes(windows, log);
  monitor.onChange(send.monitor.changed);
  settings.onChange(send.settings.changed);
  followTheme(settings);
  mainWindow = openWindow({ windows, monitor, settings, state, send });
  setMenu({ window: mainWindow, monitor, settings, send });
  const hidesAmounts = (): boolean => privacyOf(settings);
  tray = openTray({ monitor, hidesAmounts, open, quit: () => app.quit() });
  settings.onChange(tray.update);
}

/** Begins to watch, by the settings of now and by every later ones. */
function watch(opened: OpenedLedger, monitor: Monitor, settings: SettingsFile): void {
  let used = settings.state().settings;
  opened.configure(used);
  monitor.start(opened.ledger, namedBySettings(opened.profile, used));
  settings.onChange(({ settings: changed }) => {
    if (makeOtherFigures(used, changed)) {
      opened.configure(changed);
      // Before the new name: figures of the old relation must not look live under it.
      monitor.reread();
    }
    used = changed;
    monitor.setProfile(namedBySettings(opened.profile, changed));
  });
}

const privacyOf = (settings: SettingsFile): boolean => settings.state().settings.appearance.privacy;

function followTheme(settings: SettingsFile): void {
  const follow = (): void => {
    nativeTheme.themeSource = settings.state().settings.appearance.theme;
  };
  follow();
  settings.onChange(follow);
}

async function guardSession(): Promise<void> {
  denyPermissions(session.defaultSession);
  blockRequests(session.defaultSession, isDevelopment);
  await serveRenderer(session.defaultSession, join(import.meta.dirname, '../renderer'));
}

/** What the window and its menu are wired to. */
interface Wiring {
  readonly monitor: Monitor;
  readonly settings: SettingsFile;
  readonly send: Pushes;
}

function openWindow(
  wiring: Wiring & { readonly windows: OwnWindows; readonly state: AppState },
): MainWindow {
  const { windows, monitor, settings, state, send } = wiring;
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
    onShow: () => {
      send.monitor.changed(monitor.state());
      send.settings.changed(settings.state());
    },
    now: () => performance.now(),
    log,
  });
}

function setMenu({
  window,
  monitor,
  settings,
  send,
}: Wiring & { readonly window: MainWindow }): void {
  const isPaused = (): boolean => monitor.state().status.kind === 'paused';
  const menuState = () => ({
    appearance: settings.state().settings.appearance,
    isPaused: isPaused(),
  });
  const failed = (error: unknown): void => log('The settings could not be changed.', error);
  const actions = {
    refresh: () => void monitor.refresh(),
    togglePause: () => void monitor.setPaused(!isPaused()),
    command: (command) => {
      open();
      send.desktop.command(command);
    },
    setAppearance: (changes) => void settings.setAppearance(changes).catch(failed),
    togglePrivacy: () => actions.setAppearance({ privacy: !privacyOf(settings) }),
    openSettingsFile: () => void openSettingsFile(settings).catch(failed),
    closeToTray: window.closeToTray,
    zoom: window.zoom,
    quit: () => app.quit(),
  } satisfies MenuActions;
  const follow = showMenu(actions, { platform: process.platform, isDevelopment }, menuState());
  settings.onChange(() => follow(menuState()));
  monitor.onChange(() => follow(menuState()));
}

async function openSettingsFile(settings: SettingsFile): Promise<void> {
  await settings.writeIfAbsent();
  await openForEditing(settings.state().path);
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

interface Closing {
  readonly monitor: Monitor;
  readonly settings: SettingsFile;
  readonly state: AppState;
}

/** The monitor first, so that nobody asks a pool that is closing; the demo's database last. */
async function closeAll({ monitor, settings, state }: Closing): Promise<void> {
  tray?.close();
  mainWindow?.destroy();
  monitor.stop();
  await settings.close();
  await state.close();
  await (await opening)?.close();
}

function fail(error: unknown): void {
  log('Plumbline could not start.', error);
  app.exit(1);
}
