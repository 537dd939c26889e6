import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCheckCommand } from './check.ts';
import { type CommandIo, exitCodes, orUnexpected, unexpectedLine } from './command-io.ts';
import { runEngineCommand } from './engine.ts';
import { withPassingLines } from './progress.ts';
import { runReportCommand } from './report.ts';
import { runStatusCommand } from './status.ts';
import { runTokensCommand } from './tokens.ts';

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  report: runReportCommand,
  check: runCheckCommand,
  status: runStatusCommand,
  // The feed and what it is made of are loaded where they are needed alone.
  serve: async (args, io) => (await import('./serve.ts')).runServeCommand(args, io),
  tokens: runTokensCommand,
  engine: runEngineCommand,
};

const usage = `Usage: plumbline COMMAND [OPTIONS]

Commands:
  report   print the figures of the ledger that DATABASE_URL names, or of the running demo
  check    test the connection to it step by step
  status   print where the alerts stand
  serve    watch without a window: monitor, alerts and feed
  tokens   list, add and revoke those who may read the feed
  engine   run the simulated trading engine against DATABASE_URL

plumbline COMMAND --help tells more of a command, with examples; plumbline --version names this one.

Examples:
  DATABASE_URL=postgresql://reader@host:5432/trading plumbline report --range mtd
  plumbline status --fail-on critical
  plumbline serve --port 8630

Exit codes: 0 fine, 1 an alert fires (status --fail-on), 2 usage or configuration, 3 cannot connect,
4 connected, but no figures, 70 a mistake of Plumbline itself.
`;

// Some terminals say that they are 0 wide.
const usualColumns = 80;

/** As package.json has it: two folders up, for the source and for what is built of it. */
async function version(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8');
  const { version: found } = JSON.parse(text) as { version: string };
  return found;
}

async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout(usage);
    return 0;
  }
  if (name === '--version') {
    io.stdout(`${await version()}\n`);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command(args, io);
  const problem = name === undefined ? 'A command is missing.' : `There is no command "${name}".`;
  io.stderr(`${problem} Known are: ${Object.keys(commands).join(', ')}. --help tells more.\n`);
  return exitCodes.usage;
}

const isService = process.argv[2] === 'serve';
// Nobody is left to be told that nobody reads.
process.stderr.on('error', () => undefined);
// Whoever reads has read enough (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A service goes on watching, whoever has read its two lines.
  if (isService) return;
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`The output could not be written (${error.code ?? error.message}).\n`);
  process.exit(exitCodes.usage);
});

const plainIo: CommandIo = {
  env: process.env,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns || usualColumns : undefined,
};
const takesBack = process.stderr.isTTY && process.env.TERM !== 'dumb';
const io = takesBack ? withPassingLines(plainIo) : plainIo;

// Node itself would end with 1, which says that an alert fires, and print a stack.
process.on('uncaughtException', (error) => {
  io.stderr(unexpectedLine(error));
  process.exit(exitCodes.unexpected);
});

process.exitCode = await orUnexpected(io, () => run(process.argv.slice(2), io));
// What a mistake left open would keep the process from ending.
if (process.exitCode === exitCodes.unexpected) process.exit();
