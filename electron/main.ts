import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, powerMonitor, session, utilityProcess } from 'electron';
import type { Handlers, Pushes } from '../shared/contract.ts';
import { createAlertButtons, trayAlertsOf } from './alerts/alert-buttons.ts';
import type { Alerts } from './alerts/alerts.ts';
import { fromUtilityProcess } from './demo/trading-engine/fork-engine.ts';
import { registerAppScheme, serveRenderer } from './desktop/app-protocol.ts';
import { showMenu } from './desktop/application-menu.ts';
import { showBadge } from './desktop/badge.ts';
import { blockRequests, denyPermissions, enableSandbox, guardPages } from './desktop/guards.ts';
import { type MainWindow, openMainWindow } from './desktop/main-window.ts';
import type { MenuActions } from './desktop/menu.ts';
import { createMiniWindow, type MiniWindow } from './desktop/mini-window.ts';
import { createNotifier } from './desktop/notifications.ts';
import { openForEditing } from './desktop/open-for-editing.ts';
import { holdQuit } from './desktop/quit.ts';
import { becomeOnlyInstance } from './desktop/single-instance.ts';
import { openTray, type TrayIcon } from './desktop/tray.ts';
import { createTrayNotice } from './desktop/tray-notice.ts';
import { createOwnWindows, type OwnWindows } from './desktop/windows.ts';
import { FollowedFeed } from './feed/follow-feed.ts';
import { invitationTo } from './feed/invitation.ts';
import { createPushes, serveCalls } from './ipc.ts';
import { announce } from './monitor/announce.ts';
import { systemClock } from './monitor/clock.ts';
import type { Monitor } from './monitor/monitor.ts';
import { type AppState, openAppState } from './settings/app-state.ts';
import { keyring } from './settings/credentials.ts';
import { feedPort } from './settings/feed-port.ts';
import { HomeError, homeFolder, makeHome } from './settings/home.ts';
import { type HomeLock, lockHome } from './settings/home-lock.ts';
import type { SettingsFile } from './settings/settings-file.ts';
import { openWatch, type Watch } from './watch.ts';

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
let mini: MiniWindow | undefined;
let tray: TrayIcon | undefined;
let feed: FollowedFeed | undefined;
const open = (): void => mainWindow?.show();
const isDevelopment = !app.isPackaged;
const rendererFolder = join(import.meta.dirname, '../renderer');

if (becomeOnlyInstance(app, open)) {
  (await lockedHome()).tellFeed(feedAddress);
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
  const state = await openAppState(join(home, 'app-state.json'), log);
  const windows = createOwnWindows();
  const send = createPushes(windows, log);
  const showAlert = (episodeId: string | null): void => {
    open();
    send.alerts.show(episodeId);
  };
  const watch = await openWatch({
    ...{ env: process.env, home, forkEngine, keyring, log },
    notifier: createNotifier({ open: showAlert, act: (pressed) => void act(pressed), log }),
  });
  const act = createAlertButtons(watch.alertCalls, log);
  const { monitor } = watch;
  holdQuit({ app, log, closeAll: () => closeAll(watch, state) });
  announce(monitor, { out: (line) => process.stdout.write(`${line}\n`), err: log });
  await guardSession();
  const handlers = openDesktop({ ...watch, windows, state, send, showAlert });
  feed = followFeed(watch, handlers);
  // Going to sleep needs no word: the monitor's clocks tell that one was slept through.
  powerMonitor.on('resume', () => monitor.resume());
  // The window loads its page while the database code is read and the first figures are fetched.
  await watch.begin();
}

/** Held until this process ends: `plumbline serve` must not watch with the same home. */
async function lockedHome(): Promise<HomeLock> {
  try {
    return await lockHome(home, 'app');
  } catch (error) {
    if (!(error instanceof HomeError)) throw error;
    log(error.message);
    process.exit(2);
  }
}

/** Where `plumbline status` can ask. */
function feedAddress(): string | null {
  const state = feed?.state();
  return state?.kind === 'on' ? state.address : null;
}

/** The feed for scripts, agents and browsers, while the settings or the environment want it. */
function followFeed({ monitor, settings, alerts }: Watch, handlers: Handlers): FollowedFeed {
  const forced = feedPort(process.env.PLUMBLINE_FEED_PORT);
  if (!forced.ok) log(forced.message);
  return new FollowedFeed({
    ...{ home, monitor, settings, alerts, handlers, log, clock: systemClock },
    page: rendererFolder,
    forcedPort: forced.ok ? forced.port : null,
    onOpen: (address) =>
      void invitationTo(address, home, process.stdout.isTTY)
        .then((line) => process.stdout.write(`${line}\n`))
        .catch((error: unknown) => log('Who may open the browser view is not known.', error)),
  });
}

