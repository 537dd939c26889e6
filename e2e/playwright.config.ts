import { defineConfig } from '@playwright/test';

// One worker: the specs share a display and a session bus. No retries: a flaky test is a bug.
export default defineConfig({
  testDir: '.',
  workers: 1,
  retries: 0,
  timeout: 60 * 1000,
  outputDir: '../test-results',
});
