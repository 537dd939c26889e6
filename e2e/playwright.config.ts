import { defineConfig } from '@playwright/test';
import { enterLane, laneCount } from './support/lane.ts';

// Each worker reads this file before its first spec.
enterLane();

// Specs that run at the same time have a display and a session bus each. No retries: a flaky test is a bug.
export default defineConfig({
  testDir: '.',
  workers: laneCount,
  retries: 0,
  // Lanes slow each other down, and after a slow answer the app rests for fifty times as long. What
  // has to be quick says so itself.
  timeout: 120 * 1000,
  expect: { timeout: 15 * 1000 },
  outputDir: '../test-results',
});
