import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../shared/settings.ts';
import { bundleEntry } from '../demo/test-support/bundle-entry.ts';
import { openSettings, readSettings, type SettingsFile } from './settings-file.ts';

let home: string;
let path: string;
let logged: string[];
let opened: SettingsFile[];

const open = async (): Promise<SettingsFile> => {
  const settings = await openSettings(home, (sentence) => logged.push(sentence));
  opened.push(settings);
  return settings;
};

const write = (value: unknown): Promise<void> =>
  writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
const onDisk = async (): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const bankrollOf = (settings: SettingsFile): string | null => settings.state().settings.bankroll;
const setAside = async (): Promise<string[]> =>
  (await readdir(home)).filter((name) => name.startsWith('settings.json.corrupt-'));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-settings-'));
  path = join(home, 'settings.json');
  logged = [];
  opened = [];
});

afterEach(async () => {
  for (const each of opened) await each.close();
  await rm(home, { recursive: true, force: true });
});

describe('at the start', () => {
  test('a missing file means defaults, and is not written', async () => {
    const settings = await open();
    expect(settings.state()).toEqual({ settings: defaultSettings, warnings: [], path });
    expect(await readdir(home)).toEqual([]);
  });

  test('a good file is kept as the backup, and a bad field is logged once', async () => {
    await write({ bankroll: '750', pnlIsGross: 'yes' });
    const settings = await open();
    expect(bankrollOf(settings)).toBe('750');
    expect(settings.state().warnings).toHaveLength(1);
    expect(logged).toEqual(settings.state().warnings);
    expect(await readFile(`${path}.bak`, 'utf8')).toBe(await readFile(path, 'utf8'));
  });

  test.each([
    ['{"bankroll": "75', 'no JSON from line 1, column 17 on'],
    ['', 'no JSON from line 1, column 1 on'],
    ['[]', 'it holds no keys within { }'],
    ['"text"', 'it holds no keys within { }'],
    ['null', 'it holds no keys within { }'],
    ['{} {}', 'no JSON from line 1, column 4 on'],
  ])('a file that is %j is put aside, and the last good one holds again', async (text, why) => {
    await write({ bankroll: '750', own: 1 });
    await (await open()).close();
    await write(text);
    const settings = await open();
    expect(bankrollOf(settings)).toBe('750');
    const [aside = ''] = await setAside();
    expect(await readFile(join(home, aside), 'utf8')).toBe(text);
    expect(settings.state().warnings[0]).toBe(
      `settings.json could not be understood (${why}) and was put aside as ${aside}. The last good settings are used.`,
    );
    expect(await onDisk()).toEqual({ bankroll: '750', own: 1 });
    await settings.close();
    expect((await open()).state().warnings).toEqual(['settings.json: unknown key own.']);
  });

  test('without a backup a corrupt file means defaults', async () => {
    await write('no JSON');
    await write('no JSON at all');
    const settings = await open();
    expect(settings.state().settings).toEqual(defaultSettings);
    expect(settings.state().warnings[0]).toMatch(/put aside as settings.*The defaults are used\.$/);
    expect(await readdir(home)).toEqual(await setAside());
  });

  test('a file that is none is told about and left alone', async () => {
    await mkdir(path);
    const settings = await open();
    expect(settings.state().warnings).toEqual([
      'settings.json cannot be read (it is no file). The defaults are used.',
    ]);
    await settings.setAppearance({ theme: 'dark' });
    expect(settings.state().settings.appearance.theme).toBe('dark');
    expect(settings.state().warnings[0]).toContain('until Plumbline quits');
    expect(await readdir(home)).toEqual(['settings.json']);
  });

  test('what is wrong in the backup that stands in is told too', async () => {
    await mkdir(path);
    await writeFile(`${path}.bak`, '{"bankroll": "much"}');
    expect((await open()).state().warnings).toEqual([
      'settings.json cannot be read (it is no file). The last good settings are used.',
      expect.stringContaining('bankroll "much" is no positive amount'),
    ]);
  });

  test('a byte order mark is no fault', async () => {
    await write('\ufeff{"bankroll": "750"}');
    expect(bankrollOf(await open())).toBe('750');
  });
});

