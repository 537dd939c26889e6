import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withLock } from './lock.mjs';
import { inCache } from './places.mjs';

let cache = '';
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'plumbline-lock-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
  vi.stubEnv('LOCALAPPDATA', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

test.skipIf(process.platform === 'darwin')('two runs take turns and leave nothing', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => setTimeout(done, 30));
    inside -= 1;
  };
  await Promise.all([withLock('turns', work), withLock('turns', work), withLock('turns', work)]);
  expect(most).toBe(1);
  expect(await readdir(inCache('locks'))).toEqual([]);
});

test.skipIf(process.platform === 'darwin')('the lock of a dead run is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await mkdir(inCache('locks'), { recursive: true });
  await writeFile(inCache('locks', 'dead.lock'), String(pid));
  expect(await withLock('dead', async () => 'done')).toBe('done');
  expect(await readdir(inCache('locks'))).toEqual([]);
});
