import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someAlert } from '../../shared/alerts/test-fixtures.ts';
import type { MonitorState } from '../../shared/monitor-state.ts';
import { watchingState } from '../../shared/test-fixtures.ts';
import { openTestFeed, type TestFeed } from '../feed/test-support/open-test-feed.ts';
import { type HomeLock, takeHomeLock } from '../settings/home-lock.ts';
import { runStatusCommand } from './status.ts';
import { runCommand } from './test-support/run-command.ts';

let feed: TestFeed;
let lock: HomeLock;

beforeEach(async () => {
  feed = await openTestFeed();
  const taken = await takeHomeLock(feed.home, 'app');
  if (taken.kind !== 'taken') throw new Error('Somebody holds it');
  ({ lock } = taken);
  lock.tellFeed(() => feed.address);
});
afterEach(async () => {
  await lock.release();
  await feed.close();
});

const status = (...args: readonly string[]) =>
  runCommand(runStatusCommand, args, { PLUMBLINE_HOME: feed.home });

const watches = (change: Partial<MonitorState>): void =>
  feed.states.monitor.tell(watchingState(change));

const setReady = (isReady: boolean): void =>
  feed.states.alerts.tell({ ...feed.states.alerts.state(), isReady });

const doubts: readonly (readonly [string, () => void, string])[] = [
  ['is paused', () => watches({ status: { kind: 'paused' } }), 'the app is paused'],
  [
    'has no figures',
    () => watches({ status: { kind: 'starting' }, asOf: null, ageMs: null, loaded: 0.427 }),
    'the app has no figures yet, with 42 % of the history read (ask again',
  ],
  ['reads anew', () => watches({ status: { kind: 'verifying' } }), 'reads its figures anew'],
  ['is out of date', () => watches({ ageMs: 60_999 }), 'has confirmed no figures for 60 s ('],
  ['has not looked', () => setReady(false), 'has not evaluated them on fresh figures yet ('],
];

describe('status, where an app watches', () => {
  it('has nothing to add while the figures are live or late', async () => {
    for (const ageMs of [0, 5000]) {
      watches({ ageMs });
      expect(await status('--fail-on', 'warning')).toMatchObject({ code: 0, err: '' });
    }
  });

  it.each(doubts)('says that nobody can look while it %s', async (_, arrange, says) => {
    arrange();
    const checked = await status('--fail-on', 'critical');
    expect(checked.err).toMatch(/^status: The alerts may not hold now, for the app [^\n]+\)\.\n$/);
    expect(checked.err).toContain(says);
    expect(checked.out).toContain('Known by  the app');
    expect(checked.code).toBe(4);
    // Whoever only reads is told, and has asked for no verdict.
    expect(await status()).toEqual({ ...checked, code: 0 });
  });

  it.each(doubts)('an alert that fires counts for more, while it %s', async (_, arrange) => {
    feed.states.alerts.tell({ ...feed.states.alerts.state(), current: [someAlert()] });
    arrange();
    const { code, err } = await status('--fail-on', 'warning');
    expect(err).toMatch(/^status: The alerts may not hold now/);
    expect(code).toBe(1);
    expect((await status('--fail-on', 'critical')).code).toBe(4);
  });

  it.each([
    ['refused', 3],
    ['table-locked', 4],
  ] as const)('says why it has lost the ledger (%s)', async (failureCode, code) => {
    const failure = { code: failureCode, cause: 'It is so.', remedy: 'Mend it.' };
    watches({
      ...{ ageMs: 60_000 },
      status: {
        ...{ kind: 'failing', nextTryInMs: 1000, attempts: 2 },
        failure: { ...failure, retry: 'backoff' },
      },
    });
    setReady(false);
    const lost = await status('--fail-on', 'critical');
    expect(lost).toMatchObject({ code, err: 'status: It is so (Mend it).\n' });
  });
});
