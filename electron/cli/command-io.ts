import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What a command needs from the process it runs in. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to standard output: data only. */
  stdout(text: string): void;
  /** Writes to standard error: one sentence a line. */
  stderr(text: string): void;
  /** Width of the terminal that standard output is; absent when it is none. */
  readonly columns?: number | undefined;
  /**
   * Shows a line on standard error that is taken back before anything else is written, or takes it back with
   * null; absent where that is no terminal.
   */
  readonly passing?: ((line: string | null) => void) | undefined;
}

/** As the project's list of exit codes has them. */
export const exitCodes = {
  fine: 0,
  alertFires: 1,
  usage: 2,
  cannotConnect: 3,
  /** Connected, but no figures. */
  notALedger: 4,
  /** A mistake of Plumbline itself: EX_SOFTWARE of sysexits.h. */
  unexpected: 70,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A mistake in the options or the environment; the message is a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs a command; a {@link UsageError} becomes its sentence and its exit code. */
export async function orUsage<T>(
  command: string,
  io: CommandIo,
  work: () => Promise<T>,
): Promise<T | 2> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`${command}: ${error.message}\n`);
    return exitCodes.usage;
  }
}

/** Runs whatever was asked for; what nobody foresaw becomes a sentence and an exit code of its own. */
export async function orUnexpected(
  io: Pick<CommandIo, 'stderr'>,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    io.stderr(unexpectedLine(error));
    return exitCodes.unexpected;
  }
}

/** What is said of an error that nobody foresaw: its kind alone, for its message may hold an address with a password. */
export function unexpectedLine(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const kind = [name, code].filter((part) => typeof part === 'string' && /^\w{1,40}$/.test(part));
  const words = kind.length === 0 ? 'an error without a name' : kind.join(' ');
  return `plumbline: a mistake of Plumbline itself ended the command (${words}); run it again, and report it with its options if it comes back.\n`;
}

/** The options as they were given; throws a {@link UsageError} on those that are unknown. */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const named = cause instanceof Error ? /'([^']*)'/.exec(cause.message)?.[1] : undefined;
    // Node's words for a missing value, which it has no code of its own for.
    const needsValue =
      cause instanceof Error && /argument (missing|is ambiguous)/.test(cause.message);
    if (named !== undefined && needsValue) {
      const option = named.replace(/^-\w, /, '').split(' ')[0];
      const next = args[args.indexOf(String(option)) + 1] ?? '';
      const dashed = /^-[^-]/.test(next)
        ? ` (write one that begins with "-" as ${option}=VALUE)`
        : '';
      throw new UsageError(`${option} needs a value${dashed}; see ${command} --help.`, { cause });
    }
    throw new UsageError(
      `option or argument not understood near ${named ?? args[0]}; see ${command} --help.`,
      { cause },
    );
  }
}

/** Reads a whole number within its bounds; throws a {@link UsageError} on anything else. */
export function wholeNumber(
  option: string,
  text: string,
  { least, most = Number.MAX_SAFE_INTEGER }: { readonly least: number; readonly most?: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `${least} on` : `${least} to ${most}`;
  throw new UsageError(`${option} takes a whole number from ${bounds}, not ${text.slice(0, 40)}.`);
}
