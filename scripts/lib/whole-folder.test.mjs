import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeWholeFolder } from './whole-folder.mjs';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'plumbline-whole-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** @param {string} folder */
const fill = (folder) => writeFile(join(folder, 'electron'), 'whole');

/** A process that begins to fill the target and hangs in the middle of it. */
async function startHangingFill() {
  const module = new URL('./whole-folder.mjs', import.meta.url).href;
  const program = `
    import { writeFileSync } from 'node:fs';
    const { makeWholeFolder } = await import(${JSON.stringify(module)});
    await makeWholeFolder(${JSON.stringify(join(parent, 'runtime'))}, async (folder) => {
      writeFileSync(folder + '/electron', 'half');
      process.stdout.write('half way');
      await new Promise((done) => setTimeout(done, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  await once(child.stdout, 'data');
  return child;
}

test('a run killed in the middle of unpacking leaves no runtime, and the next one cleans up', async () => {
  const child = await startHangingFill();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const left = await readdir(parent);
  expect(left).toEqual([expect.stringMatching(/^runtime\.tmp-\d+-/)]);

  await makeWholeFolder(join(parent, 'runtime'), fill);
  expect(await readdir(parent)).toEqual(['runtime']);
  expect(await readFile(join(parent, 'runtime', 'electron'), 'utf8')).toBe('whole');
});

test('what another live run is filling is left alone', async () => {
  const child = await startHangingFill();
  await makeWholeFolder(join(parent, 'runtime'), fill);
  expect(await readdir(parent)).toHaveLength(2);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('a failed unpacking leaves nothing', async () => {
  const failing = makeWholeFolder(join(parent, 'runtime'), async (folder) => {
    await fill(folder);
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  expect(await readdir(parent)).toEqual([]);
});

test('the slower of two runs keeps the folder of the quicker one', async () => {
  const target = join(parent, 'runtime');
  await makeWholeFolder(target, async (folder) => {
    await fill(folder);
    await mkdir(target);
    await writeFile(join(target, 'electron'), 'quicker');
  });
  expect(await readFile(join(target, 'electron'), 'utf8')).toBe('quicker');
  expect(await readdir(parent)).toEqual(['runtime']);
});