/** Everything that a person sees, and what reaches it; returns what answers calls. */
function openDesktop(wiring: WindowWiring): Handlers {
  const { windows, monitor, settings, send, alerts, alertCalls, showAlert } = wiring;
  const desktop = { openMain: open, toggleMini: () => mini?.toggle() };
  const handlers = {
    ...{ monitor, settings, desktop, alerts: alertCalls },
    feed: { state: () => feed?.state() ?? { kind: 'off' } },
  } satisfies Handlers;
  serveCalls({ ipcMain, windows, log, handlers });
  monitor.onChange(send.monitor.changed);
  settings.onChange(send.settings.changed);
  alerts.onChange(send.alerts.changed);
  alerts.onChange(showBadge);
  followTheme(settings);
  mainWindow = openWindow(wiring);
  mini = openMini(wiring);
  setMenu({ ...wiring, window: mainWindow, mini });
  tray = openTray({
    ...{ monitor, mini, open, openAlert: showAlert },
    alerts: trayAlertsOf(alerts, alertCalls, log),
    hidesAmounts: () => privacyOf(settings),
    openSettings: () => void openSettingsFile(settings).catch(settingsFailed),
    quit: () => app.quit(),
  });
  settings.onChange(tray.update);
  return handlers;
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
  await serveRenderer(session.defaultSession, rendererFolder);
}

/** What the window and its menu are wired to. */
interface Wiring {
  readonly alerts: Alerts;
  readonly monitor: Monitor;
  readonly settings: SettingsFile;
  readonly send: Pushes;
}

interface WindowWiring extends Wiring {
  readonly alertCalls: Watch['alertCalls'];
  readonly showAlert: (episodeId: string | null) => void;
  readonly windows: OwnWindows;
  readonly state: AppState;
}

/** What each window is made with. */
function windowNeeds({ windows, monitor, settings, alerts, send }: WindowWiring) {
  return {
    windows,
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    onShow: () => {
      send.monitor.changed(monitor.state());
      send.settings.changed(settings.state());
      send.alerts.changed(alerts.state());
    },
    now: () => performance.now(),
    log,
  };
}

function openMini(wiring: WindowWiring): MiniWindow {
  const { state } = wiring;
  return createMiniWindow({
    ...windowNeeds(wiring),
    place: {
      remembered: () => state.values().miniPlace,
      remember: (miniPlace) => state.change({ miniPlace }),
    },
  });
}

function openWindow(wiring: WindowWiring): MainWindow {
  const { monitor, state } = wiring;
  return openMainWindow({
    ...windowNeeds(wiring),
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
  });
}

function setMenu({
  window,
  mini,
  monitor,
  settings,
  send,
}: Wiring & { readonly window: MainWindow; readonly mini: MiniWindow }): void {
  const isPaused = (): boolean => monitor.state().status.kind === 'paused';
  const menuState = () => ({
    appearance: settings.state().settings.appearance,
    isPaused: isPaused(),
    isMiniOpen: mini.isOpen(),
  });
  const actions = {
    refresh: () => void monitor.refresh(),
    togglePause: () => void monitor.setPaused(!isPaused()),
    command: (command) => {
      open();
      send.desktop.command(command);
    },
    setAppearance: (changes) => void settings.setAppearance(changes).catch(settingsFailed),
    toggleMini: mini.toggle,
    togglePrivacy: () => actions.setAppearance({ privacy: !privacyOf(settings) }),
    openSettingsFile: () => void openSettingsFile(settings).catch(settingsFailed),
    closeToTray: window.closeToTray,
    zoom: window.zoom,
    quit: () => app.quit(),
  } satisfies MenuActions;
  const follow = showMenu(actions, { platform: process.platform, isDevelopment }, menuState());
  settings.onChange(() => follow(menuState()));
  monitor.onChange(() => follow(menuState()));
  mini.onChange(() => follow(menuState()));
}

const settingsFailed = (error: unknown): void => log('The settings could not be changed.', error);

async function openSettingsFile(settings: SettingsFile): Promise<void> {
  await settings.writeIfAbsent();
  await openForEditing(settings.state().path);
}

const forkEngine = () =>
  fromUtilityProcess(
    utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [], { serviceName: 'engine' }),
  );

/** What shows something first, then what is watched. */
async function closeAll(watch: Watch, state: AppState): Promise<void> {
  tray?.close();
  mini?.destroy();
  mainWindow?.destroy();
  await feed?.close();
  await state.close();
  await watch.close();
}

function fail(error: unknown): void {
  log('Plumbline could not start.', error);
  app.exit(1);
}
