import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentTypes, pageHeaders } from '../../shared/page-headers.ts';
import { codeOf } from '../settings/whole-file.ts';
import { FeedError } from './feed-error.ts';

/** A file of the page. */
export interface PageFile {
  readonly headers: Readonly<Record<string, string>>;
  read(): Promise<Buffer>;
}

/** The files of the page by their paths: a fixed list, so no path can escape. Throws a {@link FeedError}. */
export async function listPage(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  try {
    await collect(folder, '/', files);
  } catch (cause) {
    const code = codeOf(cause);
    if (typeof code !== 'string') throw cause;
    throw new FeedError(
      `The page of the browser view cannot be read (${code}); build Plumbline anew.`,
      {
        cause,
      },
    );
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

async function collect(folder: string, path: string, files: Map<string, PageFile>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const contentType = contentTypes[extname(entry.name)];
    if (entry.isDirectory()) await collect(file, `${path}${entry.name}/`, files);
    else if (entry.isFile() && contentType !== undefined) {
      files.set(`${path}${entry.name}`, {
        headers: { ...pageHeaders, 'Content-Type': contentType },
        read: () => readFile(file),
      });
    }
  }
}
