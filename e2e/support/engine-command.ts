import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from '@playwright/test';
import { repositoryRoot } from './app.ts';
import type { TestLedger } from './test-ledger.ts';

/** The simulated trading engine at work, in a process of its own. */
export interface EngineProcess {
  /** Interrupts it, and waits until it has ended as it should. */
  stop(): Promise<void>;
  /** Waits until it has ended by itself. */
  ended(): Promise<void>;
}

/** Starts the built command on a ledger, and waits until it says that it trades. */
export async function startEngineCommand(
  { server }: TestLedger,
  ...args: readonly string[]
): Promise<EngineProcess> {
  const child = spawn(process.execPath, ['out/main/cli.js', 'engine', ...args], {
    cwd: repositoryRoot,
    env: { ...process.env, DATABASE_URL: server.engineUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let text = '';
  const add = (chunk: unknown): void => {
    text += String(chunk);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  await expect.poll(() => text, { timeout: 30_000 }).toContain('is writing to');
  const ended = async (): Promise<void> => {
    expect(await closed, text).toEqual([0, null]);
    // It had nothing to complain of.
    expect(text.trim().split('\n')).toHaveLength(1);
  };
  const stop = (): Promise<void> => {
    child.kill('SIGINT');
    return ended();
  };
  return { stop, ended };
}

/** Thirty days of the engine's history, and nothing after them. */
export async function seedHistory(own: TestLedger): Promise<void> {
  const engine = await startEngineCommand(own, '--events', '0');
  await engine.ended();
}
