import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addToken, makeFirstToken, readTokens, revokeToken, tokenPath } from './token-file.ts';

let home: string;
let turn: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumbline-token-file-'));
  turn = join(home, '.feed-tokens-turn');
});

afterEach(() => rm(home, { recursive: true, force: true }));

const namesNow = async (): Promise<string[]> =>
  (await readTokens(home)).map(({ name }) => name).toSorted();

const namesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `reader-${String(index).padStart(2, '0')}`);

// Nothing of these is kept in the process, so it is the same as with many processes.
describe('changes at once', () => {
  test('lose no token and no revocation', async () => {
    const old = ['old-0', 'old-1', 'old-2'];
    for (const name of old) await addToken(home, name);
    const added = namesOf(12);
    const made = await Promise.all(
      added.flatMap((name, index) => [
        addToken(home, name),
        ...old.slice(index, index + 1).map((each) => revokeToken(home, each)),
      ]),
    );
    expect(await namesNow()).toEqual(added);
    const tokens = (await readTokens(home)).map(({ token }) => token);
    expect(made.filter((each) => each !== undefined).toSorted()).toEqual(tokens.toSorted());
    expect((await stat(tokenPath(home))).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['feed-tokens.json']);
  });

  test('give one name to one of them alone', async () => {
    const tries = await Promise.allSettled(namesOf(6).map(() => addToken(home, 'grafana')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = tries.flatMap((each) => (each.status === 'rejected' ? [`${each.reason}`] : []));
    expect(new Set(refused)).toEqual(
      new Set([expect.stringContaining('There is a token named grafana already')]),
    );
    expect(await namesNow()).toEqual(['grafana']);
  });

  test('make the first token once, and none beside another', async () => {
    await Promise.all(namesOf(6).map(() => makeFirstToken(home)));
    expect(await namesNow()).toEqual(['browser']);
  });

  test('are none where nothing is to be changed', async () => {
    await expect(revokeToken(home, 'nobody')).rejects.toThrow(/known are: none/);
    expect(await readdir(home)).toEqual([]);
  });
});

describe('a turn', () => {
  test('of a process that was killed is over after a while', async () => {
    await addToken(home, 'old');
    await mkdir(turn);
    await writeFile(join(turn, '.feed-tokens-killed'), '{"version":1,');
    await Promise.all([addToken(home, 'new'), revokeToken(home, 'old')]);
    expect(await namesNow()).toEqual(['new']);
    expect(await readdir(home)).toEqual(['feed-tokens.json']);
  });

  test('of a process that was killed just after its change is over at once', async () => {
    await mkdir(turn);
    const began = performance.now();
    await addToken(home, 'new');
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await readdir(home)).toEqual(['feed-tokens.json']);
  });

  test('that is taken away at any moment loses nothing', async () => {
    await addToken(home, 'old');
    let isOver = false;
    let taken = 0;
    const takeAway = async (): Promise<void> => {
      while (!isOver) {
        const drafts = await readdir(turn).catch(() => []);
        for (const draft of drafts) {
          await rm(join(turn, draft)).then(
            () => (taken += 1),
            () => undefined,
          );
        }
        await delay(Math.random() * 4);
      }
    };
    const taking = takeAway();
    const added = namesOf(12);
    await Promise.all([
      ...added.map((name) => addToken(home, name)),
      revokeToken(home, 'old'),
    ]).finally(() => {
      isOver = true;
    });
    await taking;
    expect(taken).toBeGreaterThan(0);
    expect(await namesNow()).toEqual(added);
  });
});
