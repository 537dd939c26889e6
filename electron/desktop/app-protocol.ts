import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentTypes, pageHeaders } from '../../shared/page-headers.ts';
import { appScheme, isAppAddress, stoppedAddress } from './app-address.ts';

/** A file that the app's own pages may ask for. */
interface Served {
  readonly contentType: string;
  read(): Promise<BodyInit>;
}

type ServedFiles = ReadonlyMap<string, Served>;

// Shown when the page itself keeps failing, so it needs nothing but itself.
const stoppedPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Plumbline</title>
<h1>The window stopped several times in a minute</h1>
<p>Plumbline goes on watching; alerts and the tray icon are not affected.</p>
<p><a href="index.html">Open the window again</a></p>
`;

/** Makes `app:` a scheme like https. Must run before the app is ready, and once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built renderer under `app://plumbline/`: a fixed list of files, so no path can escape. */
export async function serveRenderer(session: Session, folder: string): Promise<void> {
  const files = await listFiles(folder);
  session.protocol.handle(appScheme, (request) => respond(request, files));
}

async function listFiles(folder: string): Promise<ServedFiles> {
  const files = new Map<string, Served>();
  await collect(folder, '/', files);
  files.set(new URL(stoppedAddress).pathname, {
    contentType: 'text/html; charset=utf-8',
    read: async () => stoppedPage,
  });
  return files;
}

async function collect(folder: string, path: string, files: Map<string, Served>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const contentType = contentTypes[extname(entry.name)];
    if (entry.isDirectory()) await collect(file, `${path}${entry.name}/`, files);
    else if (entry.isFile() && contentType !== undefined)
      files.set(`${path}${entry.name}`, {
        contentType,
        read: async () => new Uint8Array(await readFile(file)),
      });
  }
}

async function respond(request: Request, files: ServedFiles): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  if (!isAppAddress(request.url)) return refuse(404);
  const { pathname } = new URL(request.url);
  const served = files.get(pathname === '/' ? '/index.html' : pathname);
  if (served === undefined) return refuse(404);
  return new Response(await served.read(), {
    headers: { ...pageHeaders, 'Content-Type': served.contentType },
  });
}

const refuse = (status: number): Response => new Response(null, { status, headers: pageHeaders });
