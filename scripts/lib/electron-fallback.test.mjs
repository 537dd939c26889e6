import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifySha512 } from './electron-fallback.mjs';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('an archive is refused when one bit of it was changed', async () => {
  const archive = join(folder, 'archive.tgz');
  const content = randomBytes(3_000_000);
  const expected = createHash('sha512').update(content).digest('base64');
  await writeFile(archive, content);
  await expect(verifySha512(archive, expected)).resolves.toBeUndefined();

  content.writeUInt8(content.readUInt8(1_234_567) ^ 1, 1_234_567);
  await writeFile(archive, content);
  await expect(verifySha512(archive, expected)).rejects.toThrow('not the expected one');
});

test('an archive is refused when its end is missing', async () => {
  const archive = join(folder, 'short.tgz');
  const content = randomBytes(100_000);
  const expected = createHash('sha512').update(content).digest('base64');
  await writeFile(archive, content.subarray(0, -1));
  await expect(verifySha512(archive, expected)).rejects.toThrow('not unpacked');
});
