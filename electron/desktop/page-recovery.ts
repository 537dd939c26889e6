import type { WebContents } from 'electron';
import { startAddress, stoppedAddress } from './app-address.ts';

/** What a page that died asks for. */
export interface PageRecoveryNeeds {
  /** Milliseconds on a clock that never jumps. */
  readonly now: () => number;
  readonly log: (message: string, error?: unknown) => void;
}

const windowMs = 60 * 1000;
const mostReloads = 3;

/** Loads the page anew when its process is gone; after three times in a minute, a page that says so. */
export function recoverPage(contents: WebContents, { now, log }: PageRecoveryNeeds): void {
  const mayReload = createReloadLimit(now);
  contents.on('render-process-gone', (_event, { reason }) => {
    log(`The page's process is gone: ${reason}.`);
    const address = mayReload() ? startAddress : stoppedAddress;
    contents.loadURL(address).catch((error: unknown) => log('The page did not load.', error));
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
