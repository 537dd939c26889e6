import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWebhookSecret, type SecretBox } from './webhook-secret.ts';

let home: string;
let path: string;
let told: string[];

/** Turns each byte round; another key turns it otherwise. */
const boxOf = (key: number, isAvailable = true): SecretBox => {
  const turned = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ key));
  return {
    isAvailable: () => isAvailable,
    encrypt: (text) => turned(Buffer.from(`key ${text}`)),
    decrypt: (encrypted) => {
      const text = turned(encrypted).toString();
      if (!text.startsWith('key ')) throw new Error(`Error while decrypting ${text}`);
      return text.slice(4);
    },
  };
};

const box = boxOf(0x5a);
const open = (own = box) => openWebhookSecret(home, own, (sentence) => told.push(sentence));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-secret-'));
  path = join(home, 'alert-secret.json');
  told = [];
});

afterEach(() => rm(home, { recursive: true, force: true }));

test('at first none is known, and nothing is written', async () => {
  const secret = await open();
  expect([secret.get(), secret.warning(), told]).toEqual([null, null, []]);
  expect(await readdir(home)).toEqual([]);
});

test('it is kept encrypted, for its owner alone', async () => {
  const secret = await open();
  const kept = secret.set('open-sesame');
  expect(secret.get()).toBe('open-sesame');
  await kept;
  expect((await open()).get()).toBe('open-sesame');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).not.toContain('sesame');
  expect([secret.warning(), told]).toEqual([null, []]);
});

test.each([null, ''])('%j takes it away', async (none) => {
  const secret = await open();
  await secret.set('open-sesame');
  await secret.set(none);
  expect(secret.get()).toBeNull();
  expect(await readdir(home)).toEqual([]);
  expect((await open()).get()).toBeNull();
});

test('of several changes the last one holds', async () => {
  const secret = await open();
  await Promise.all(['one', null, 'two', 'three'].map((each) => secret.set(each)));
  expect((await open()).get()).toBe('three');
});

test('without a keyring it is never written, and a person is told', async () => {
  const secret = await open(boxOf(0, false));
  expect(told).toEqual([]);
  await secret.set('open-sesame');
  expect(secret.get()).toBe('open-sesame');
  expect(secret.warning()).toContain('This system has no keyring');
  expect(told).toEqual([secret.warning()]);
  expect(await readdir(home)).toEqual([]);
});

test('one that was kept waits for its keyring', async () => {
  await (await open()).set('open-sesame');
  const without = await open(boxOf(0, false));
  expect(without.get()).toBeNull();
  expect(without.warning()).toContain('This system has no keyring');
  expect((await open()).get()).toBe('open-sesame');
});

test('one of another keyring is asked for again, and nothing of it is shown', async () => {
  await (await open()).set('open-sesame');
  const secret = await open(boxOf(0x11));
  expect(secret.get()).toBeNull();
  expect(secret.warning()).toBe(
    'The webhook’s secret in alert-secret.json cannot be decrypted: it is of another person or keyring. Enter it again.',
  );
  expect(told).toEqual([secret.warning()]);
  await secret.set('another');
  expect([secret.get(), secret.warning()]).toEqual(['another', null]);
});

test.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o620, 0o601])(
  'a file of mode %o is not used, until it is written anew',
  async (mode) => {
    await (await open()).set('open-sesame');
    await chmod(path, mode);
    const secret = await open();
    expect(secret.get()).toBeNull();
    expect(secret.warning()).toContain(`its mode is ${mode.toString(8)}`);
    await secret.set('another');
    expect(secret.warning()).toBeNull();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await open()).get()).toBe('another');
  },
);

test.each(['', 'no JSON', '{"version":2,"encrypted":""}', '{"version":1}'])(
  'a file of %j is put aside',
  async (text) => {
    await writeFile(path, text, { mode: 0o600 });
    const secret = await open();
    expect(secret.get()).toBeNull();
    expect(secret.warning()).toContain('was put aside');
    expect(await readdir(home)).toEqual([expect.stringMatching(/^alert-secret\.json\.corrupt-/)]);
  },
);

test('what is no file is told about, and a secret holds until Plumbline quits', async () => {
  await mkdir(path, { mode: 0o700 });
  const secret = await open();
  expect(secret.warning()).toContain('cannot be read (EISDIR)');
  await secret.set('open-sesame');
  expect(secret.get()).toBe('open-sesame');
  expect(secret.warning()).toContain('It holds until Plumbline quits.');
  await secret.set(null);
  expect(secret.warning()).toContain('cannot be deleted');
  expect(told).toHaveLength(3);
  expect(told.join()).not.toContain('sesame');
});
