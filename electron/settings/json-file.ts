import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type * as z from 'zod/mini';

/** What a read came upon. */
export type JsonRead<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  /** Not JSON, or not of this shape; it was put aside under another name and nothing is lost. */
  | { readonly kind: 'corrupt'; readonly movedTo: string };

/** A small file that is either the old or the new one, never half of either, also after a crash. */
export interface JsonFile<T> {
  read(): Promise<JsonRead<T>>;
  /** Resolves when the value is on the disk; writes follow each other in the order of the calls. */
  write(value: T): Promise<void>;
}

const leftoverAgeMs = 60 * 1000;

/** A JSON file of one shape, readable by its owner alone. Its folder must exist. */
export function jsonFile<T>(path: string, schema: z.ZodMiniType<T>): JsonFile<T> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async () => {
      await sweepLeftovers(path);
      const text = await readText(path);
      if (text === null) return { kind: 'absent' };
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return { kind: 'found', value: parsed.data };
      return { kind: 'corrupt', movedTo: await putAside(path) };
    },
    write: (value) => {
      const write = (): Promise<void> => replace(path, `${JSON.stringify(value, null, 2)}\n`);
      // After a failed write the next one still gets its turn; the failure went to its own caller.
      const done = last.then(write, write);
      last = done;
      return done;
    },
  };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The value, or undefined, which no schema of a file takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function putAside(path: string): Promise<string> {
  const movedTo = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  await rename(path, movedTo);
  return movedTo;
}

async function replace(path: string, text: string): Promise<void> {
  // In the same folder, for a rename is atomic within one file system only.
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeThrough(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeThrough(path: string, text: string): Promise<void> {
  // `wx` is O_EXCL: a link that somebody laid there is not followed.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself last; Windows cannot open a folder and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A process that was killed while it wrote leaves its temporary file behind. */
async function sweepLeftovers(path: string): Promise<void> {
  const prefix = `.${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix) || !name.endsWith('.tmp')) continue;
    const leftover = join(dirname(path), name);
    if (await isOld(leftover)) await removeIfThere(leftover);
  }
}

/** Young ones may belong to a process that is writing now. */
async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > leftoverAgeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
