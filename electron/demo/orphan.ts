import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, type PostgresBinaries } from './postgres-binaries.ts';
import { isRunning, signal } from './postmaster.ts';
import { type RunAs, run } from './run-as.ts';

/** What is known of a running process. */
interface ProcessFacts {
  readonly args: readonly string[];
  readonly parentPid: number;
}

const interruptDeadlineMs = 3_000;
const quitDeadlineMs = 2_000;
const killDeadlineMs = 2_000;

/**
 * Stops the server that a killed app left behind on this data directory. A process that merely
 * got the same number is left alone; the server of an app that still runs is an error.
 */
export async function stopOrphan(
  dir: string,
  dataDir: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<'none' | 'stopped'> {
  const pid = await readNumber(path.join(dataDir, 'postmaster.pid'));
  if (pid === null || !isRunning(pid)) return 'none';
  if (process.platform === 'win32') {
    // The server's own tool checks for itself whether that process is this server.
    await run([binaries.pgCtl, 'stop', '-m', 'fast', '-t', '5', '-D', dataDir], runAs);
    return 'stopped';
  }
  const facts = await readFacts(pid);
  if (!facts || !servesDataDir(facts, dataDir)) return 'none';
  await refuseLivingOwner(dir, facts);
  await endServer(pid, dataDir);
  return 'stopped';
}

/** Notes which process the server belongs to; read by the next start's {@link stopOrphan}. */
export async function writeOwner(dir: string): Promise<void> {
  await writeFile(ownerFile(dir), `${process.pid}\n`, { mode: 0o600 });
}

function ownerFile(dir: string): string {
  return path.join(dir, 'owner.pid');
}

/** A server whose parent is still the app that started it has not been orphaned. */
async function refuseLivingOwner(dir: string, facts: ProcessFacts): Promise<void> {
  const owner = await readNumber(ownerFile(dir));
  if (owner === null || owner !== facts.parentPid || owner === process.pid) return;
  throw new Error(`The demo in ${dir} is in use by another Plumbline (process ${owner}).`);
}

async function endServer(pid: number, dataDir: string): Promise<void> {
  const steps = [
    ['SIGINT', interruptDeadlineMs],
    ['SIGQUIT', quitDeadlineMs],
    ['SIGKILL', killDeadlineMs],
  ] as const;
  for (const [name, deadlineMs] of steps) {
    signal(pid, name);
    if (await goneWithin(pid, dataDir, deadlineMs)) return;
  }
  throw new Error(`The PostgreSQL server of an earlier run (process ${pid}) did not end.`);
}

async function goneWithin(pid: number, dataDir: string, deadlineMs: number): Promise<boolean> {
  const deadline = performance.now() + deadlineMs;
  while (await stillServes(pid, dataDir)) {
    if (performance.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

/** A container's first process may never reap it: a dead server that kept its number is gone too. */
async function stillServes(pid: number, dataDir: string): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const facts = await readFacts(pid);
  return facts !== null && servesDataDir(facts, dataDir);
}

function servesDataDir({ args }: ProcessFacts, dataDir: string): boolean {
  const at = args.indexOf('-D');
  return at >= 0 && args[at + 1] === dataDir && (args[0] ?? '').includes('postgres');
}

/** The first line of a file as a process id, or null when there is no such file. */
async function readNumber(file: string): Promise<number | null> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function readFacts(pid: number): Promise<ProcessFacts | null> {
  if (process.platform === 'linux') return readProcFacts(pid);
  const { code, output } = await run(['ps', '-ww', '-o', 'ppid=,command=', '-p', String(pid)], {
    prefix: [],
    ids: null,
  });
  const found = /^\s*(\d+)\s+(.*?) -D (.*?) -p \d+ /.exec(output);
  if (code !== 0 || !found) return null;
  return { parentPid: Number(found[1]), args: [found[2] ?? '', '-D', found[3] ?? ''] };
}

async function readProcFacts(pid: number): Promise<ProcessFacts | null> {
  try {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const parentPid = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
    return { args: commandLine.split('\0'), parentPid };
  } catch (error) {
    // It ended while it was being looked at.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return null;
    throw error;
  }
}
