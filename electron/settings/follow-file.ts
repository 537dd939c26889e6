import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { codeOf } from './whole-file.ts';

/** What following a file needs from others. */
export interface FollowNeeds {
  /** The file may have changed, come or gone. */
  readonly onTouched: () => void;
  readonly log: (sentence: string, error?: unknown) => void;
}

// An editor writes in several steps.
const settledMs = 100;
// For a folder that tells nothing: a network share, or a system out of watches.
const recheckMs = 5 * 1000;

/** Tells when a file may have changed, however it was changed; returns its undo. */
export function followFile(path: string, needs: FollowNeeds): () => void {
  let debounce: NodeJS.Timeout | undefined;
  const touched = (): void => {
    clearTimeout(debounce);
    debounce = setTimeout(needs.onTouched, settledMs);
  };
  let isFollowing = true;
  const unwatch = watchFolder(path, touched, needs.log);
  let seen: string | undefined;
  const recheck = async (): Promise<void> => {
    const now = await fingerprint(path);
    if (!isFollowing) return;
    if (seen !== undefined && now !== seen) touched();
    seen = now;
  };
  const rechecking = setInterval(() => void recheck(), recheckMs);
  void recheck();
  return () => {
    isFollowing = false;
    unwatch();
    clearTimeout(debounce);
    clearInterval(rechecking);
  };
}

/** The folder and not the file, for a file that is replaced takes its watch along. */
function watchFolder(path: string, touched: () => void, log: FollowNeeds['log']): () => void {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) touched();
    });
    watcher.on('error', (error) => {
      log(`Changes of ${basename(path)} are noticed more slowly from now on.`, error);
      watcher.close();
    });
    return () => watcher.close();
  } catch (error) {
    log(`Changes of ${basename(path)} are noticed slowly.`, error);
    return () => undefined;
  }
}

/** Changes with the file; an error is a state too, for it comes and goes as files do. */
async function fingerprint(path: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch (error) {
    return String(codeOf(error));
  }
}
