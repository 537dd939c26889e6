import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPostgresBinaries, hydrateLinks } from './postgres-binaries.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline links '));
  await mkdir(path.join(folder, 'native', 'lib'), { recursive: true });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the binaries of this platform', () => {
  it('are found and run', async () => {
    const { postgres, initdb } = await findPostgresBinaries();
    for (const program of [postgres, initdb]) {
      expect(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout).toContain('18.');
    }
  });
});

describe('the links that a package cannot carry', () => {
  it('are made where they are missing and left alone where they are not', async () => {
    const inLib = (name: string): string => path.join(folder, 'native', 'lib', name);
    const links = [
      { source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    ];
    await writeFile(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await writeFile(inLib('libicuuc.so.60.2'), 'icu');
    await writeFile(inLib('libpq.so.5.18'), 'pq');
    await symlink('somewhere-else', inLib('libpq.so.5'));
    // Two starts at once do not get into each other's way.
    await Promise.all([hydrateLinks(folder), hydrateLinks(folder)]);
    expect(await readFile(inLib('libicuuc.so.60'), 'utf8')).toBe('icu');
    expect(await readlink(inLib('libicuuc.so.60'))).toBe('libicuuc.so.60.2');
    expect(await readlink(inLib('libpq.so.5'))).toBe('somewhere-else');
  });

  it('are no matter where there is no list of them', async () => {
    await expect(hydrateLinks(folder)).resolves.toBeUndefined();
  });
});
