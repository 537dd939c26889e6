import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from './test-support/run-command.ts';
import { runTokensCommand } from './tokens.ts';

let folder: string;
let home: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-tokens-'));
  home = join(folder, 'home');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const tokens = (...args: readonly string[]) =>
  runCommand(runTokensCommand, args, { PLUMBLINE_HOME: home });
const file = (): string => join(home, 'feed-tokens.json');

it('lists nothing where there is none', async () => {
  expect(await tokens()).toEqual({ code: 0, out: '', err: '' });
});

it('prints a new token alone and this once, in a file for its owner', async () => {
  const { code, out, err } = await tokens('--add', 'grafana');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await tokens('--add', 'phone');
  const listed = await tokens();
  expect(listed).toEqual({ code: 0, out: 'grafana\nphone\n', err: '' });
  expect(await readFile(file(), 'utf8')).toContain(out.trim());
});

it('takes one away and leaves the others', async () => {
  const kept = (await tokens('--add', 'a')).out.trim();
  const gone = (await tokens('--add', 'b')).out.trim();
  expect(await tokens('--revoke', 'b')).toEqual({ code: 0, out: '', err: '' });
  const text = await readFile(file(), 'utf8');
  expect([text.includes(kept), text.includes(gone)]).toEqual([true, false]);
});

it.each([
  [['--add', 'a b'], 'is no name for a token'],
  [['--add', ''], 'is no name for a token'],
  [['--add', 'taken'], 'There is a token named taken already'],
  [['--revoke', 'nobody'], 'There is no token named nobody'],
  [['--add', 'x', '--revoke', 'y'], '--add and --revoke exclude each other.'],
  [['--all'], 'option or argument not understood near --all'],
])('refuses %j in one sentence', async (args, sentence) => {
  await tokens('--add', 'taken');
  const before = await readFile(file(), 'utf8');
  const { code, out, err } = await tokens(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^tokens: [^\n]+\.\n$/);
  expect(err).toContain(sentence);
  expect(await readFile(file(), 'utf8')).toBe(before);
});

it('refuses a file that others may read, and one that is not understood', async () => {
  await tokens('--add', 'a');
  await chmod(file(), 0o644);
  for (const args of [[], ['--add', 'b']]) {
    const { code, out, err } = await tokens(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^tokens: [^\n]+may be read by others \(mode 644[^\n]+\.\n$/);
  }
  await chmod(file(), 0o600);
  await writeFile(file(), '{}');
  expect((await tokens()).err).toMatch(/^tokens: [^\n]+is not understood[^\n]+\.\n$/);
});
