import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';

/** What the place of Plumbline's files depends on. */
export interface HomeQuestion {
  readonly env: {
    readonly PLUMBLINE_HOME?: string | undefined;
    readonly XDG_CONFIG_HOME?: string | undefined;
    readonly APPDATA?: string | undefined;
  };
  readonly platform: NodeJS.Platform;
  /** The person's own folder. */
  readonly userFolder: string;
}

/** Folder of settings, alerts, demo data and logs: PLUMBLINE_HOME, or the platform's place. */
export function homeFolder({ env, platform, userFolder }: HomeQuestion): string {
  const wished = env.PLUMBLINE_HOME;
  if (wished) return resolve(wished);
  switch (platform) {
    case 'win32':
      return join(env.APPDATA || join(userFolder, 'AppData', 'Roaming'), 'Plumbline');
    case 'darwin':
      return join(userFolder, 'Library', 'Application Support', 'Plumbline');
    default:
      return join(xdgConfig(env.XDG_CONFIG_HOME) ?? join(userFolder, '.config'), 'plumbline');
  }
}

/** The folder cannot hold Plumbline's files; the message says why and what next. */
export class HomeError extends Error {
  override readonly name = 'HomeError';
}

/**
 * Makes the folder, readable by its owner alone; one that is there keeps its mode. Rejects with a
 * {@link HomeError} where nothing can be written.
 */
export async function makeHome(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const probe = await mkdtemp(join(folder, '.probe-'));
    await rmdir(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new HomeError(
      `Nothing can be written to ${folder} (${code}), where Plumbline keeps its files. Set PLUMBLINE_HOME to a folder that can be written to.`,
      { cause: error },
    );
  }
}

/** The base directory specification says to ignore a relative path. */
const xdgConfig = (path: string | undefined): string | undefined =>
  path !== undefined && isAbsolute(path) ? path : undefined;
