import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

/** A program made from TypeScript, which Node 20 cannot run as it is. */
export interface BundledEntry {
  readonly file: string;
  remove(): Promise<void>;
}

const projectDir = path.resolve(import.meta.dirname, '../../..');

/** Bundles one entry as the app's build does: packages stay outside and are found as usual. */
export async function bundleEntry(entry: string): Promise<BundledEntry> {
  const cacheDir = path.join(projectDir, 'node_modules', '.cache');
  await mkdir(cacheDir, { recursive: true });
  const outDir = await mkdtemp(path.join(cacheDir, 'plumbline-entry-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectDir,
    build: {
      ssr: path.join(projectDir, entry),
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'entry.mjs', format: 'es' } },
    },
  });
  return {
    file: path.join(outDir, 'entry.mjs'),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
