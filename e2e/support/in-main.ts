import { randomUUID } from 'node:crypto';
import type { ElectronApplication } from '@playwright/test';

/** Runs in the main process; made of its text there, so it sees nothing of the file that it stands in. */
type Work<A, R> = (electron: typeof import('electron'), argument: A) => R | Promise<R>;

const mostAsks = 5;

/**
 * Runs `work` in the main process, exactly once, and gives its result. The debugger now and then loses
 * a result to the garbage collector: main keeps it, so that it can be asked for again.
 */
export async function inMain<R>(
  app: ElectronApplication,
  work: (electron: typeof import('electron')) => R | Promise<R>,
): Promise<R>;
export async function inMain<A, R>(
  app: ElectronApplication,
  work: Work<A, R>,
  argument: A,
): Promise<R>;
export async function inMain<A, R>(
  app: ElectronApplication,
  work: Work<A, R>,
  argument?: A,
): Promise<R> {
  const keepResult = new Function(
    'electron',
    'asked',
    `const results = (globalThis.resultsInMain ??= new Map());
     if (!results.has(asked.id)) results.set(asked.id, (${work})(electron, asked.argument));
     return results.get(asked.id);`,
  ) as Work<{ readonly id: string; readonly argument: unknown }, R>;
  const asked = { id: randomUUID(), argument };
  for (let ask = 1; ; ask += 1) {
    try {
      return await app.evaluate(keepResult, asked);
    } catch (error) {
      if (ask === mostAsks || !String(error).includes('garbage collected')) throw error;
    }
  }
}
