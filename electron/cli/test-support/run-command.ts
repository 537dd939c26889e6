import type { CommandIo } from '../command-io.ts';

/** What a command did: its exit code and both streams. */
export interface Written {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process, under an environment of its own. */
export async function runCommand(
  command: (args: readonly string[], io: CommandIo) => Promise<number>,
  args: readonly string[],
  env: CommandIo['env'],
): Promise<Written> {
  const written = { out: '', err: '' };
  const code = await command(args, {
    env,
    stdout: (text) => {
      written.out += text;
    },
    stderr: (text) => {
      written.err += text;
    },
  });
  return { code, ...written };
}
