import type { WebContents } from 'electron';
import { isAppAddress, startAddress, stoppedAddress } from './app-address.ts';

/** What a page that died asks for. */
export interface PageRecoveryNeeds {
  /** Milliseconds on a clock that never jumps. */
  readonly now: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

const windowMs = 60 * 1000;
const mostReloads = 3;

/** Loads the page anew when it is lost; after three times in a minute, a page that says so. */
export function recoverPage(contents: WebContents, { now, log }: PageRecoveryNeeds): void {
  const mayReload = createReloadLimit(now);
  const recover = (what: string): void => {
    log(what);
    const address = mayReload() ? startAddress : stoppedAddress;
    contents.loadURL(address).catch((error: unknown) => log('The page did not load.', error));
  };
  contents.on('render-process-gone', (_event, { reason }) =>
    recover(`The page's process is gone: ${reason}.`),
  );
  // A page can go to about:blank without the guards being asked.
  contents.on('did-navigate', (_event, address) => {
    if (!isAppAddress(address)) recover('The page left for another address.');
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
