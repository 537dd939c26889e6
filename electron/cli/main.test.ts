import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Runs the program after a script that breaks something of it. */
async function run(breaks: string, args: readonly string[]) {
  const before = ['--import', `data:text/javascript,${encodeURIComponent(breaks)}`];
  const main = ['scripts/lib/run-typescript.mjs', 'electron/cli/main.ts', ...args];
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, [...before, ...main], { cwd: root, stdio: [...stdio] });
  const written = { out: '', err: '' };
  child.stdout?.on('data', (text) => {
    written.out += String(text);
  });
  child.stderr?.on('data', (text) => {
    written.err += String(text);
  });
  const [code] = await once(child, 'close');
  return { code, ...written };
}

const sentence =
  /^plumbline: a mistake of Plumbline itself ended the command \(RangeError\); .+\.\n$/;

it('ends with a code of its own, and at once, when a command breaks', async () => {
  const { code, out, err } = await run(
    `setInterval(() => {}, 1000);
    const { hasOwn } = Object;
    Object.hasOwn = (of, name) => {
      if (name === 'report') throw new RangeError('postgres://u:secret@h');
      return hasOwn(of, name);
    };`,
    ['report'],
  );
  expect(err).toMatch(sentence);
  expect({ code, out }).toEqual({ code: 70, out: '' });
});

it('does so too when something breaks that no command waits for', async () => {
  const { code, out, err } = await run(
    `process.once('beforeExit', () => { throw new RangeError('secret'); });`,
    ['--help'],
  );
  expect(err).toMatch(sentence);
  expect(out).toContain('70 a mistake of Plumbline itself');
  expect(code).toBe(70);
});

it('says which version it is', async () => {
  const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'));
  expect(await run('', ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});
