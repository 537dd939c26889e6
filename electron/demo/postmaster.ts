import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { cleanEnvironment, commandLine, neutralFolder, type RunAs, run } from './run-as.ts';

/** `fast` ends every session and shuts down cleanly; `immediate` is a crash on purpose. */
export type StopMode = 'fast' | 'immediate';

/** What it takes to start a server on a data directory that is already there. */
export interface PostmasterPlan {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly dataDir: string;
  readonly logFile: string;
  readonly port: number;
  /** Settings as on the command line, without the `-c`. */
  readonly settings: readonly string[];
}

/** A server process of ours. */
export interface Postmaster {
  readonly pid: number;
  /** True once the process is gone. */
  exited(): boolean;
  /** Resolves when the process is gone, however it came about. */
  readonly gone: Promise<void>;
  /** Ends the process, by force when it takes too long. */
  stop(mode: StopMode): Promise<void>;
}

const fastStopDeadlineMs = 5_000;
const immediateStopDeadlineMs = 3_000;
const killDeadlineMs = 2_000;

/** Starts the server; it does not yet answer when this resolves. */
export async function spawnPostmaster(plan: PostmasterPlan): Promise<Postmaster> {
  const child = await spawnLogged(plan);
  const pid = child.pid;
  if (pid === undefined) throw new Error('The PostgreSQL server has no process id.');
  let isGone = child.exitCode !== null || child.signalCode !== null;
  // Our own process may end without stop(), by process.exit(); a server must not outlive it.
  const killAtExit = (): void => signal(pid, 'SIGQUIT');
  process.on('exit', killAtExit);
  const gone = new Promise<void>((resolve) => {
    const finish = (): void => {
      isGone = true;
      process.off('exit', killAtExit);
      resolve();
    };
    if (isGone) finish();
    else child.once('exit', finish);
  });
  return {
    pid,
    gone,
    exited: () => isGone,
    stop: async (mode) => {
      if (!isGone) await stopProcess(pid, mode, gone, plan);
    },
  };
}

/** The last line that the server wrote which says why it gave up, without its time stamp. */
export async function lastComplaint(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).split('\n');
  const found = lines.findLast((line) => /(FATAL|PANIC|ERROR|could not):?/.test(line));
  return (found ?? lines.findLast((line) => line !== '') ?? '').replace(/^.*?(FATAL|PANIC): +/, '');
}

async function spawnLogged(plan: PostmasterPlan): Promise<ChildProcess> {
  const { binaries, dataDir, port, settings, runAs } = plan;
  const options = ['-D', dataDir, '-p', String(port), ...settings.flatMap((item) => ['-c', item])];
  const [program, args] = commandLine([binaries.postgres, ...options], runAs);
  const log = await open(plan.logFile, 'a', 0o600);
  try {
    const child = spawn(program, args, {
      cwd: neutralFolder,
      env: cleanEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      // A process group of its own: Ctrl-C in a terminal must not end the server before the
      // app has closed its pool.
      detached: true,
      windowsHide: true,
      ...runAs.ids,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return child;
  } finally {
    await log.close();
  }
}

async function stopProcess(
  pid: number,
  mode: StopMode,
  gone: Promise<void>,
  plan: PostmasterPlan,
): Promise<void> {
  if (mode === 'fast') {
    await requestStop(pid, 'fast', plan);
    if (await within(gone, fastStopDeadlineMs)) return;
  }
  await requestStop(pid, 'immediate', plan);
  if (await within(gone, immediateStopDeadlineMs)) return;
  signal(pid, 'SIGKILL');
  if (await within(gone, killDeadlineMs)) return;
  throw new Error(`The PostgreSQL server (process ${pid}) did not end.`);
}

/** Windows has no signals; there the server's own tool delivers the request. */
async function requestStop(pid: number, mode: StopMode, plan: PostmasterPlan): Promise<void> {
  if (process.platform === 'win32') {
    const { binaries, dataDir, runAs } = plan;
    await run([binaries.pgCtl, 'stop', '-W', '-m', mode, '-D', dataDir], runAs);
    return;
  }
  signal(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
}

/** Sends a signal; a process that is already gone is what the caller wants anyway. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (isRunning(pid)) throw error;
  }
}

/** Whether a process with this id exists. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the promise settled before the time was up. */
export async function within(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const cancel = new AbortController();
  const timer = delay(timeoutMs, false, { signal: cancel.signal }).catch(() => false);
  try {
    return await Promise.race([promise.then(() => true), timer]);
  } finally {
    cancel.abort();
  }
}
