import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import {
  appArguments,
  appEnvironment,
  electronPath,
  launchWatching,
  repositoryRoot,
  temporaryHome,
} from '../e2e/support/app.ts';
import { inMain } from '../e2e/support/in-main.ts';
import { fillLedger } from './ledgers.ts';
import { quantile } from './quantile.ts';
import { type BenchResult, short } from './report.ts';

const commits = 60;
const starts = 9;

/** From the commit of a close to its figure on the screen, at an interval of 250 ms. */
export async function benchLatency(): Promise<BenchResult> {
  const filled = await fillLedger(10_000);
  const running = await launchWatching({
    databaseUrl: filled.own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
  const shown = running.page.locator('data[data-testid=closed-count]');
  await shown.waitFor();
  const times: number[] = [];
  for (let commit = -3; commit < commits; commit += 1) {
    // At any moment of the interval, and longer apart than the refresh before is rested for.
    await delay(1500 + Math.random() * 1000);
    const before = await shown.getAttribute('value');
    const changed = running.page.evaluate(changedAt, before);
    await filled.closeOne();
    const committedAt = Date.now();
    const ms = (await changed) - committedAt;
    if (commit >= 0) times.push(ms);
  }
  await running.close();
  await filled.close();
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  return {
    findings: [
      {
        ...{
          figure: 7,
          what: 'commit in the database → figure on the screen, at a 250 ms interval',
        },
        goal: 'p50 ≤ 200 ms, p95 ≤ 350 ms',
        result: `p50 ${short(p50)} ms, p95 ${short(p95)} ms`,
        met: p50 <= 200 && p95 <= 350,
      },
    ],
    bars: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => ({
      ...{ name: `${100 * share} % within`, ms: quantile(times, share) },
    })),
  };
}

/** Runs in the page: the time at which the count of closes is drawn with another value. */
const changedAt = (before: string | null): Promise<number> =>
  new Promise((resolve) => {
    const value = (): string | null =>
      document.querySelector('data[data-testid=closed-count]')?.getAttribute('value') ?? null;
    const look = (): void => {
      if (value() === before) requestAnimationFrame(look);
      else resolve(Date.now());
    };
    look();
  });

/** From the start to the first real figure, against an empty window of the same Electron. */
export async function benchStart(): Promise<BenchResult> {
  const filled = await fillLedger(10_000);
  const empty = await emptyApp();
  const times: { readonly app: number; readonly empty: number }[] = [];
  for (let start = -1; start < starts; start += 1) {
    const emptyMs = await timeOf(() => openEmpty(empty));
    const appMs = await timeOf(() => openPlumbline(filled.own.server.readerUrl));
    if (start >= 0) times.push({ app: appMs, empty: emptyMs });
  }
  await rm(empty, { recursive: true });
  await filled.close();
  const ratio = quantile(
    times.map(({ app, empty: base }) => app / base),
    0.5,
  );
  return {
    findings: [
      {
        ...{ figure: 8, what: 'start → first real figure, against an empty Electron window' },
        ...{ goal: '≤ 1.6 ×', result: `${short(ratio)} ×`, met: ratio <= 1.6 },
      },
    ],
    bars: [
      {
        name: 'empty window',
        ms: quantile(
          times.map((time) => time.empty),
          0.5,
        ),
      },
      {
        name: 'first figure',
        ms: quantile(
          times.map((time) => time.app),
          0.5,
        ),
      },
    ],
  };
}

/** Times an opening; what it returns closes again, untimed. */
async function timeOf(open: () => Promise<() => Promise<unknown>>): Promise<number> {
  const started = performance.now();
  const close = await open();
  const ms = performance.now() - started;
  await close();
  return ms;
}

async function openPlumbline(databaseUrl: string): Promise<() => Promise<unknown>> {
  const home = temporaryHome();
  const app = await _electron.launch({
    executablePath: electronPathOnce,
    args: appArguments(),
    cwd: repositoryRoot,
    env: appEnvironment(home, { databaseUrl }),
  });
  const page = await app.firstWindow();
  await page.waitForSelector('data[data-testid=all-time-pnl][value]:not([value=""])', {
    state: 'attached',
  });
  return async () => {
    const child = app.process();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    await rm(home, { recursive: true, force: true });
  };
}

async function openEmpty(folder: string): Promise<() => Promise<unknown>> {
  const app = await _electron.launch({
    executablePath: electronPathOnce,
    args: [folder, ...appArguments().slice(1)],
  });
  const page = await app.firstWindow();
  await page.waitForSelector('#shown', { state: 'attached' });
  return () => app.close();
}

const electronPathOnce = electronPath();

async function emptyApp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-empty-'));
  await writeFile(join(folder, 'package.json'), '{ "name": "empty", "main": "main.js" }');
  await writeFile(
    join(folder, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow().loadFile('index.html'));`,
  );
  await writeFile(join(folder, 'index.html'), '<!doctype html><p id="shown">empty</p>');
  return folder;
}

/** Event-loop delay of the main process while a large ledger is watched and traded on. */
export async function benchLoop(): Promise<BenchResult> {
  const filled = await fillLedger(1_000_000);
  const running = await launchWatching({
    databaseUrl: filled.own.server.readerUrl,
    env: { PLUMBLINE_REFRESH_MS: '250' },
  });
  await running.page.waitForSelector('data[data-testid=all-time-pnl][value]:not([value=""])', {
    ...{ state: 'attached', timeout: 120_000 },
  });
  await inMain(running.app, () => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    Object.assign(globalThis, { delays });
  });
  for (let close = 0; close < commits; close += 1) {
    await filled.closeOne();
    await delay(500);
  }
  const delays = await inMain(running.app, () => {
    const { delays: seen } = globalThis as unknown as {
      delays: import('node:perf_hooks').IntervalHistogram;
    };
    return {
      p50: seen.percentile(50),
      p99: seen.percentile(99),
      p999: seen.percentile(99.9),
      max: seen.max,
    };
  });
  await running.close();
  await filled.close();
  const ms = (ns: number): number => ns / 1e6;
  return {
    findings: [
      {
        ...{
          figure: 12,
          what: 'event-loop delay of main, p99.9, watching 1,000,000 rows with two closes a second',
        },
        ...{
          goal: '≤ 20 ms',
          result: `${short(ms(delays.p999))} ms (longest ${short(ms(delays.max))} ms)`,
        },
        met: ms(delays.p999) <= 20,
      },
    ],
    bars: [
      { name: 'p50', ms: ms(delays.p50) },
      { name: 'p99', ms: ms(delays.p99) },
      { name: 'p99.9', ms: ms(delays.p999) },
      { name: 'longest', ms: ms(delays.max) },
    ],
  };
}
