import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { leaveDemoAddress, removeDemoAddress } from './demo-address.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { within } from './postmaster.ts';
import type { EngineProcess, ForkEngine } from './trading-engine/engine-protocol.ts';
import { defaultScenario, type ScenarioName } from './trading-engine/scenarios.ts';

/** How far the start has come. */
export type DemoProgress = 'initialising' | 'seeding' | 'ready';

/** What a demo is made of. */
export interface DemoOptions {
  /** PLUMBLINE_HOME; the demo keeps to the folder `demo` in it. */
  readonly home: string;
  /** Starts the engine's process. */
  readonly forkEngine: ForkEngine;
  readonly scenario?: ScenarioName;
  /** Decides the history; drawn anew at each start unless given. */
  readonly seed?: number;
  readonly log: (line: string) => void;
  readonly onProgress?: (progress: DemoProgress) => void;
}

/** A ledger with somebody trading on it. */
export interface Demo {
  /** The read-only role's connection URL, the one to watch. */
  readonly url: string;
  /** The superuser's connection URL. */
  readonly adminUrl: string;
  /** Ends the engine, then the server; resolves when both are gone. */
  stop(): Promise<void>;
}

const seedDeadlineMs = 20_000;
const engineStopDeadlineMs = 3_000;
const engineKillDeadlineMs = 1_000;

/** Starts the server and the engine side by side; resolves when there is history to look at. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { log, scenario = defaultScenario, onProgress = () => undefined } = options;
  onProgress('initialising');
  const dir = path.join(options.home, 'demo');
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  const engine = watchEngine(options.forkEngine(), log);
  let server: EmbeddedPostgres | null = null;
  try {
    // The engine thinks up its history while the server's data directory is made.
    const seed = options.seed ?? randomInt(1, 2 ** 31);
    engine.process.send({ type: 'prepare', scenario, seed });
    server = await startEmbeddedPostgres({ dir, log });
    onProgress('seeding');
    engine.process.send({ type: 'start', url: server.engineUrl });
    const rows = await engine.ready();
    await leaveDemoAddress(options.home, server.readerUrl);
    log(`The demo ledger has ${rows} rows; the scenario is ${scenario}.`);
    onProgress('ready');
  } catch (error) {
    await stopBoth(engine, server);
    throw error;
  }
  return makeHandle(engine, server, options.home);
}

function makeHandle(engine: WatchedEngine, server: EmbeddedPostgres, home: string): Demo {
  let stopping: Promise<void> | null = null;
  return {
    url: server.readerUrl,
    adminUrl: server.admin(),
    stop: () => {
      stopping ??= removeDemoAddress(home).finally(() => stopBoth(engine, server));
      return stopping;
    },
  };
}

/** The server is ended even when the engine could not be. */
async function stopBoth(engine: WatchedEngine, server: EmbeddedPostgres | null): Promise<void> {
  try {
    await engine.stop();
  } finally {
    await server?.stop();
  }
}

interface WatchedEngine {
  readonly process: EngineProcess;
  /** Rows of history, once they are in; rejects when the engine fails or ends before. */
  ready(): Promise<number>;
  stop(): Promise<void>;
}

function watchEngine(engine: EngineProcess, log: (line: string) => void): WatchedEngine {
  let isStopping = false;
  const gone = new Promise<number | null>((resolve) => {
    engine.onExit((code) => {
      if (!isStopping) log(`The trading engine ended by itself (${code ?? 'by a signal'}).`);
      resolve(code);
    });
  });
  const seeded = new Promise<number>((resolve, reject) => {
    engine.onReport((report) => {
      if (report.type === 'log') log(report.line);
      if (report.type === 'ready') resolve(report.rows);
      if (report.type === 'failed') reject(new Error(`The demo has no data: ${report.message}`));
    });
    gone.then(() => reject(new Error('The trading engine ended before the demo had data.')));
  });
  // It may fail before anybody waits for it; whoever waits later still gets the error.
  seeded.catch(() => undefined);
  return {
    process: engine,
    ready: async () => {
      if (await within(seeded, seedDeadlineMs)) return seeded;
      throw new Error(`The demo had no data after ${seedDeadlineMs / 1000} s.`);
    },
    stop: async () => {
      isStopping = true;
      engine.send({ type: 'stop' });
      if (await within(gone, engineStopDeadlineMs)) return;
      engine.kill();
      if (await within(gone, engineKillDeadlineMs)) return;
      throw new Error('The trading engine did not end.');
    },
  };
}
