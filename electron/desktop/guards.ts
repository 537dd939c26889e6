import type { App, Session, WebContents } from 'electron';
import { isAppAddress, startAddress } from './app-address.ts';

/** Switches the sandbox on for every process, before the app is ready. */
export function enableSandbox(app: Pick<App, 'enableSandbox' | 'commandLine'>): void {
  // enableSandbox() would strip the switch, without which root's child processes crash in a loop.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

/** Denies every permission, and downloads; Electron grants all by default. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  // Main writes the files that a person asks for; a page writes none.
  session.on('will-download', (event) => event.preventDefault());
}

/**
 * The renderer makes no network requests, so all of them are blocked: a defence against a dependency
 * gone bad. What main asks of the network goes through Node, not through this session.
 */
export function blockRequests(session: Session, isDevelopment: boolean): void {
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, decide) => {
    decide({ cancel: !isAppAddress(url) && !(isDevelopment && isDeveloperTools(url)) });
  });
  // On Linux the dictionaries would come from a server.
  session.setSpellCheckerEnabled(false);
}

/** Keeps every page of the app where it is: no other address, no other window, no guest. */
export function guardPages(app: Pick<App, 'on'>, log: (message: string) => void): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, log));
}

function guardPage(contents: WebContents, log: (message: string) => void): void {
  const stay = (event: { preventDefault(): void; url: string }): void => {
    if (isWayHome(event.url, contents.getURL())) return;
    event.preventDefault();
    log('A page was kept from leaving for another address.');
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // WebRTC would go past the block on requests.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** `location.reload()` asks for the same address; the page of a stopped window links to the start. */
const isWayHome = (address: string, current: string): boolean =>
  isAppAddress(address) && (address === current || address === startAddress);

const isDeveloperTools = (url: string): boolean => url.startsWith('devtools://');
