import { copyFile, constants as fsConstants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseJson } from '../settings/json-file.ts';
import { type Document, isDocument, type Migration } from '../settings/settings-migrations.ts';
import { codeOf, putAside, readText, replaceText, sweepLeftovers } from '../settings/whole-file.ts';
import { newestWrite } from './newest-write.ts';

/** Hears each sentence that a person should know once. */
export type Warn = (sentence: string, error?: unknown) => void;

/** A versioned JSON file: read once, then written as a whole. */
export interface StoredFile {
  /** As it was read, led up to the known version; null when there was nothing to use. */
  readonly document: Document | null;
  /** Has a copy of what was read kept before the first write; answers its name. */
  keepCopy(): string;
  /** Resolves when it is on the disk; rejects with a sentence when it is not. */
  write(value: Document): Promise<void>;
}

/** Which file, and how it is led to the version that this Plumbline writes. */
export interface StoredFileOptions {
  readonly path: string;
  /** The first leads from version 1 to 2, the second from 2 to 3. */
  readonly steps: readonly Migration[];
  /** Spaces a level; 0 where nobody reads it. */
  readonly indent: number;
}

/** What stood at the path. */
type Found =
  | { readonly kind: 'usable'; readonly document: Document; readonly copyAs: string | null }
  /** Nothing, or nothing any more: it was put aside. */
  | { readonly kind: 'nothing' }
  /** It must stay as it is; `why` goes on "cannot be written, for …". */
  | { readonly kind: 'untouchable'; readonly why: string };

/** Opens a file in a folder that exists; `warn` hears what was wrong with it. A missing one is none of that. */
export async function openStoredFile(options: StoredFileOptions, warn: Warn): Promise<StoredFile> {
  const { path, steps, indent } = options;
  await sweepLeftovers(path).catch((error: unknown) =>
    warn(`What an earlier run left beside ${basename(path)} could not be cleared away.`, error),
  );
  const found = await find(options, warn);
  let copyAs = found.kind === 'usable' ? found.copyAs : null;
  const write = async (value: Document): Promise<void> => {
    if (found.kind === 'untouchable')
      throw new Error(`${basename(path)} is not written, for ${found.why}.`);
    if (copyAs !== null) await keep(path, copyAs);
    copyAs = null;
    const text = JSON.stringify({ ...value, version: steps.length + 1 }, null, indent);
    await replaceText(path, `${text}\n`).catch((error: unknown) => fail(path, error));
  };
  return {
    document: found.kind === 'usable' ? found.document : null,
    keepCopy: () => {
      copyAs ??= copyName(path, 'partly-read');
      return basename(copyAs);
    },
    write: newestWrite(write),
  };
}

async function find(options: StoredFileOptions, warn: Warn): Promise<Found> {
  const { path } = options;
  try {
    const text = await textAt(path);
    if (text === null) return { kind: 'nothing' };
    // Some editors put a byte order mark first, which JSON does not know.
    const json = parseJson(text.replace(/^\ufeff/, ''));
    if (isDocument(json)) return await lead(json, options, warn);
    return await quarantine(path, 'it could not be understood', warn);
  } catch (error) {
    const why = error instanceof NoFileError ? error.message : String(codeOf(error) ?? error);
    const sentence = `${basename(path)} cannot be read (${why}). The defaults are used, and the file is left as it is: mend that and start Plumbline again.`;
    warn(sentence, error);
    return { kind: 'untouchable', why: `it could not be read (${why})` };
  }
}

class NoFileError extends Error {}

/** Null when there is none. */
async function textAt(path: string): Promise<string | null> {
  try {
    // Reading a pipe would wait for ever.
    if (!(await stat(path)).isFile()) throw new NoFileError('it is no file');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  return readText(path);
}

async function quarantine(path: string, what: string, warn: Warn): Promise<Found> {
  const name = basename(path);
  try {
    const movedTo = basename(await putAside(path));
    warn(`${name} was put aside as ${movedTo}, for ${what}. The defaults are used.`);
    return { kind: 'nothing' };
  } catch (error) {
    const why = `${what} and could not be put aside (${String(codeOf(error) ?? error)})`;
    warn(`${name} is left as it is, for ${why}. The defaults are used.`, error);
    return { kind: 'untouchable', why };
  }
}

/** Leads a document of an older version up; one of a newer is used as far as it is understood. */
async function lead(document: Document, options: StoredFileOptions, warn: Warn): Promise<Found> {
  const { path, steps } = options;
  const [name, known] = [basename(path), steps.length + 1];
  const version = document.version ?? 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const copyAs = copyName(path, 'partly-read');
    warn(`${name}: its version is no version; ${known} is used. ${copySentence(copyAs)}`);
    return { kind: 'usable', document, copyAs };
  }
  if (version > known) {
    const copyAs = copyName(path, `version-${version}`);
    const sentence = `${name} is of version ${version}, newer than this Plumbline knows (${known}); what is understood is used. ${copySentence(copyAs)}`;
    warn(sentence);
    return { kind: 'usable', document, copyAs };
  }
  try {
    const led = steps.slice(version - 1).reduce((before, step) => step(before), document);
    return { kind: 'usable', document: led, copyAs: null };
  } catch (error) {
    warn(`${name} could not be led from version ${version} to ${known}.`, error);
    return quarantine(path, `its version ${version} could not be led to ${known}`, warn);
  }
}

const copySentence = (copyAs: string): string =>
  `Before the first change a copy is kept as ${basename(copyAs)}.`;

const copyName = (path: string, what: string): string =>
  `${path}.${what}-${new Date().toISOString().replace(/[:.]/g, '-')}`;

/** Nothing of a file that was not understood as a whole may be lost. */
async function keep(path: string, copyAs: string): Promise<void> {
  try {
    await copyFile(path, copyAs, fsConstants.COPYFILE_EXCL);
  } catch (error) {
    // Somebody has taken it away meanwhile: there is nothing to lose any more.
    if (codeOf(error) === 'ENOENT' && (await textAt(path)) === null) return;
    const why = causeOf(error);
    throw new Error(
      `${basename(path)} is not written, for no copy of it could be kept: ${why}. What changed holds until Plumbline quits.`,
      { cause: error },
    );
  }
}

function fail(path: string, error: unknown): never {
  throw new Error(
    `${basename(path)} could not be written: ${causeOf(error)}. What changed holds until Plumbline quits, and is written with the next change.`,
    { cause: error },
  );
}

function causeOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EROFS':
      return 'the disk is read-only';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'ENOENT':
      return 'its folder is gone';
    default:
      return String(codeOf(error) ?? 'unknown cause');
  }
}
