import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.ts';
import { findDemoAddress } from './demo-address.ts';
import { type BundledEntry, bundleEntry } from './test-support/bundle-entry.ts';
import type { EngineProcess } from './trading-engine/engine-protocol.ts';
import {
  forkWithNode,
  fromChildProcess,
  fromUtilityProcess,
} from './trading-engine/fork-engine.ts';

let home: string;
let engineEntry: BundledEntry;
let holdEntry: BundledEntry;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'plumbline home '));
  engineEntry = await bundleEntry('electron/demo/trading-engine/process.ts');
  holdEntry = await bundleEntry('electron/demo/test-support/hold-demo.ts');
});

afterAll(async () => {
  await engineEntry.remove();
  await holdEntry.remove();
  await rm(home, { recursive: true, force: true });
});

function start(name: string, lines: string[] = [], progress: string[] = []): Promise<Demo> {
  return startDemo({
    home: path.join(home, name),
    forkEngine: () => forkWithNode(engineEntry.file),
    seed: 5,
    log: (line) => lines.push(line),
    onProgress: (step) => progress.push(step),
  });
}

describe('the demo', () => {
  it('shows a ledger that somebody trades on, and leaves nothing behind', async () => {
    const progress: string[] = [];
    const lines: string[] = [];
    const demo = await start('whole', lines, progress);
    expect(progress).toEqual(['initialising', 'seeding', 'ready']);
    expect(await ask(demo.url, 'SELECT count(*) FROM paper_trades')).toBeGreaterThan(5_900);
    const orders = 'SELECT count(*) FROM live_trades';
    expect(await ask(demo.url, orders)).toBeGreaterThan(450);
    const changes = `SELECT count(*) + count(resolved_at) + (${orders}) + (${orders} WHERE
      status = 'pending') FROM paper_trades`;
    const before = await ask(demo.url, changes);
    await expect.poll(() => ask(demo.url, changes), { timeout: 15_000 }).not.toBe(before);
    await expect(ask(demo.url, 'DELETE FROM paper_trades')).rejects.toThrow();
    expect(processesOf('whole')).not.toBe('');
    expect(await findDemoAddress(path.join(home, 'whole'))).toBe(demo.url);
    await demo.stop();
    await demo.stop();
    expect(await findDemoAddress(path.join(home, 'whole'))).toBeNull();
    expect(processesOf('whole')).toBe('');
    await expect(ask(demo.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(lines.filter((line) => line.includes('ended by itself'))).toEqual([]);
    expect(processesOf(engineEntry.file)).toBe('');
    for (const url of [demo.url, demo.adminUrl]) {
      expect(lines.join()).not.toContain(new URL(url).password);
    }
  });

  it('starts on data thrown away, with another scenario', async () => {
    const forkEngine = (): EngineProcess => forkWithNode(engineEntry.file);
    const demo = await startDemo({
      home: path.join(home, 'whole'),
      forkEngine,
      scenario: 'all-open',
      log: () => undefined,
    });
    const closed = "SELECT count(*) FROM paper_trades WHERE status <> 'open'";
    expect(await ask(demo.url, closed)).toBe(0);
    await demo.stop();
  });

  it('stops the server when the engine cannot start', async () => {
    const forkEngine = (): EngineProcess =>
      fromChildProcess(spawn(process.execPath, ['-e', 'process.exit(7)']));
    const starting = startDemo({ home: path.join(home, 'none'), forkEngine, log: () => undefined });
    await expect(starting).rejects.toThrow('The trading engine ended before the demo had data.');
    expect(processesOf('none')).toBe('');
  });

  it('stops even when the engine hangs', async () => {
    let child: ChildProcess | null = null;
    const demo = await startDemo({
      home: path.join(home, 'hung'),
      forkEngine: () => {
        child = spawn(process.execPath, [engineEntry.file], {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        return fromChildProcess(child);
      },
      log: () => undefined,
    });
    const pid = pidOf(child);
    process.kill(pid, 'SIGSTOP');
    await demo.stop();
    expect(processesOf('hung')).toBe('');
    expect(commandOf(pid)).toBe('');
  });

  it('loses its engine, at once and with it all sessions, when the app is killed', async () => {
    const held = path.join(home, 'held');
    const app = spawn(process.execPath, [holdEntry.file, held, engineEntry.file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = await once(app.stdout, 'data');
    const adminUrl = String(printed).trim();
    const sessions =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'trading-engine'";
    expect(await ask(adminUrl, sessions)).toBeGreaterThan(0);
    app.kill('SIGKILL');
    await once(app, 'exit');
    await expect.poll(() => ask(adminUrl, sessions), { timeout: 5_000 }).toBe(0);
    expect(processesOf(engineEntry.file)).toBe('');
    // The server is left over; the next start finds it and ends it.
    const demo = await start('held');
    await expect(ask(adminUrl, 'SELECT 1')).rejects.toThrow();
    await demo.stop();
    expect(processesOf('held')).toBe('');
  });

  it('closes the sessions of its engine at SIGTERM and does not mind Ctrl-C', async () => {
    let child: ChildProcess | null = null;
    const lines: string[] = [];
    const demo = await startDemo({
      home: path.join(home, 'signals'),
      forkEngine: () => {
        child = spawn(process.execPath, [engineEntry.file], {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        return fromChildProcess(child);
      },
      log: (line) => lines.push(line),
    });
    const pid = pidOf(child);
    process.kill(pid, 'SIGINT');
    const sessions =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'trading-engine'";
    expect(await ask(demo.adminUrl, sessions)).toBeGreaterThan(0);
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => ask(demo.adminUrl, sessions), { timeout: 3_000 }).toBe(0);
    await expect.poll(() => lines.join(), { timeout: 3_000 }).toContain('ended by itself (0)');
    await demo.stop();
  });
});

describe('the adapter of a utility process', () => {
  it('passes commands on and lets only reports through', () => {
    const sent: unknown[] = [];
    const listeners: ((message: unknown) => void)[] = [];
    const engine = fromUtilityProcess({
      postMessage: (message) => sent.push(message),
      on: (_event, listener) => listeners.push(listener),
      once: () => undefined,
    });
    const reports: unknown[] = [];
    engine.onReport((report) => reports.push(report));
    engine.send({ type: 'stop' });
    for (const message of [null, 'x', { type: 'ready' }, { type: 'ready', rows: 3 }]) {
      for (const listener of listeners) listener(message);
    }
    expect(sent).toEqual([{ type: 'stop' }]);
    expect(reports).toEqual([{ type: 'ready', rows: 3 }]);
  });
});

async function ask(url: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' });
    return Number(rows[0]?.[0]);
  } finally {
    await client.end();
  }
}

/** Processes with this file or folder in their command line; a bare name is a folder in the home. */
function processesOf(name: string): string {
  const { stdout } = spawnSync('ps', ['-ww', '-eo', 'command='], { encoding: 'utf8' });
  const place = path.resolve(home, name);
  return stdout
    .split('\n')
    .filter((line) => line.includes(place))
    .join('\n');
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}

function pidOf(child: ChildProcess | null): number {
  if (child?.pid === undefined) throw new Error('The engine has no process id.');
  return child.pid;
}
