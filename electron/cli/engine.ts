import { type RunningEngine, startEngine } from '../demo/trading-engine/engine.ts';
import {
  defaultScenario,
  isScenarioName,
  type ScenarioName,
  scenarioNames,
  scenarios,
} from '../demo/trading-engine/scenarios.ts';
import { explainStartFailure } from '../demo/trading-engine/start-failure.ts';
import {
  type CommandIo,
  type ExitCode,
  exitCodes,
  orUsage,
  readOptions,
  UsageError,
  wholeNumber,
} from './command-io.ts';

interface EngineCommand {
  readonly url: string;
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly maxEvents?: number;
  readonly intervalMs?: number;
}

const optionNames = {
  help: { type: 'boolean', short: 'h' },
  scenario: { type: 'string' },
  seed: { type: 'string' },
  events: { type: 'string' },
  'interval-ms': { type: 'string' },
} as const;

/** Runs the simulated trading engine against DATABASE_URL until it is interrupted. */
export function runEngineCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  return orUsage('engine', io, async () => {
    const { help, ...options } = readOptions('engine', args, optionNames);
    if (help !== true) return trade(toCommand(options, io.env), io);
    io.stdout(usage());
    return exitCodes.fine;
  });
}

async function trade(command: EngineCommand, io: CommandIo): Promise<ExitCode> {
  const place = describePlace(command.url);
  let engine: RunningEngine;
  try {
    engine = await startEngine({ ...command, log: (line) => io.stderr(`${line}\n`) });
  } catch (error) {
    const { kind, reason } = explainStartFailure(error);
    if (kind === 'not-a-ledger') {
      io.stderr(`The trading engine cannot write to ${place}: ${reason}.\n`);
      return exitCodes.notALedger;
    }
    io.stderr(`The trading engine cannot connect to ${place}: ${reason}.\n`);
    return exitCodes.cannotConnect;
  }
  const found =
    engine.seededRows === null ? 'rows were there already' : `${engine.seededRows} rows`;
  io.stdout(`Trading engine is writing to ${place} (${command.scenario}, ${found}).\n`);
  await untilEnded(engine);
  return exitCodes.fine;
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
  readonly scenario?: string | undefined;
  readonly seed?: string | undefined;
  readonly events?: string | undefined;
  readonly 'interval-ms'?: string | undefined;
}

function toCommand(options: Options, env: CommandIo['env']): EngineCommand {
  const { scenario = defaultScenario } = options;
  if (!isScenarioName(scenario)) {
    const known = scenarioNames.join(', ');
    throw new UsageError(`there is no scenario named ${scenario}; there are ${known}.`);
  }
  const maxEvents = optionalNumber('--events', options.events, 0);
  const intervalMs = optionalNumber('--interval-ms', options['interval-ms'], 1);
  return {
    url: readUrl(env.DATABASE_URL),
    scenario,
    seed: optionalNumber('--seed', options.seed, 0) ?? 1,
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  };
}

const optionalNumber = (option: string, text: string | undefined, least: number) =>
  text === undefined ? undefined : wholeNumber(option, text, { least });

function readUrl(url: string | undefined): string {
  if (url === undefined || url === '') {
    throw new UsageError('DATABASE_URL is not set; it names the database to write to.');
  }
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError('DATABASE_URL is no PostgreSQL URL (postgresql://user@host/name).');
  }
  const { username, password, hostname, pathname } = new URL(url);
  // The driver guesses at some of these; every other command refuses them too.
  if (![username, password, hostname, pathname].every(canBeDecoded)) {
    throw new UsageError('DATABASE_URL holds a "%" that starts no escape (write it as %25).');
  }
  return url;
}

function canBeDecoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
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
    'Examples:',
    '  DATABASE_URL=postgresql://owner@host:5432/scratch plumbline engine --scenario burst',
    '  plumbline engine --seed 4 --events 100 --interval-ms 10',
    '',
    'Exit codes: 0 fine, 2 usage or configuration, 3 cannot connect, 4 connected, but nothing can be',
    'written, 70 a mistake of Plumbline itself.',
    '',
  ].join('\n');
}
