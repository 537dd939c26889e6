import { createHash, randomBytes } from 'node:crypto';
import { link, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askHolder } from './home-lock-answer.ts';
import { codeOf } from './whole-file.ts';

/** Where the holder of a home listens. */
export interface LockPlace {
  readonly path: string;
  /** A file, which stays behind when the holder is killed; else a name that the kernel takes back. */
  readonly isFile: boolean;
}

/** What the address of a Unix socket may hold on every system, in bytes. */
const longestPath = 100;

/** The place that belongs to a folder, by whatever path it is reached. Rejects where there is none. */
export async function lockPlace(home: string, platform: NodeJS.Platform): Promise<LockPlace> {
  const { dev, ino } = await stat(home, { bigint: true });
  const id = createHash('sha256').update(`plumbline ${dev} ${ino}`).digest('hex').slice(0, 32);
  switch (platform) {
    case 'linux':
      // An abstract name: no file, however long the path of the home is.
      return { path: `\0plumbline-${id}`, isFile: false };
    case 'win32':
      return { path: `\\\\.\\pipe\\plumbline-${id}`, isFile: false };
    default: {
      const inHome = join(home, 'lock.sock');
      const isShort = Buffer.byteLength(inHome) <= longestPath;
      return { path: isShort ? inHome : join(tmpdir(), `plumbline-${id}.sock`), isFile: true };
    }
  }
}

/** Takes away the file of a holder that was killed; what turns out to be somebody's is put back. */
export async function sweepStale(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    // Another one has swept it.
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const asked = await askHolder(aside, '');
  if (asked.kind !== 'nobody') {
    await link(aside, path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
  await rm(aside, { force: true });
}
