import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the address of a running demo lies. */
export const demoAddressFile = (home: string): string => path.join(home, 'demo', 'reader-url');

/** Leaves the read-only role's URL for the commands, readable by the owner alone. */
export const leaveDemoAddress = (home: string, url: string): Promise<void> =>
  writeFile(demoAddressFile(home), `${url}\n`, { mode: 0o600 });

/** Takes it away when the demo ends. */
export const removeDemoAddress = (home: string): Promise<void> =>
  rm(demoAddressFile(home), { force: true });

/**
 * The URL of the demo under this home, null when none runs; a demo that was killed leaves it behind.
 * Rejects with the system's error where it cannot be read.
 */
export async function findDemoAddress(home: string): Promise<string | null> {
  try {
    return (await readFile(demoAddressFile(home), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
