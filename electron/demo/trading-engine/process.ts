/**
 * The trading engine as a process of its own, with its own connections: it stands for somebody
 * else's system. Bundled as the entry `engine`; it must not outlive the app that started it.
 */

import { type RunningEngine, startEngine } from './engine.ts';
import type { EngineCommand } from './engine-protocol.ts';
import { createHistory, type History } from './history.ts';
import { findParentLink } from './parent-link.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

const link = findParentLink();
const stopDeadlineMs = 2_000;

let prepared: { scenario: ScenarioName; seed: number; history: History } | null = null;
let engine: Promise<RunningEngine> | null = null;

link.onCommand((command) => void handle(command));
link.onGone(() => process.exit(0));
process.on('SIGTERM', () => void end(0));
// Ctrl-C in a terminal reaches the whole group of processes; the app then ends this one in order.
process.on('SIGINT', () => undefined);

async function handle(command: EngineCommand): Promise<void> {
  switch (command.type) {
    case 'prepare': {
      const { scenario, seed } = command;
      const { isBare } = scenarios[scenario];
      prepared = { scenario, seed, history: createHistory({ seed, nowMs: Date.now(), isBare }) };
      return;
    }
    case 'start':
      return begin(command.url);
    case 'stop':
      return end(0);
  }
}

async function begin(url: string): Promise<void> {
  if (prepared === null || engine !== null) return;
  const log = (line: string): void => link.report({ type: 'log', line });
  engine = startEngine({ url, log, ...prepared });
  prepared = null;
  try {
    const { seededRows } = await engine;
    link.report({ type: 'ready', rows: seededRows ?? 0 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    link.report({ type: 'failed', message });
    await end(1);
  }
}

/** Closes the connections first: a killed client leaves its sessions for the server to find. */
async function end(code: number): Promise<void> {
  setTimeout(() => process.exit(code), stopDeadlineMs).unref();
  // An engine that could not start has said so already and holds no connection.
  const [started] = await Promise.allSettled([engine]);
  if (started.status === 'fulfilled') await started.value?.stop();
  process.exit(code);
}
