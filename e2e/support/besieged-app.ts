import { expect, test } from '@playwright/test';
import { launchWatching, type RunningApp } from './app.ts';
import { inMain } from './in-main.ts';
import { startTripwire, type Tripwire } from './tripwire.ts';

/** An app under attack, and the server that nothing may reach. */
export interface BesiegedApp {
  readonly running: RunningApp;
  readonly tripwire: Tripwire;
}

/**
 * Starts both for all tests of a file. Whatever a test tried, nothing got out afterwards and the one
 * window shows its own page.
 */
export function besiegedApp(): () => BesiegedApp {
  let besieged: BesiegedApp | null = null;
  const held = (): BesiegedApp => {
    if (besieged === null) throw new Error('The app has not been started yet');
    return besieged;
  };
  test.beforeAll(async () => {
    besieged = { tripwire: await startTripwire(), running: await launchWatching() };
    await expect(besieged.running.page.locator('#root')).not.toBeEmpty();
  });
  test.afterAll(async () => {
    await held().running.close();
    await held().tripwire.close();
  });
  test.afterEach(async () => {
    const { running, tripwire } = held();
    expect(tripwire.touches()).toBe(0);
    expect(new URL(running.page.url()).href).toMatch(/^app:\/\/plumbline\/(index\.html)?(#.*)?$/);
    const windows = await inMain(
      running.app,
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    );
    expect(windows).toBe(1);
  });
  return held;
}