describe('while it is followed', () => {
  const until = (assertion: () => void): Promise<void> =>
    vi.waitFor(assertion, { timeout: 4000, interval: 20 });

  test('a file that appears, is edited, replaced and deleted takes effect', async () => {
    const settings = await open();
    const seen: (string | null)[] = [];
    settings.onChange((state) => seen.push(state.settings.bankroll));
    await write({ bankroll: '1' });
    await until(() => expect(bankrollOf(settings)).toBe('1'));
    await write({ bankroll: '2' });
    await until(() => expect(bankrollOf(settings)).toBe('2'));
    await writeFile(join(home, 'new'), JSON.stringify({ bankroll: '3' }));
    await rename(join(home, 'new'), path);
    await until(() => expect(bankrollOf(settings)).toBe('3'));
    await rm(path);
    await until(() => expect(bankrollOf(settings)).toBe('500'));
    expect(seen).toEqual(['1', '2', '3', '500']);
  });

  test('a file that is empty, gone or half-written for a moment changes nothing', async () => {
    await write({ bankroll: '750' });
    const settings = await open();
    const seen: unknown[] = [];
    settings.onChange((state) => seen.push(state));
    await write('');
    await delay(200);
    await write('{"bankroll": "75');
    await delay(200);
    await rm(path);
    await delay(200);
    await write({ bankroll: '750' });
    await delay(1500);
    expect(seen).toEqual([]);
    expect(await setAside()).toEqual([]);
  });

  test('a file that stays broken is put aside once, told, and the figures stand', async () => {
    await write({ bankroll: '750' });
    const settings = await open();
    await write('{"bankroll": "9');
    await until(() => expect(settings.state().warnings).toHaveLength(1));
    expect(bankrollOf(settings)).toBe('750');
    await delay(800);
    expect(await setAside()).toHaveLength(1);
    expect(await onDisk()).toEqual({ bankroll: '750' });
    expect(logged).toHaveLength(1);
    await write({ bankroll: '800' });
    await until(() => expect(bankrollOf(settings)).toBe('800'));
    expect(settings.state().warnings).toEqual([]);
  });

  test('a listener that throws keeps neither the others nor the file from being followed', async () => {
    const settings = await open();
    const seen: unknown[] = [];
    settings.onChange(() => {
      throw new Error('a fault of the listener');
    });
    settings.onChange((state) => seen.push(state.settings.bankroll));
    await write({ bankroll: '1' });
    await until(() => expect(seen).toEqual(['1']));
    expect(logged).toEqual(['A listener of the settings failed.']);
  });

  test('nothing is followed after it was closed', async () => {
    const settings = await open();
    await settings.close();
    await write({ bankroll: '1' });
    await delay(500);
    expect(bankrollOf(settings)).toBe('500');
  });
});

