import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  appArguments,
  appEnvironment,
  electronPath,
  launchApp,
  repositoryRoot,
  temporaryHome,
} from './support/app.ts';

/** Starts the app from a terminal and waits for its end. */
function startAndEnd(home: string): Promise<{ code: number | string; errors: string }> {
  const options = { cwd: repositoryRoot, env: appEnvironment(home), timeout: 10_000 };
  return new Promise((resolve) => {
    execFile(electronPath(), appArguments(), options, (error, _stdout, errors) => {
      resolve({ code: error === null ? 0 : (error.code ?? String(error.signal)), errors });
    });
  });
}

/** What a process has written so far. */
function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let output = '';
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  return () => output;
}

test('a home that cannot be written to is told in one sentence', async () => {
  const folder = temporaryHome();
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const { code, errors } = await startAndEnd(file);
  expect(code).toBe(2);
  expect(errors).toContain('Set PLUMBLINE_HOME to a folder that can be written to.');
  expect(errors).not.toMatch(/\n\s+at /);
  await rm(folder, { recursive: true });
});

test('a second launch says that the first one goes on', async () => {
  const running = await launchApp({ databaseUrl: 'postgresql://u@127.0.0.1:1/d' });
  const { code, errors } = await startAndEnd(running.home);
  expect(code).toBe(0);
  expect(errors).toContain('Plumbline is running already');
  await running.close();
});

for (const [name, databaseUrl, says] of [
  [
    'a closed port',
    'postgresql://u:hunter2@127.0.0.1:1/d',
    'Nothing accepts connections at 127.0.0.1:1.',
  ],
  ['an address of another kind', 'mysql://u:hunter2@127.0.0.1/d', 'not a PostgreSQL address'],
  ['a raw password', 'postgresql://u:p@hunter2/w#rd@127.0.0.1/d', 'write @ as %40'],
] as const) {
  test(`${name} is told in the terminal too, without a stack and without the secret`, async () => {
    const home = temporaryHome();
    const env = appEnvironment(home, { databaseUrl });
    const child = spawn(electronPath(), appArguments(), { cwd: repositoryRoot, env });
    const output = outputOf(child);
    const ended = once(child, 'exit');
    try {
      await expect.poll(output, { timeout: 10_000 }).toContain('Not watching yet.');
    } finally {
      child.kill('SIGTERM');
    }
    expect((await ended)[0]).toBe(0);
    expect(output()).toContain(says);
    expect(output()).not.toMatch(/hunter2|\n\s+at /);
    await rm(home, { recursive: true });
  });
}

test('npm start without a display says where to look at it instead', async () => {
  const home = temporaryHome();
  const { DISPLAY, WAYLAND_DISPLAY, ...env } = appEnvironment(home, {
    databaseUrl: 'postgresql://u@127.0.0.1:1/d',
  });
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: repositoryRoot, env });
  const output = outputOf(child);
  const ended = once(child, 'exit');
  const line = /^Browser view at (http:\/\/127\.0\.0\.1:\d+)\/ \(it asks for a token of (.+)\)$/m;
  try {
    await expect.poll(output, { timeout: 60_000 }).toMatch(line);
    expect(output()).toContain('There is no display');
    const [, address = '', tokens = ''] = line.exec(output()) ?? [];
    expect(await (await fetch(address)).text()).toContain('<title>Plumbline</title>');
    // A pipe may be a log: no token goes there.
    const [token = ''] = /[\w-]{43}/.exec(await readFile(tokens, 'utf8')) ?? [];
    expect(output().split(token)).toHaveLength(1);
  } finally {
    child.kill('SIGTERM');
  }
  expect((await ended)[0]).toBe(128 + 15);
  await rm(home, { recursive: true });
});
