import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { bundleEntry } from '../demo/test-support/bundle-entry.ts';
import { jsonFile } from './json-file.ts';

const schema = z.object({ count: z.int() });

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-json-'));
  path = join(folder, 'state.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a JSON file', () => {
  test('is absent, then holds what was written, for its owner alone', async () => {
    const file = jsonFile(path, schema);
    expect(await file.read()).toEqual({ kind: 'absent' });
    await file.write({ count: 1 });
    expect(await file.read()).toEqual({ kind: 'found', value: { count: 1 } });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  test('keeps the order of writes that were not waited for', async () => {
    const file = jsonFile(path, schema);
    await Promise.all([1, 2, 3, 4, 5].map((count) => file.write({ count })));
    expect(await file.read()).toEqual({ kind: 'found', value: { count: 5 } });
  });

  test.each([
    ['no JSON', '{"count": 1'],
    ['another shape', '{"count": "one"}'],
    ['nothing at all', ''],
  ])('with %s in it is put aside, and nothing of it is lost', async (_what, text) => {
    await writeFile(path, text);
    const file = jsonFile(path, schema);
    const read = await file.read();
    expect(read.kind).toBe('corrupt');
    if (read.kind === 'corrupt') expect(await readFile(read.movedTo, 'utf8')).toBe(text);
    expect(await file.read()).toEqual({ kind: 'absent' });
    await file.write({ count: 2 });
    expect(await file.read()).toEqual({ kind: 'found', value: { count: 2 } });
  });

  test('survives a write that fails', async () => {
    const file = jsonFile(join(folder, 'later', 'state.json'), schema);
    await expect(file.write({ count: 1 })).rejects.toThrow('ENOENT');
    await mkdir(join(folder, 'later'));
    await file.write({ count: 2 });
    expect(await file.read()).toEqual({ kind: 'found', value: { count: 2 } });
  });

  test('clears away what a killed writer left, but not what one is writing now', async () => {
    const old = join(folder, '.state.json.0123456789ab.tmp');
    const young = join(folder, '.state.json.ba9876543210.tmp');
    const foreign = join(folder, '.other.json.0123456789ab.tmp');
    for (const each of [old, young, foreign]) await writeFile(each, 'half');
    const anHourAgo = new Date(Date.now() - 60 * 60 * 1000);
    for (const each of [old, foreign]) await utimes(each, anHourAgo, anHourAgo);
    await jsonFile(path, schema).read();
    expect((await readdir(folder)).sort()).toEqual(
      ['.other.json.0123456789ab.tmp', '.state.json.ba9876543210.tmp'].sort(),
    );
  });

  test('is whole after its writer was killed at any moment', async () => {
    const program = await bundleEntry('electron/settings/test-support/write-forever.ts');
    const written = jsonFile(path, z.object({ count: z.int(), padding: z.string() }));
    for (let round = 0; round < 8; round += 1) {
      await killAfter(spawn(process.execPath, [program.file, path]), 5 + round * 7);
      expect((await written.read()).kind).toBe('found');
    }
    await program.remove();
  });
});

async function killAfter(child: ChildProcess, waitMs: number): Promise<void> {
  if (child.stdout !== null) await once(child.stdout, 'data');
  await delay(waitMs);
  child.kill('SIGKILL');
  await once(child, 'exit');
}
