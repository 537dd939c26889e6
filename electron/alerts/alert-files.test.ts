import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newInstance } from '../../shared/alerts/instance.ts';
import { emptyRule, meaningOf } from '../../shared/alerts/rule.ts';
import { someEpisode, someRule } from '../../shared/alerts/test-fixtures.ts';
import type { Migration } from '../settings/settings-migrations.ts';
import { replaceText } from '../settings/whole-file.ts';
import { type AlertSteps, openAlertFiles } from './alert-files.ts';
import { type Notice, noRules, noState, type StoredRules } from './stored-alerts.ts';

// No test can fill a disk, so a write may be made to fail.
vi.mock('../settings/whole-file.ts', async (original) => {
  const real = await original<typeof import('../settings/whole-file.ts')>();
  return { ...real, replaceText: vi.fn(real.replaceText) };
});

let home: string;
let told: string[];

const open = (steps?: AlertSteps) => openAlertFiles(home, (sentence) => told.push(sentence), steps);
const at = (name: string): string => join(home, name);
const write = (name: string, value: unknown): Promise<void> =>
  writeFile(at(name), typeof value === 'string' ? value : JSON.stringify(value));
const onDisk = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(at(name), 'utf8'));
const others = async (): Promise<string[]> =>
  (await readdir(home)).filter((name) => !/^alert-(rules|state)\.json$/.test(name));

const loss = someRule();
const notice: Notice = {
  ...{ id: 'fired x', what: 'fired', episodeId: 'x', at: '2026-11-23T03:12:00.000000Z' },
  ...{ isOfGap: false, by: 'toast', isTried: false, failures: 0 },
};
const instance = newInstance(loss.id, null, meaningOf(loss));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-alerts-'));
  told = [];
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('at the start', () => {
  test('missing files are defaults, without a word', async () => {
    const files = await open();
    expect([files.rules(), files.state(), files.warnings()]).toEqual([noRules, noState, []]);
    expect(await readdir(home)).toEqual([]);
  });

  test('what was saved is there, for its owner alone', async () => {
    const files = await open();
    const rules: StoredRules = { ...noRules, rules: [loss], presetsAnswered: true };
    const firing = { kind: 'firing', episode: someEpisode() } as const;
    const state = {
      ...{ ...noState, ledger: 'a', instances: [{ ...instance, state: firing }] },
      ...{ ended: [someEpisode({ id: 'old' })], outbox: [notice], day: '2026-11-23' },
    };
    await Promise.all([files.saveRules(rules), files.saveState(state)]);
    const again = await open();
    expect([again.rules(), again.state(), told]).toEqual([rules, state, []]);
    expect((await stat(at('alert-state.json'))).mode & 0o777).toBe(0o600);
    expect(await others()).toEqual([]);
  });

  test.each(['{"rules": [', '', '[]', '"text"', 'null'])(
    'a file with %j in it is put aside and told once',
    async (text) => {
      await write('alert-rules.json', text);
      await write('alert-state.json', { ...noState, ledger: 'a' });
      const files = await open();
      expect([files.rules(), files.state().ledger]).toEqual([noRules, 'a']);
      const [aside = ''] = await others();
      expect(aside).toMatch(/^alert-rules\.json\.corrupt-/);
      expect(await readFile(at(aside), 'utf8')).toBe(text);
      expect(told).toEqual([
        `alert-rules.json was put aside as ${aside}, for it could not be understood. The defaults are used.`,
      ]);
      expect(files.warnings()).toEqual(told);
      await files.saveRules({ ...noRules, rules: [loss] });
      expect((await open()).rules().rules).toEqual([loss]);
      expect(told).toHaveLength(1);
    },
  );

  test('a file that cannot be read is told about and never written', async () => {
    await mkdir(at('alert-state.json'));
    const files = await open();
    expect(files.state()).toEqual(noState);
    expect(told).toEqual([
      'alert-state.json cannot be read (it is no file). The defaults are used, and the file is left as it is: mend that and start Plumbline again.',
    ]);
    await expect(files.saveState(noState)).rejects.toThrow(
      'alert-state.json is not written, for it could not be read (it is no file).',
    );
    await files.saveRules(noRules);
    expect(await readdir(at('alert-state.json'))).toEqual([]);
  });
});

