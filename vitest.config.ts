import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer,scripts,e2e/support}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    // By itself it leaves a core idle, which of two is half: most of these tests wait for a server.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
