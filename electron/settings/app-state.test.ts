import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppState } from './app-state.ts';

const windowPlace = { x: -10, y: 20, width: 900, height: 600, maximized: true };
const miniPlace = { x: 1300, y: -40, isOpen: true };

let folder: string;
let path: string;
let told: string[];

const open = () => openAppState(path, (message) => told.push(message));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-state-'));
  path = join(folder, 'app-state.json');
  told = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was changed is there at once, and again after a restart', async () => {
  const state = await open();
  expect(state.values()).toEqual({ windowPlace: null, miniPlace: null, toldAboutTray: false });
  for (let x = 0; x < 100; x += 1) state.change({ windowPlace: { ...windowPlace, x } });
  state.change({ toldAboutTray: true, windowPlace, miniPlace });
  expect(state.values()).toEqual({ windowPlace, miniPlace, toldAboutTray: true });
  await state.close();
  expect((await open()).values()).toEqual({ windowPlace, miniPlace, toldAboutTray: true });
  expect(told).toEqual([]);
});

test('one bad field costs that field alone', async () => {
  await writeFile(
    path,
    JSON.stringify({ windowPlace: { x: 'left' }, toldAboutTray: true, new: 1 }),
  );
  expect((await open()).values()).toEqual({
    windowPlace: null,
    miniPlace: null,
    toldAboutTray: true,
  });
  expect(told).toEqual([]);
});

test('an unreadable file is told about and put aside', async () => {
  await writeFile(path, 'no JSON');
  const state = await open();
  expect(state.values()).toEqual({ windowPlace: null, miniPlace: null, toldAboutTray: false });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('app-state.json.corrupt-');
});

test('a folder that has gone is told about, and the values stay in memory', async () => {
  const state = await open();
  await rm(folder, { recursive: true });
  state.change({ toldAboutTray: true });
  await state.close();
  expect(state.values().toldAboutTray).toBe(true);
  expect(told).toHaveLength(1);
  await expect(readFile(path)).rejects.toThrow('ENOENT');
});