describe('one bad part costs itself alone', () => {
  test('of the rules', async () => {
    const drawdown = emptyRule('fall', 'drawdown');
    const text = {
      version: 1,
      rules: [
        loss,
        { ...drawdown, name: 'Deep', threshold: 'much' },
        drawdown,
        7,
        { ...loss, name: 'Twin' },
        { ...emptyRule('odd', 'drawdown'), name: 'Endless', recovery: '90' },
      ],
      delivery: {
        quietHours: { from: '22:00', to: '25:00' },
        webhook: { preset: 'ntfy', url: 'https://ntfy.example/t', from: 'info' },
        tellsDailyClose: true,
      },
      presetsAnswered: 'yes',
    };
    await write('alert-rules.json', text);
    const files = await open();
    expect(files.rules()).toEqual({
      ...noRules,
      rules: [
        ...[loss, drawdown],
        { ...emptyRule('odd', 'drawdown'), name: 'Endless', recovery: '90', isEnabled: false },
      ],
      delivery: { ...text.delivery, quietHours: null },
    });
    const last = told.at(-1) ?? '';
    expect(told.slice(0, -1)).toEqual([
      'alert-rules.json: rule 2 "Deep" is left out: its threshold is missing or no such value.',
      'alert-rules.json: rule 4 is left out: it is none.',
      'alert-rules.json: rule "Twin" is left out: its id "day-loss" is there twice.',
      'alert-rules.json: rule "Endless" is switched off. An end at $90.00 does not lie on the safe side of $50.00: enter one below it.',
      'alert-rules.json: delivery.quietHours is not understood; its default is used.',
      'alert-rules.json: presetsAnswered is not understood; its default is used.',
    ]);
    // What was left out is not lost with the first change.
    expect(await others()).toEqual([]);
    await files.saveRules(files.rules());
    await files.saveRules(files.rules());
    const [copy = ''] = await others();
    expect(last).toBe(`alert-rules.json: before the first change a copy is kept as ${copy}.`);
    expect([await onDisk(copy), await others()]).toEqual([text, [copy]]);
  });

  test('of the state', async () => {
    const bad = { kind: 'firing', episode: { ...someEpisode(), severity: 'awful' } };
    await write('alert-state.json', {
      ...noState,
      instances: [{ ...instance, state: bad }, instance],
      ended: [someEpisode(), { ...someEpisode({ id: 'b' }), start: null }],
      outbox: [{ ...notice, by: 'pigeon' }, notice],
      dailyCloses: 'none',
      evaluated: { asOf: 'noon' },
      seasoned: ['day-loss', 3],
      day: '2026-11-23',
    });
    const files = await open();
    expect(files.state()).toEqual({
      ...{ ...noState, instances: [instance], ended: [someEpisode()], outbox: [notice] },
      ...{ seasoned: ['day-loss'], day: '2026-11-23' },
    });
    expect(told.slice(0, -1)).toEqual([
      'alert-state.json: instance 1 "day-loss" is left out: its state.episode.severity is missing or no such value.',
      'alert-state.json: episode 2 "Day P&L" is left out: its start is missing or no such value.',
      'alert-state.json: notice 1 "fired x" is left out: its by is missing or no such value.',
      'alert-state.json: evaluated is not understood; its default is used.',
      'alert-state.json: id of a rule 2 is left out: it is none.',
      'alert-state.json: dailyCloses is no list; none is used.',
    ]);
  });

  test('a file full of faults does not fill the screen, and no secret is told', async () => {
    const url = 'https://user:hunter2@example.com/x';
    const delivery = { webhook: { preset: 'plain', url, from: 'nobody' } };
    await write('alert-rules.json', { delivery, rules: Array(500).fill({ name: url }) });
    const files = await open();
    expect(files.rules()).toEqual(noRules);
    expect(told).toHaveLength(22);
    expect(told.at(-2)).toBe('alert-rules.json: 481 more of this kind.');
    expect(told.join()).not.toContain('hunter2');
  });
});

