import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from './tools.mjs';

const vitestFile = 'vitest.json';
const playwrightFile = 'playwright.json';

/**
 * @param {string[]} filters
 * @param {string} folder
 * @returns {Promise<number>}
 */
export function runVitest(filters, folder) {
  const reporters = ['--reporter=default', '--reporter=json'];
  const output = `--outputFile.json=${join(folder, vitestFile)}`;
  const args = ['run', ...reporters, output, ...filters];
  return runTool('vitest', 'vitest', args, { stdio: 'inherit' });
}

/**
 * @param {string[]} filters
 * @param {string} folder
 * @param {NodeJS.ProcessEnv[]} desktops what leads to each lane's own; as many lanes as there are
 * @returns {Promise<number>}
 */
export function runPlaywright(filters, folder, desktops) {
  const env = {
    ...process.env,
    // One, so that what a desktop takes away is away; each lane puts its own over it.
    ...desktops[0],
    PLUMBLINE_E2E_DESKTOPS: JSON.stringify(desktops),
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(folder, playwrightFile),
  };
  const args = ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', ...filters];
  return runTool('@playwright/test', 'playwright', args, { env, stdio: 'inherit' });
}

/**
 * Both runners' counts in one line. A step that failed without a failed test (lint, types, a file
 * that does not load) counts as one, so that the line never sounds better than the exit code.
 * @param {string} folder
 * @param {number} exitCode
 * @returns {Promise<string>}
 */
export async function closingLine(folder, exitCode) {
  const unit = await readJson(join(folder, vitestFile));
  const { stats } = await readJson(join(folder, playwrightFile));
  const passed = (unit.numPassedTests ?? 0) + (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  const failed = (unit.numFailedTests ?? 0) + (stats?.unexpected ?? 0);
  return `${passed} passed, ${exitCode === 0 ? failed : Math.max(failed, 1)} failed`;
}

/**
 * What the two reporters write, as far as it is read here.
 * @typedef {object} Counts
 * @property {number} [numPassedTests] Vitest
 * @property {number} [numFailedTests] Vitest
 * @property {{ expected: number, unexpected: number, flaky: number }} [stats] Playwright
 */

/**
 * @param {string} file
 * @returns {Promise<Counts>}
 */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // The run stopped before this runner, or the runner before its end.
    return {};
  }
}
