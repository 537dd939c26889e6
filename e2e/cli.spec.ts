import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import * as z from 'zod';
import { snapshotSchema } from '../shared/snapshot.ts';
import {
  appArguments,
  appEnvironment,
  electronPath,
  launchWatching,
  repositoryRoot,
  temporaryHome,
} from './support/app.ts';
import { startTestLedger, type TestLedger } from './support/test-ledger.ts';

let own: TestLedger;
let home: string;
const children: ChildProcess[] = [];

test.beforeAll(async () => {
  own = await startTestLedger();
  await own.engine.query(`insert into paper_trades (opportunity_id, opportunity_type, market_id, venue,
      side, outcome, quantity, price, expected_edge, fees, status, realized_pnl, resolved_at)
    select 'e2e-' || i, 'unknown', 'm', 'v', 'buy', 'YES', 10, 0.4, 0.02, 0, 'closed', 3.25 - i % 7, now()
    from generate_series(1, 500) as i`);
});
test.afterAll(() => own.close());
test.beforeEach(() => {
  home = temporaryHome();
});
test.afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** A program that runs, and what it has written so far. */
interface Program {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code, once all that it wrote has arrived. */
  readonly ended: Promise<number | null>;
}

function start(file: string, args: readonly string[], databaseUrl?: string): Program {
  const env = appEnvironment(home, {
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    env: { NO_COLOR: '1', PLUMBLINE_REFRESH_MS: '250' },
  });
  const child = spawn(file, args, { cwd: repositoryRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const written = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    written.out += String(text);
  });
  child.stderr.on('data', (text) => {
    written.err += String(text);
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  return { child, out: () => written.out, err: () => written.err, ended };
}

/** The built command. */
const plumbline = (args: readonly string[], url?: string): Program =>
  start(process.execPath, ['out/main/cli.js', ...args], url);

async function served(program: Program): Promise<string> {
  await expect.poll(program.out, { timeout: 60_000 }).toMatch(/\nBrowser view at [^\n]+\n$/);
  return /http:\/\/127\.0\.0\.1:\d+/.exec(program.out())?.[0] ?? '';
}

const tokensSchema = z.object({ tokens: z.array(z.object({ token: z.string() })) });

async function bearer(): Promise<{ authorization: string }> {
  const text = await readFile(join(home, 'feed-tokens.json'), 'utf8');
  const { tokens } = tokensSchema.parse(JSON.parse(text));
  return { authorization: `Bearer ${tokens[0]?.token ?? ''}` };
}

test('serve watches a real ledger, serves the figures of the report and leaves nothing behind', async () => {
  const program = plumbline(['serve', '--port', '0'], own.server.readerUrl);
  const address = await served(program);
  const { host } = new URL(own.server.readerUrl);
  expect(program.out().split('\n')[0]).toBe(`Watching LEDGER trading at ${host}`);
  expect(program.out(), 'a log holds no token').not.toContain('#token=');
  expect((await fetch(`${address}/livez`)).status).toBe(200);
  const page = await fetch(`${address}/`);
  expect(await page.text()).toContain('<div id="root">');

  const answer = await fetch(`${address}/v1/snapshot`, { headers: await bearer() });
  const { snapshot } = z.object({ snapshot: snapshotSchema }).parse(await answer.json());
  const report = plumbline(['report', '--json'], own.server.readerUrl);
  expect(await report.ended).toBe(0);
  const printed = snapshotSchema.parse(JSON.parse(report.out()));
  expect(snapshot.figures).toEqual(printed.figures);
  expect(snapshot.equity).toEqual(printed.equity);
  expect(snapshot.counts).toEqual(printed.counts);

  const startMs = performance.now();
  program.child.kill('SIGTERM');
  expect(await program.ended, program.err()).toBe(0);
  expect(performance.now() - startMs).toBeLessThan(10_000);
  await expect.poll(() => own.backends()).toEqual([]);
  expect(program.err()).toBe('');
});

test('serve without a ledger watches a demo of its own, and ends with it', async () => {
  const program = plumbline(['serve', '--port', '0']);
  const address = await served(program);
  expect(program.out()).toMatch(/^Watching DEMO demo at /);
  const status = plumbline(['status', '--json']);
  expect(await status.ended, status.err()).toBe(0);
  expect(JSON.parse(status.out())).toMatchObject({
    ...{ source: { kind: 'serve', pid: program.child.pid }, ledger: { label: 'DEMO' } },
  });
  program.child.kill('SIGINT');
  expect(await program.ended, program.err()).toBe(0);
  await expect(fetch(`${address}/livez`)).rejects.toThrow();
  const report = plumbline(['report']);
  expect(await report.ended, 'no demo is left').toBe(2);
});

test('a serve that was killed leaves the home to the next one', async () => {
  const killed = plumbline(['serve', '--port', '0'], own.server.readerUrl);
  await served(killed);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const next = plumbline(['serve', '--port', '0'], own.server.readerUrl);
  await served(next);
  next.child.kill('SIGTERM');
  expect(await next.ended, next.err()).toBe(0);
});

test('a service goes on when nobody reads what it writes', async () => {
  const program = plumbline(['serve', '--port', '0'], own.server.readerUrl);
  program.child.stdout?.destroy();
  program.child.stderr?.destroy();
  await expect
    .poll(async () => (await own.backends()).length, { timeout: 30_000 })
    .toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(program.child.exitCode).toBeNull();
  program.child.kill('SIGTERM');
  await once(program.child, 'exit');
  expect(program.child.exitCode).toBe(0);
});

test('the app does not start on a home that serve holds', async () => {
  const program = plumbline(['serve', '--port', '0'], own.server.readerUrl);
  await served(program);
  const app = start(electronPath(), appArguments(), own.server.readerUrl);
  expect(await app.ended, app.err()).toBe(2);
  expect(app.err()).toContain(
    `plumbline serve (process ${program.child.pid}) watches with ${home} already: end it first`,
  );
  expect(app.out()).toBe('');
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});

test('serve does not start on a home that the app holds', async () => {
  const running = await launchWatching({ home, databaseUrl: own.server.readerUrl });
  const pid = await running.app.evaluate(() => process.pid);
  const program = plumbline(['serve'], own.server.readerUrl);
  expect(await program.ended).toBe(2);
  expect(program.err()).toBe(
    `serve: The Plumbline app (process ${pid}) watches with ${home} already: quit it first, or set PLUMBLINE_HOME to another folder.\n`,
  );
  expect(program.out()).toBe('');
  await running.close();
  const next = plumbline(['serve', '--port', '0'], own.server.readerUrl);
  await served(next);
  next.child.kill('SIGTERM');
  expect(await next.ended, next.err()).toBe(0);
});

test('unknown commands and options are refused in one sentence, and help shows examples', async () => {
  for (const args of [[], ['trade'], ['serve', '--loud'], ['status', 'now'], ['tokens', '--all']]) {
    const program = plumbline(args);
    expect(await program.ended, args.join(' ')).toBe(2);
    expect(program.out()).toBe('');
    expect(program.err()).toMatch(/^[^\n]+\.\n$/);
  }
  for (const name of ['report', 'check', 'status', 'serve', 'tokens', 'engine']) {
    const program = plumbline([name, '--help']);
    expect(await program.ended).toBe(0);
    expect(program.out()).toMatch(/\nExamples:\n {2}\S(?:.|\n)*\nExit codes: 0 /);
    expect(program.err()).toBe('');
  }
});
