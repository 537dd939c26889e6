import { type EngineCommandIo, runEngineCommand } from './engine.ts';

type Command = (args: readonly string[], io: EngineCommandIo) => Promise<number>;

const commands: Readonly<Record<string, Command>> = { engine: runEngineCommand };

const usage = `Usage: plumbline COMMAND [OPTIONS]

Commands:
  engine   run the simulated trading engine against DATABASE_URL

plumbline COMMAND --help tells more of a command.
`;

const usageExitCode = 2;

async function run(argv: readonly string[], io: EngineCommandIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout(usage);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command(args, io);
  const problem = name === undefined ? 'A command is missing.' : `There is no command "${name}".`;
  io.stderr(`${problem} Known are: ${Object.keys(commands).join(', ')}. --help tells more.\n`);
  return usageExitCode;
}

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
