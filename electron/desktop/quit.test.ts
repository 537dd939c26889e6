import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { holdQuit } from './quit.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

afterEach(() => {
  for (const signal of signals) process.removeAllListeners(signal);
});

/** Stands for Electron's app as far as quitting goes. */
class FakeApp extends EventEmitter {
  readonly exits: number[] = [];
  exit(code = 0): void {
    this.exits.push(code);
  }
  /** Whether the quit was held. */
  quit(): boolean {
    let isHeld = false;
    this.emit('before-quit', {
      preventDefault: () => {
        isHeld = true;
      },
    });
    return isHeld;
  }
}

function start(closeAll: () => Promise<void>): { app: FakeApp; told: string[] } {
  const app = new FakeApp();
  const told: string[] = [];
  holdQuit({ app, closeAll, log: (message) => told.push(message), deadlineMs: 50 });
  return { app, told };
}

test('a quit is held until all is closed, however often it is asked for', async () => {
  let closings = 0;
  let release = (): void => undefined;
  const { app } = start(() => {
    closings += 1;
    return new Promise((resolve) => {
      release = resolve;
    });
  });
  expect(app.quit()).toBe(true);
  expect(app.quit()).toBe(true);
  process.emit('SIGTERM');
  await delay(10);
  expect(app.exits).toEqual([]);
  release();
  await delay(10);
  expect(app.exits).toEqual([0]);
  expect(closings).toBe(1);
});

test('a closing that never ends is given up at the deadline', async () => {
  const { app, told } = start(() => new Promise(() => undefined));
  app.quit();
  await delay(100);
  expect(app.exits).toEqual([1]);
  expect(told).toEqual(['Closing took too long; what was left ended with the process.']);
});

test('a closing that fails still ends the app', async () => {
  const { app, told } = start(() => Promise.reject(new Error('no')));
  app.quit();
  await delay(10);
  expect(app.exits).toEqual([1]);
  expect(told).toEqual(['Closing failed.']);
});

test.each(signals)('%s quits in the same way', async (signal) => {
  const { app } = start(async () => undefined);
  process.emit(signal);
  await delay(10);
  expect(app.exits).toEqual([0]);
});
