import { spawn } from 'node:child_process';
import { chown } from 'node:fs/promises';
import path from 'node:path';

/** How programs are started so that PostgreSQL, which refuses root, agrees to run. */
export interface RunAs {
  /** What is put in front of a program; empty when it is started as it is. */
  readonly prefix: readonly string[];
  /** The user and group to start it as, when the prefix does not settle it. */
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

/** A finished program. */
export interface Finished {
  /** Exit code, or null when a signal ended it. */
  readonly code: number | null;
  /** What it wrote to standard output and standard error. */
  readonly output: string;
}

/** Programs start here: the caller's folder may be closed to the user that they run as. */
export const neutralFolder = path.parse(process.execPath).root;

const asItIs: RunAs = { prefix: [], ids: null };
const inUserNamespace: RunAs = {
  prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'],
  ids: null,
};
/** The user `nobody` of most systems; the number needs no entry in the password file. */
const asNobody: RunAs = { prefix: [], ids: { uid: 65534, gid: 65534 } };

/**
 * Chooses how to run PostgreSQL. As root a user namespace is tried first, because it keeps the
 * right to folders that only root may enter; an unprivileged user is the second choice.
 */
export async function chooseRunAs(postgres: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return asItIs;
  if (await works(inUserNamespace, postgres)) return inUserNamespace;
  if (await works(asNobody, postgres)) return asNobody;
  throw new Error(
    'PostgreSQL does not run as root, user namespaces are not available here, and an unprivileged ' +
      'user cannot reach its programs: start Plumbline as an ordinary user, or install it in a ' +
      'folder that others may enter.',
  );
}

/** Gives a file or folder to the user that the server runs as. */
export async function handOver(file: string, runAs: RunAs): Promise<void> {
  if (runAs.ids) await chown(file, runAs.ids.uid, runAs.ids.gid);
}

/** Program and arguments with the prefix applied. */
export function commandLine(
  command: readonly string[],
  runAs: RunAs,
): readonly [string, readonly string[]] {
  const [program, ...args] = [...runAs.prefix, ...command];
  if (program === undefined) throw new Error('No program was named.');
  return [program, args];
}

/** The environment for PostgreSQL programs: nothing of the caller's PG settings, no translation. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** Runs a program to its end; rejects only when it cannot be started. */
export function run(command: readonly string[], runAs: RunAs): Promise<Finished> {
  const [program, args] = commandLine(command, runAs);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: neutralFolder,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...runAs.ids,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

async function works(runAs: RunAs, postgres: string): Promise<boolean> {
  return run([postgres, '--version'], runAs).then(
    ({ code }) => code === 0,
    () => false,
  );
}
