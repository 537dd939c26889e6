import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
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
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += String(chunk);
      });
    }
    const ended = once(child, 'exit');
    try {
      await expect.poll(() => output, { timeout: 10_000 }).toContain('Not watching yet.');
    } finally {
      child.kill('SIGTERM');
    }
    expect((await ended)[0]).toBe(0);
    expect(output).toContain(says);
    expect(output).not.toMatch(/hunter2|\n\s+at /);
    await rm(home, { recursive: true });
  });
}