describe('a change of appearance', () => {
  test('holds at once, keeps unknown keys, their order, and what is not understood', async () => {
    await write({
      own: { deep: [1] },
      bankroll: 'much',
      appearance: { glow: 1, theme: 'light' },
      z: 0,
    });
    const settings = await open();
    const change = settings.setAppearance({ theme: 'dark', palette: undefined });
    expect(settings.state().settings.appearance.theme).toBe('dark');
    await change;
    expect(JSON.stringify(await onDisk())).toBe(
      '{"version":1,"own":{"deep":[1]},"bankroll":"much","appearance":{"glow":1,"theme":"dark"},"z":0}',
    );
    expect((await readSettings(home)).settings.appearance.theme).toBe('dark');
  });

  test('without a file writes all settings, for a person to find', async () => {
    const settings = await open();
    await settings.setAppearance({ privacy: true });
    const appearance = { ...defaultSettings.appearance, privacy: true };
    expect(await onDisk()).toEqual({ ...defaultSettings, appearance });
  });

  test('does not undo an edit that was made a moment ago', async () => {
    await write({ bankroll: '1' });
    const settings = await open();
    await write({ bankroll: '2' });
    await settings.setAppearance({ privacy: true });
    expect(await onDisk()).toMatchObject({ bankroll: '2', appearance: { privacy: true } });
    expect(bankrollOf(settings)).toBe('2');
  });

  test('of many in a row the last one holds', async () => {
    const settings = await open();
    const values = Array.from({ length: 21 }, (_, index) => index % 2 === 0);
    await Promise.all(values.map((privacy) => settings.setAppearance({ privacy })));
    expect(settings.state().settings.appearance.privacy).toBe(true);
    expect(await onDisk()).toMatchObject({ appearance: { privacy: true } });
  });

  test('never overwrites a file of a newer version, holds all the same, and says so', async () => {
    const newer = { version: 2, bankroll: '9', appearance: { theme: 'light' } };
    await write(newer);
    const settings = await open();
    expect(bankrollOf(settings)).toBe('9');
    const { settings: set, warnings } = await settings.setAppearance({ theme: 'dark' });
    expect(set.appearance.theme).toBe('dark');
    expect(warnings[0]).toBe(
      'The change of appearance holds until Plumbline quits: settings.json is of a newer version.',
    );
    await settings.writeIfAbsent();
    expect(await onDisk()).toEqual(newer);
  });

  test('that could not be written outlasts an edit: hidden amounts stay hidden', async () => {
    const newer = { version: 2, bankroll: '9', appearance: { theme: 'light' } };
    await write(newer);
    const settings = await open();
    await settings.setAppearance({ privacy: true, theme: 'dark' });
    const shown: boolean[] = [];
    settings.onChange((state) => shown.push(state.settings.appearance.privacy));
    await write({ ...newer, bankroll: '10' });
    await vi.waitFor(() => expect(bankrollOf(settings)).toBe('10'), 4000);
    await write('no JSON at all');
    await vi.waitFor(() => expect(settings.state().warnings.join()).toContain('put aside'), 4000);
    expect(settings.state().settings.appearance).toMatchObject({ privacy: true, theme: 'dark' });
    expect(new Set(shown)).toEqual(new Set([true]));
    // Once the file says the same, the file is followed again.
    await write({ bankroll: '11', appearance: { privacy: true, theme: 'dark' } });
    await vi.waitFor(() => expect(bankrollOf(settings)).toBe('11'), 4000);
    expect(settings.state().warnings).toEqual([]);
    await write({ bankroll: '12' });
    await vi.waitFor(() => expect(bankrollOf(settings)).toBe('12'), 4000);
    expect(settings.state().settings.appearance).toEqual(defaultSettings.appearance);
  });

  test('that cannot be written holds and is told', async () => {
    const settings = await open();
    await rm(home, { recursive: true });
    const { settings: set, warnings } = await settings.setAppearance({ privacy: true });
    expect(set.appearance.privacy).toBe(true);
    expect(warnings).toEqual([
      'settings.json could not be written (ENOENT). What was changed holds until Plumbline quits.',
    ]);
    await mkdir(home);
    await settings.setAppearance({ palette: 'classic' });
    expect(settings.state().warnings).toEqual([]);
    expect(await onDisk()).toMatchObject({ appearance: { privacy: true, palette: 'classic' } });
  });
});

test('the file is written for a person to edit only when there is none', async () => {
  const settings = await open();
  await settings.writeIfAbsent();
  expect(await onDisk()).toEqual(defaultSettings);
  await write({ bankroll: '1' });
  await settings.writeIfAbsent();
  expect(await onDisk()).toEqual({ bankroll: '1' });
});

describe('a single read', () => {
  test('changes nothing on the disk, whatever it finds', async () => {
    expect(await readSettings(home)).toEqual({ settings: defaultSettings, warnings: [], path });
    await write('no JSON');
    expect((await readSettings(home)).warnings).toEqual([
      'settings.json could not be understood (no JSON). The defaults are used.',
    ]);
    await writeFile(`${path}.bak`, '{"bankroll": "750"}');
    const read = await readSettings(home);
    expect(read.settings.bankroll).toBe('750');
    expect(read.warnings[0]).toContain('The last good settings are used.');
    await writeFile(`${path}.bak`, '{"bankroll": "much"}');
    const warning = expect.stringContaining('bankroll "much" is no positive amount');
    expect((await readSettings(home)).warnings).toEqual([expect.any(String), warning]);
    await rm(path);
    await mkdir(path);
    expect((await readSettings(home)).warnings).toEqual([
      expect.stringContaining('it is no file'),
      warning,
    ]);
    expect((await readdir(home)).sort()).toEqual(['settings.json', 'settings.json.bak']);
  });
});

test('the file is whole after its writer was killed at any moment', async () => {
  const program = await bundleEntry('electron/settings/test-support/toggle-forever.ts');
  await write({ own: 'x'.repeat(20_000), bankroll: '750' });
  for (let round = 0; round < 8; round += 1) {
    const child = spawn(process.execPath, [program.file, home]);
    await once(child.stdout, 'data');
    await delay(5 + round * 7);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { settings, warnings } = await readSettings(home);
    expect(settings.bankroll).toBe('750');
    expect(warnings).toEqual(['settings.json: unknown key own.']);
  }
  expect(await setAside()).toEqual([]);
  await program.remove();
});
