import { parseArgs } from 'node:util';
import { type RunningEngine, startEngine } from '../demo/trading-engine/engine.ts';
import {
  defaultScenario,
  isScenarioName,
  type ScenarioName,
  scenarioNames,
  scenarios,
} from '../demo/trading-engine/scenarios.ts';
import { explainStartFailure } from '../demo/trading-engine/start-failure.ts';

/** What the command needs from the process it runs in. */
export interface EngineCommandIo {
  readonly env: {
    readonly DATABASE_URL?: string | undefined;
    readonly [name: string]: string | undefined;
  };
  /** Writes to standard output. */
  stdout(text: string): void;
  /** Writes to standard error. */
  stderr(text: string): void;
}

/** As the project's list of exit codes has them. */
export type EngineExitCode = 0 | 2 | 3 | 4;

interface EngineCommand {
  readonly url: string;
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly maxEvents?: number;
  readonly intervalMs?: number;
}

const exit = { fine: 0, usage: 2, cannotConnect: 3, notALedger: 4 } as const;

/** A mistake in the options or the environment; the message is the whole sentence. */
class UsageError extends Error {}

/** Runs the simulated trading engine against DATABASE_URL until it is interrupted. */
export async function runEngineCommand(
  args: readonly string[],
  io: EngineCommandIo,
): Promise<EngineExitCode> {
  try {
    const values = readOptions(args);
    if (values.help) {
      io.stdout(usage());
      return exit.fine;
    }
    return await trade(toCommand(values, io.env), io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`${error.message}\n`);
    return exit.usage;
  }
}

async function trade(command: EngineCommand, io: EngineCommandIo): Promise<EngineExitCode> {
  const place = describePlace(command.url);
  let engine: RunningEngine;
  try {
    engine = await startEngine({ ...command, log: (line) => io.stderr(`${line}\n`) });
  } catch (error) {
    const { kind, reason } = explainStartFailure(error);
    if (kind === 'not-a-ledger') {
      io.stderr(`The trading engine cannot write to ${place}: ${reason}.\n`);
      return exit.notALedger;
    }
    io.stderr(`The trading engine cannot connect to ${place}: ${reason}.\n`);
    return exit.cannotConnect;
  }
  const found =
    engine.seededRows === null ? 'rows were there already' : `${engine.seededRows} rows`;
  io.stdout(`Trading engine is writing to ${place} (${command.scenario}, ${found}).\n`);
  await untilEnded(engine);
  return exit.fine;
}

async function untilEnded(engine: RunningEngine): Promise<void> {
  const stop = (): void => void engine.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await engine.done;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** The options as they were given. */
interface Options {
  readonly help?: boolean | undefined;
  readonly scenario?: string | undefined;
  readonly seed?: string | undefined;
  readonly events?: string | undefined;
  readonly 'interval-ms'?: string | undefined;
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        scenario: { type: 'string' },
        seed: { type: 'string' },
        events: { type: 'string' },
        'interval-ms': { type: 'string' },
      },
    });
    return values;
  } catch (cause) {
    const option = args.find((arg) => arg.startsWith('-')) ?? args[0] ?? '';
    const message = `engine: option or argument not understood near ${option}; see engine --help.`;
    throw new UsageError(message, { cause });
  }
}

function toCommand(options: Options, env: EngineCommandIo['env']): EngineCommand {
  const { scenario = defaultScenario } = options;
  if (!isScenarioName(scenario)) {
    const known = scenarioNames.join(', ');
    throw new UsageError(`engine: there is no scenario named ${scenario}; there are ${known}.`);
  }
  const maxEvents = wholeNumber('--events', options.events, 0);
  const intervalMs = wholeNumber('--interval-ms', options['interval-ms'], 1);
  return {
    url: readUrl(env.DATABASE_URL),
    scenario,
    seed: wholeNumber('--seed', options.seed, 0) ?? 1,
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  };
}

function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`engine: ${option} takes a whole number from ${least} on, not ${text}.`);
}

function readUrl(url: string | undefined): string {
  if (url === undefined || url === '') {
    throw new UsageError('engine: DATABASE_URL is not set; it names the database to write to.');
  }
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(
      'engine: DATABASE_URL is no PostgreSQL URL (postgresql://user@host/name).',
    );
  }
  return url;
}

/** Host, port and database: the parts of the URL that are no secret. */
function describePlace(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? (hostname || 'localhost');
  return `${host}:${port || '5432'}${decodeURIComponent(pathname)}`;
}

function usage(): string {
  const list = scenarioNames.map((name) => `  ${name.padEnd(18)}${scenarios[name].summary}`);
  return [
    'engine [--scenario NAME] [--seed N] [--events N] [--interval-ms N]',
    '',
    'Runs a simulated trading engine against DATABASE_URL: creates the tables of the ledger that are',
    'missing, writes thirty days of history when paper_trades is empty, then trades until it is',
    'interrupted.',
    '',
    '  --scenario NAME   the story to tell (steady)',
    '  --seed N          decides the history (1)',
    '  --events N        end after so many events',
    '  --interval-ms N   mean time between events, instead of the scenario’s',
    '',
    'Scenarios:',
    ...list,
    '',
  ].join('\n');
}
