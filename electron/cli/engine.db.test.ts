import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../demo/embedded-postgres.ts';
import { scenarioNames } from '../demo/trading-engine/scenarios.ts';
import { runEngineCommand } from './engine.ts';

let dir: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'plumbline-cli-engine-'));
  server = await startEmbeddedPostgres({ dir });
});

afterAll(async () => {
  await server.stop('immediate');
  await rm(dir, { recursive: true, force: true });
});

/** What the command did: its exit code and both streams. */
async function run(args: readonly string[], databaseUrl?: string) {
  const written = { code: -1, out: '', err: '' };
  written.code = await runEngineCommand(args, {
    env: { DATABASE_URL: databaseUrl },
    stdout: (text) => {
      written.out += text;
    },
    stderr: (text) => {
      written.err += text;
    },
  });
  return written;
}

describe('engine', () => {
  it('explains itself and every scenario', async () => {
    const { code, out, err } = await run(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const name of scenarioNames) expect(out).toContain(`\n  ${name} `);
  });

  it('seeds an empty database, says so in one line, and ends after its events', async () => {
    const args = ['--events', '10', '--interval-ms', '1', '--seed', '4'];
    const first = await run(args, server.engineUrl);
    const place = `127.0.0.1:${server.port}/trading`;
    expect(first.err).toBe('');
    expect(first.out).toMatch(/^Trading engine is writing to .* \(steady, \d{4} rows\)\.\n$/);
    expect(first.out).toContain(place);
    expect(first.code).toBe(0);
    const second = await run([...args, '--scenario', 'burst'], server.engineUrl);
    expect(second.out).toBe(
      `Trading engine is writing to ${place} (burst, rows were there already).\n`,
    );
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('trades until %s', async (signal) => {
    const listeners = process.listenerCount(signal);
    const running = run(['--scenario', 'engine-dead'], server.engineUrl);
    while (process.listenerCount(signal) === listeners) await delay(5);
    process.emit(signal, signal);
    expect((await running).code).toBe(0);
    expect(process.listenerCount(signal)).toBe(listeners);
  });

  it.each([
    [['--scenario', 'gold-rush'], 'there is no scenario named gold-rush'],
    [['--scenario', 'toString'], 'there is no scenario named toString'],
    [['--seed', '1.5'], '--seed takes a whole number'],
    [['--seed'], '--seed needs a value; see engine --help.'],
    [['--seed', '-1'], '--seed needs a value (write one that begins with "-" as --seed=VALUE)'],
    [['--seed=-1'], '--seed takes a whole number'],
    [['--events', 'many'], '--events takes a whole number'],
    [['--interval-ms', '0'], '--interval-ms takes a whole number from 1 on'],
    [['--loud'], 'option or argument not understood'],
    [['extra'], 'option or argument not understood'],
  ])('refuses %j', async (args, sentence) => {
    expectSentence(await run(args, server.engineUrl), 2, sentence);
  });

  it.each([
    [undefined, 'DATABASE_URL is not set'],
    ['', 'DATABASE_URL is not set'],
    ['mysql://u:secret@h/db', 'DATABASE_URL is no PostgreSQL URL'],
    ['postgres://u:secret@[h/db', 'DATABASE_URL is no PostgreSQL URL'],
    ['postgres://u:secret@h/%zz', 'DATABASE_URL holds a "%" that starts no escape'],
    ['postgres://u:secret%ff@127.0.0.1:1/db', 'DATABASE_URL holds a "%" that starts no escape'],
  ])('refuses the URL %j', async (url, sentence) => {
    expectSentence(await run([], url), 2, sentence);
  });

  it('says why it cannot connect, without the password', async () => {
    const wrong = server.engineUrl.replace(/:[0-9a-f]{48}@/, ':a-secret-word@');
    expectSentence(await run([], wrong), 3, 'the user name or the password was not accepted');
    const nowhere = 'postgres://u:a-secret-word@127.0.0.1:1/db';
    expectSentence(await run([], nowhere), 3, 'to 127.0.0.1:1/db: nothing listens there.');
    const missing = server.admin('nothing');
    expectSentence(await run([], missing), 3, 'there is no such database');
  });

  it('says that it may not write before it starts to', async () => {
    const reader = server.readerUrl.replace('/trading', '/template1');
    expectSentence(await run([], reader), 4, 'cannot write to');
    expectSentence(await run([], server.readerUrl), 4, 'cannot write to');
  });
});

function expectSentence(
  result: { readonly code: number; readonly out: string; readonly err: string },
  code: number,
  sentence: string,
): void {
  expect(result.err).toContain(sentence);
  expect(result.err).toMatch(/^[^\n]+\.\n$/);
  expect(result.err).not.toContain('secret');
  expect({ code: result.code, out: result.out }).toEqual({ code, out: '' });
}
