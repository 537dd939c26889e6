import { isScenarioName, type ScenarioName } from './scenarios.ts';

/** What the engine's process is told. The URL holds a password, so it never is an argument. */
export type EngineCommand =
  /** Think up the history already; the database is still starting. */
  | { readonly type: 'prepare'; readonly scenario: ScenarioName; readonly seed: number }
  /** The database is there. */
  | { readonly type: 'start'; readonly url: string }
  /** End, with all connections closed. */
  | { readonly type: 'stop' };

/** What the engine's process reports. */
export type EngineReport =
  /** The history is written, trading has begun. */
  | { readonly type: 'ready'; readonly rows: number }
  /** It could not begin; it ends. */
  | { readonly type: 'failed'; readonly message: string }
  /** A line for the log. */
  | { readonly type: 'log'; readonly line: string };

/** The engine's process as the demo sees it, however it was started. */
export interface EngineProcess {
  send(command: EngineCommand): void;
  onReport(listener: (report: EngineReport) => void): void;
  /** Called once; null when a signal ended it. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends it for certain. */
  kill(): void;
}

/** Starts the process entry `engine`. */
export type ForkEngine = () => EngineProcess;

/** Reads what came over the channel; null when it is no command. */
export function parseCommand(message: unknown): EngineCommand | null {
  if (!isRecord(message)) return null;
  const { type, scenario, seed, url } = message;
  if (type === 'stop') return { type };
  if (type === 'start' && typeof url === 'string') return { type, url };
  if (type !== 'prepare' || typeof scenario !== 'string' || typeof seed !== 'number') return null;
  return isScenarioName(scenario) ? { type, scenario, seed } : null;
}

/** Reads what came over the channel; null when it is no report. */
export function parseReport(message: unknown): EngineReport | null {
  if (!isRecord(message)) return null;
  const { type, rows, message: text, line } = message;
  if (type === 'ready' && typeof rows === 'number') return { type, rows };
  if (type === 'failed' && typeof text === 'string') return { type, message: text };
  if (type === 'log' && typeof line === 'string') return { type, line };
  return null;
}

/** The fields of a message that either side may read. */
interface Fields {
  readonly type?: unknown;
  readonly scenario?: unknown;
  readonly seed?: unknown;
  readonly url?: unknown;
  readonly rows?: unknown;
  readonly message?: unknown;
  readonly line?: unknown;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
