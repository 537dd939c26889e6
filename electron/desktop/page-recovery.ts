import type { WebContents } from 'electron';
import { isAppAddress } from './app-address.ts';

/** What a page that died asks for. */
export interface PageRecoveryNeeds {
  /** Milliseconds on a clock that never jumps. */
  readonly now: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

/** The page of a window. */
interface RecoveredPage {
  readonly address: string;
  /** What is done about a page that keeps failing; it may load another one. */
  giveUp(load: (address: string) => void): void;
}

const windowMs = 60 * 1000;
const mostReloads = 3;

/** Loads the page anew when it is lost; gives it up after three times in a minute. */
export function recoverPage(
  contents: WebContents,
  { now, log }: PageRecoveryNeeds,
  { address, giveUp }: RecoveredPage,
): void {
  const mayReload = createReloadLimit(now);
  const load = (wanted: string): void => {
    contents.loadURL(wanted).catch((error: unknown) => log('The page did not load.', error));
  };
  const recover = (what: string): void => {
    log(what);
    if (mayReload()) load(address);
    else giveUp(load);
  };
  contents.on('render-process-gone', (_event, { reason }) =>
    recover(`The page's process is gone: ${reason}.`),
  );
  // A page can go to about:blank without the guards being asked.
  contents.on('did-navigate', (_event, shown) => {
    if (!isAppAddress(shown)) recover('The page left for another address.');
  });
}

/** Says yes three times in any minute. */
export function createReloadLimit(now: () => number): () => boolean {
  let granted: number[] = [];
  return () => {
    granted = granted.filter((at) => now() - at < windowMs);
    if (granted.length >= mostReloads) return false;
    granted.push(now());
    return true;
  };
}
