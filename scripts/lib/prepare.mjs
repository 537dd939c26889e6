import { ensureDependencies } from './dependencies.mjs';
import { startVirtualDisplay } from './display.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { requireSandbox } from './sandbox.mjs';
import { startSessionBus } from './session-bus.mjs';
import { ensureSystemPackages, requireLibraries } from './system-packages.mjs';

/**
 * Everything that Electron needs on a bare machine. Returns its executable.
 * @param {Parameters<typeof ensureSystemPackages>[0]} purpose
 * @returns {Promise<string>}
 */
export async function prepareElectron(purpose) {
  await ensureDependencies();
  await ensureSystemPackages(purpose);
  const executable = await ensureElectron();
  requireLibraries(executable);
  requireSandbox(executable);
  return executable;
}

/**
 * A screen and a session bus for a run that nobody watches, also where there are others: no window
 * jumps up in front of a developer, and no desktop's daemon answers in place of the test's.
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function startPrivateDesktop() {
  return { ...process.env, ...(await startDesktop()) };
}

/**
 * Several of them, for tests that run side by side: what one app shows, says or claims, the tests of
 * another lane cannot see. Each is what leads to it alone, without the rest of the environment.
 * @param {number} count
 * @returns {Promise<NodeJS.ProcessEnv[]>}
 */
export async function startPrivateDesktops(count) {
  const desktops = [];
  // In turn: two displays that start at once may reach for the same number.
  while (desktops.length < count) desktops.push(await startDesktop());
  return desktops;
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function startDesktop() {
  return { ...(await startVirtualDisplay()), ...(await startSessionBus()) };
}
