import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { startTestLedger, type TestLedger } from '../../e2e/support/test-ledger.ts';
import { leaveDemoAddress } from '../demo/demo-address.ts';
import { runCheckCommand } from './check.ts';
import { runCommand } from './test-support/run-command.ts';
import { createUnusableLedgers, unusableLedgers } from './test-support/unusable-ledgers.ts';

let own: TestLedger;
let home: string;

beforeAll(async () => {
  own = await startTestLedger();
  home = await mkdtemp(join(tmpdir(), 'plumbline-cli-check-'));
  await createUnusableLedgers(own);
});

afterAll(async () => {
  await own.close();
  await rm(home, { recursive: true, force: true });
});

const check = (args: readonly string[], url: string, folder = home) =>
  runCommand(runCheckCommand, args, { DATABASE_URL: url, PLUMBLINE_HOME: folder });

const answer = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      ...{ name: z.string(), state: z.enum(['ok', 'warning', 'failed']), sentence: z.string() },
      ...{ remedy: z.string(), ms: z.number() },
    }),
  ),
});

const stepsOf = (out: string) => answer.parse(JSON.parse(out)).steps;

const allSteps = [
  ...['address', 'name', 'tcp', 'tls', 'settings', 'sign-in', 'server', 'relations'],
  ...['privileges', 'slots'],
];

test('a ledger that can be read passes every step, and no connection stays', async () => {
  const { code, out, err } = await check([], own.server.readerUrl);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n').filter((line) => line.startsWith('✓'))).toHaveLength(10);
  expect(out).toMatch(/\n✓ Relations {3}paper_trades has every column, and 0 rows\. \(\d+ ms\)\n/);
  const { out: json } = await check(['--json'], own.server.readerUrl);
  expect(stepsOf(json).map(({ name }) => name)).toEqual(allSteps);
  await vi.waitFor(async () => expect(await own.backends()).toEqual([]));
});

test('a name is looked up', async () => {
  const url = own.server.readerUrl.replace('127.0.0.1', 'localhost');
  const { code, out } = await check([], url);
  expect(code).toBe(0);
  expect(out).toMatch(/\n✓ Name {8}localhost is [^\n]*127\.0\.0\.1/);
});

test('a role that could write is a warning, and no failure', async () => {
  const { code, out, err } = await check([], own.server.engineUrl);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('⚠ Privileges  The role "plumbline_engine" could write to the ledger');
  expect(out).toContain('docs/sql/read-only-role.sql');
});

test('a settings file that is not understood is a warning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-check-'));
  await writeFile(join(folder, 'settings.json'), '{ "version": 1, "bankroll": "much" }');
  const { code, out } = await check(['--json'], own.server.readerUrl, folder);
  await rm(folder, { recursive: true });
  expect(code).toBe(0);
  const settings = stepsOf(out).find(({ name }) => name === 'settings');
  expect(settings).toMatchObject({ state: 'warning' });
  expect(settings?.sentence).toContain('bankroll');
});

test('a running demo is checked as the demo, with its own relations', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-check-'));
  await mkdir(join(folder, 'demo'));
  await leaveDemoAddress(folder, own.server.readerUrl);
  await writeFile(join(folder, 'settings.json'), '{"relations": {"paperTrades": "desk.trades"}}');
  const { code, out, err } = await check([], '', folder);
  await rm(folder, { recursive: true });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^✓ Address {5}DEMO: the database "trading" at /);
  expect(out).toMatch(/\n✓ Relations {3}paper_trades has every column/);
});

const failsAt: Readonly<Record<string, string>> = {
  'an unreadable address': 'address',
  'an unknown parameter': 'address',
  'nothing that listens': 'tcp',
  'an unknown host': 'name',
  'a server without TLS': 'tls',
  'a wrong password': 'sign-in',
  'no such database': 'sign-in',
  'a role that may not read': 'privileges',
};

test.each(Object.entries(unusableLedgers))('it stops at %s', async (name, { url, code, says }) => {
  const result = await check(['--json'], url(own));
  expect(result.code).toBe(code);
  expect(result.err).toMatch(/^check: [^\n]+\.\n$/);
  expect(result.err).toContain(says);
  expect(result.err + result.out).not.toContain('secret');
  const steps = stepsOf(result.out);
  expect(steps.at(-1)).toMatchObject({ name: failsAt[name] ?? 'relations', state: 'failed' });
  expect(steps.slice(0, -1).every(({ state }) => state !== 'failed')).toBe(true);
  expect((await check([], url(own))).out).toMatch(/\n?✗ [^\n]+\n[^\n]*\n?$/);
});

test('what listens but does not speak is told apart', async () => {
  const silent = createServer((socket) => socket.resume());
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const url = `postgres://u:secret@127.0.0.1:${port}/db`;
  const { code, out } = await check(['--json'], `${url}?sslmode=verify-full`);
  silent.close();
  expect(code).toBe(3);
  expect(stepsOf(out).at(-1)).toMatchObject({ name: 'tls', state: 'failed' });
  expect(stepsOf(out).at(-1)?.sentence).toContain('No answer from 127.0.0.1');
});

test('options are refused in one sentence', async () => {
  const { code, out, err } = await check(['--loud'], own.server.readerUrl);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe('check: option or argument not understood near --loud; see check --help.\n');
});

test('ended by a person it claims no failure', async () => {
  await own.engine.query('begin; lock table paper_trades');
  const listeners = process.listenerCount('SIGINT');
  const running = check(['--json'], own.server.readerUrl);
  while (process.listenerCount('SIGINT') === listeners) await delay(1);
  await vi.waitFor(async () => expect(await own.backends()).toHaveLength(1));
  process.emit('SIGINT', 'SIGINT');
  const { code, out, err } = await running;
  await own.engine.query('rollback');
  expect({ code, err }).toEqual({ code: 130, err: '' });
  expect(stepsOf(out).every(({ state }) => state === 'ok')).toBe(true);
});