describe('versions', () => {
  const named: Migration = ({ alarms, ...rest }) => ({ ...rest, rules: alarms });
  const answered: Migration = (document) => ({ ...document, presetsAnswered: true });
  const steps: AlertSteps = { rules: [named, answered], state: [] };

  test.each([
    [1, { alarms: [loss] }, true],
    [2, { rules: [loss] }, true],
    [3, { rules: [loss] }, false],
  ])('a document of version %i is led to version 3', async (version, content, isAnswered) => {
    await write('alert-rules.json', { version, ...content });
    const files = await open(steps);
    expect(files.rules()).toEqual({ ...noRules, rules: [loss], presetsAnswered: isAnswered });
    expect(told).toEqual([]);
    await files.saveRules(files.rules());
    expect(await onDisk('alert-rules.json')).toMatchObject({ version: 3, rules: [loss] });
    expect((await open(steps)).rules()).toEqual(files.rules());
    expect(await others()).toEqual([]);
  });

  test('a document without a version is of the first', async () => {
    await write('alert-rules.json', { alarms: [loss] });
    expect((await open(steps)).rules().rules).toEqual([loss]);
  });

  test('one that a step cannot lead up is put aside', async () => {
    const failing: Migration = () => {
      throw new TypeError('no such thing');
    };
    await write('alert-state.json', { version: 1, ledger: 'a' });
    const files = await open({ rules: [], state: [failing] });
    expect(files.state()).toEqual(noState);
    expect(told).toEqual([
      'alert-state.json could not be led from version 1 to 2.',
      expect.stringMatching(/put aside as .*, for its version 1 could not be led to 2\./),
    ]);
    expect(await onDisk((await others())[0] ?? '')).toEqual({ version: 1, ledger: 'a' });
  });

  test('a newer one is used as far as it is understood, and kept before it is overwritten', async () => {
    const newer = { ...noRules, version: 2, rules: [loss], moods: ['calm'] };
    await write('alert-rules.json', newer);
    const files = await open();
    expect(files.rules().rules).toEqual([loss]);
    expect(told).toHaveLength(1);
    expect(await onDisk('alert-rules.json')).toEqual(newer);
    await files.saveRules(files.rules());
    const [copy = ''] = await others();
    expect(told[0]).toBe(
      `alert-rules.json is of version 2, newer than this Plumbline knows (1); what is understood is used. Before the first change a copy is kept as ${copy}.`,
    );
    expect(copy).toMatch(/^alert-rules\.json\.version-2-/);
    expect(await onDisk(copy)).toEqual(newer);
    expect(await onDisk('alert-rules.json')).toEqual(files.rules());
  });

  test('while no copy can be kept, nothing is overwritten', async () => {
    await write('alert-rules.json', { ...noRules, version: 2, moods: [] });
    const files = await open();
    const [, copy = ''] = /kept as (\S+)\.$/.exec(told[0] ?? '') ?? [];
    await mkdir(at(copy));
    await expect(files.saveRules(noRules)).rejects.toThrow('no copy of it could be kept');
    expect(await onDisk('alert-rules.json')).toMatchObject({ version: 2 });
    await rm(at(copy), { recursive: true });
    await files.saveRules(noRules);
    expect(await onDisk(copy)).toMatchObject({ version: 2 });
    expect(await onDisk('alert-rules.json')).toEqual(noRules);
  });

  test.each(['two', 0, 1.5, null])('%j is no version', async (version) => {
    await write('alert-rules.json', { ...noRules, version, rules: [loss] });
    expect((await open()).rules().rules).toEqual([loss]);
    if (version !== null) expect(told[0]).toContain('its version is no version; 1 is used.');
  });
});

describe('a save', () => {
  test('of many in a row leaves the newest, with few writes', async () => {
    const files = await open();
    vi.mocked(replaceText).mockClear();
    const saves = Array.from({ length: 50 }, (_, day) =>
      files.saveState({ ...noState, day: String(day) }),
    );
    await Promise.all(saves);
    expect(await onDisk('alert-state.json')).toMatchObject({ day: '49' });
    expect(vi.mocked(replaceText).mock.calls.length).toBeLessThan(3);
  });

  test.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk is read-only'],
    ['EACCES', 'this user may not write there'],
    ['EIO', 'EIO'],
  ])('that fails with %s says so, and the old file stands', async (code, why) => {
    const files = await open();
    await files.saveState({ ...noState, day: '1' });
    vi.mocked(replaceText).mockRejectedValueOnce(Object.assign(new Error('no'), { code }));
    await expect(files.saveState({ ...noState, day: '2' })).rejects.toThrow(
      `alert-state.json could not be written: ${why}. What changed holds until Plumbline quits, and is written with the next change.`,
    );
    expect(await onDisk('alert-state.json')).toMatchObject({ day: '1' });
    await files.saveState({ ...noState, day: '3' });
    expect(await onDisk('alert-state.json')).toMatchObject({ day: '3' });
  });

  test('into a folder that is gone says so', async () => {
    const files = await open();
    await rm(home, { recursive: true });
    await expect(files.saveRules(noRules)).rejects.toThrow('its folder is gone');
  });
});
