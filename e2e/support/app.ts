import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';

/** How to start the app. */
export interface LaunchOptions {
  /** Ledger to watch; without it the demo opens. */
  readonly databaseUrl?: string;
  /** A home that is there already, e.g. to start on it a second time; it is left in place. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The app in a process of its own. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** What it wrote to stdout and stderr so far. */
  output(): string;
  /** Ends it; fails when it does not end by itself, or when an exception went uncaught. */
  close(): Promise<void>;
  /** Waits for an end that the test brought about, with the same checks as `close`. */
  ended(): Promise<void>;
}

/** Where the commands of the repository run. */
export const repositoryRoot = resolve(import.meta.dirname, '../..');
// Another build of the app, e.g. a packaged one.
const { PLUMBLINE_E2E_APP: builtApp = '.' } = process.env;
/** Loaded into the app first: an uncaught exception would else be shown in a dialog, and nowhere else. */
const exceptionReporter = join(import.meta.dirname, 'report-exceptions.cjs');
// Beyond the app's own ten seconds, after which it ends with code 1 and says why.
const quitDeadlineMs = 20 * 1000;
const watchingDeadlineMs = 30 * 1000;
const uncaught =
  /A JavaScript error occurred|Uncaught Exception|UnhandledPromiseRejection|UnhandledRejection/;

let askedPath: string | undefined;

/** The Electron in use, as `npm run -s electron-path` prints it; asked once, as npm takes its time. */
export function electronPath(): string {
  askedPath ??= execFileSync('npm', ['run', '-s', 'electron-path'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  return askedPath;
}

/** Arguments that start the built app; root alone has to do without the sandbox. */
export const appArguments = (): string[] => [
  builtApp,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** What the app may know of this process's environment: nothing that points to another ledger. */
export function appEnvironment(
  home: string,
  { databaseUrl, env }: Pick<LaunchOptions, 'databaseUrl' | 'env'> = {},
): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && entry[0] !== 'DATABASE_URL' && !entry[0].startsWith('PLUMBLINE_'),
  );
  return {
    ...Object.fromEntries(inherited),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...env,
    PLUMBLINE_HOME: home,
  };
}

/** A new, empty home. */
export const temporaryHome = (): string => mkdtempSync(join(tmpdir(), 'plumbline-e2e-'));

/** Starts the built app and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = options.home ?? temporaryHome();
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: ['-r', exceptionReporter, ...appArguments()],
    cwd: repositoryRoot,
    env: appEnvironment(home, options),
  });
  // Playwright forgets the process once it has ended.
  const child = app.process();
  const output = collectOutput(child);
  const page = await app.firstWindow();
  page.on('pageerror', (error) => output.add(`Uncaught Exception in the page: ${error.stack}`));
  const ended = async (): Promise<void> => {
    await expectGone(child, home, output.text);
    expect(output.text(), 'the app had an uncaught exception').not.toMatch(uncaught);
    if (options.home === undefined) await rm(home, { recursive: true, force: true });
  };
  return {
    app,
    page,
    home,
    output: output.text,
    ended,
    close: async () => {
      // Playwright's own way disconnects the debugger while the app quits, of which Electron 33 crashed
      // in 2 of 60 closes. A signal goes the same way through the app as its menu does.
      child.kill('SIGTERM');
      await ended();
    },
  };
}

/** Starts the app and waits until it watches: one that is told to end while it starts takes longer. */
export async function launchWatching(options: LaunchOptions = {}): Promise<RunningApp> {
  const running = await launchApp(options);
  await expect.poll(() => monitorStatus(running), { timeout: watchingDeadlineMs }).toBe('watching');
  return running;
}

/** Where the monitor stands, as the page is told. */
export const monitorStatus = ({ page }: RunningApp): Promise<string> =>
  page.evaluate(async () => {
    const answer = await window.plumbline.monitor.state();
    return answer.ok ? answer.value.status.kind : answer.error.code;
  });

function collectOutput(child: ChildProcess): { text(): string; add(line: string): void } {
  let text = '';
  const add = (chunk: unknown): void => {
    text += String(chunk);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return { text: () => text, add: (line) => add(`${line}\n`) };
}

/** The process has ended by itself, and so have the children that it started on this home. */
async function expectGone(child: ChildProcess, home: string, output: () => string): Promise<void> {
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  try {
    await expect.poll(hasEnded, { message: 'the app ends', timeout: quitDeadlineMs }).toBe(true);
    expect(child.signalCode ?? child.exitCode, output()).toBe(0);
    await expect.poll(() => processesOn(home), { timeout: quitDeadlineMs }).toEqual([]);
  } finally {
    if (!hasEnded()) child.kill('SIGKILL');
  }
}

/** Command lines that name the home; where there is no /proc the main process alone is watched. */
async function processesOn(home: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map(commandLineOf));
  return lines.filter((line) => line.includes(home));
}

async function commandLineOf(id: string): Promise<string> {
  try {
    return (await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch (error) {
    // It ended while the list was read.
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
