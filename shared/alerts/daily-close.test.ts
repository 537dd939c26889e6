import { describe, expect, test } from 'vitest';
import { figureOf, sampleSnapshot } from '../../electron/cli/test-support/sample-snapshot.ts';
import type { Snapshot, TradingDay } from '../snapshot.ts';
import { dailyCloseMarkdown, dailyCloseOf, dailyCloseToast } from './daily-close.ts';
import { someEpisode } from './test-fixtures.ts';

const over: TradingDay = {
  ...{ name: '2026-11-23', zone: 'UTC' },
  ...{ start: '2026-11-23T00:00:00.000000Z', end: '2026-11-24T00:00:00.000000Z' },
};
const next: TradingDay = {
  ...{ name: '2026-11-24', zone: 'UTC' },
  ...{ start: '2026-11-24T00:00:00.000000Z', end: '2026-11-25T00:00:00.000000Z' },
};
const fresh = (days: Snapshot['days'], change: Partial<Snapshot> = {}): Snapshot => {
  const sample = sampleSnapshot();
  return {
    ...sample,
    ...{ asOf: '2026-11-24T00:00:01.000000Z', day: next, days },
    figures: { ...sample.figures, 'worst-case': figureOf('-38.2') },
    ...change,
  };
};
const lastLook = (change: Partial<Snapshot['today']> = {}): Snapshot => {
  const sample = sampleSnapshot({ day: over });
  return { ...sample, today: { ...sample.today, ...change } };
};
const known = [{ name: '2026-11-23', pnl: '41.855', closes: 11 }];
const none = { wins: 0, draws: 0, losses: 0 };

describe('the close of a day', () => {
  test('has the figures of the new day, and the outcomes of the last look where they fit', () => {
    const close = dailyCloseOf({
      ...{ snapshot: fresh(known), day: over, before: lastLook(), episodes: [] },
    });
    expect(close).toMatchObject({
      ...{ day: '2026-11-23', at: '2026-11-24T00:00:01.000000Z', pnl: '41.855' },
      ...{ closes: 11, wins: 6, draws: 1, losses: 4, open: 41, openWorstCase: '-38.2', alerts: [] },
    });
    expect(close.limits.map(({ name }) => name)).toContain('Daily loss');
  });

  test('does not make up outcomes: a close came after the last look, or nobody looked', () => {
    const facts = { snapshot: fresh(known), day: over, episodes: [] };
    for (const last of [null, lastLook({ closes: 10 }), lastLook({ pnl: figureOf('40') })]) {
      const close = dailyCloseOf({ ...facts, before: last });
      expect(close).toMatchObject({ pnl: '41.855', closes: 11, ...none });
    }
    // A look at another day says nothing about this one, of its limits neither.
    const other = { ...lastLook(), day: next };
    expect(dailyCloseOf({ ...facts, before: other })).toMatchObject({ ...none, limits: [] });
  });

  test('takes a count over the closes before anything else', () => {
    const counted = { pnl: '5', closes: 3, wins: 2, draws: 0, losses: 1 };
    const facts = { snapshot: fresh(known), day: over, before: lastLook(), episodes: [], counted };
    expect(dailyCloseOf(facts)).toMatchObject(counted);
  });

  test('of longer ago than the figures go back is not known', () => {
    const facts = { snapshot: fresh([]), day: over, before: lastLook(), episodes: [] };
    expect(dailyCloseOf(facts)).toMatchObject({ pnl: null, closes: 0, ...none });
  });

  test('of a ledger in which nothing ever closed has no P&L', () => {
    const { counts } = sampleSnapshot();
    const days = [{ name: '2026-11-23', pnl: '0', closes: 0 }];
    const snapshot = fresh(days, { counts: { ...counts, scored: 0 } });
    const close = dailyCloseOf({ snapshot, day: over, before: null, episodes: [] });
    expect(close).toMatchObject({ pnl: null, closes: 0 });
  });

  test('has the limits as shares, and none where one cannot be said', () => {
    const [limit] = sampleSnapshot().limits;
    if (limit === undefined) throw new Error('The sample has a limit');
    const missing = { kind: 'not-computable', value: null, reason: 'no bankroll is set' } as const;
    const last = {
      ...lastLook(),
      limits: [
        { ...limit, used: figureOf('20'), limit: figureOf('50') },
        { ...limit, kind: 'venue' as const, subject: 'kal\u202eshi', limit: missing },
        { ...limit, used: figureOf('1'), limit: figureOf('0') },
      ],
    };
    const facts = { snapshot: fresh(known), day: over, before: last, episodes: [] };
    expect(dailyCloseOf(facts).limits).toMatchObject([
      { name: 'Daily loss', used: '20', share: '0.4' },
      { name: 'Venue kal·shi', share: null },
      { used: '1', share: null },
    ]);
  });

  test('has the episodes that began in it, the first one first', () => {
    const began = (at: string) => someEpisode({ start: { at, value: '-62.1' } });
    const episodes = [
      began('2026-11-24T00:00:00.000000Z'),
      began('2026-11-23T05:00:00.000000Z'),
      {
        ...began('2026-11-23T00:00:00.000000Z'),
        ...{ end: { at: next.start, value: '-62' }, endReason: 'rollover' as const },
      },
      began('2026-11-22T23:59:59.999999Z'),
    ];
    const close = dailyCloseOf({ snapshot: fresh(known), day: over, before: null, episodes });
    expect(close.alerts).toEqual([
      {
        ...{ at: '2026-11-23T00:00:00.000000Z', severity: 'warning' },
        ...{ title: 'Day P&L −$62.10, line −$50.00', end: 'the day closed at −$62.00' },
      },
      {
        ...{ at: '2026-11-23T05:00:00.000000Z', severity: 'warning' },
        ...{ title: 'Day P&L −$62.10, line −$50.00', end: 'lasts' },
      },
    ]);
  });
});

const close = dailyCloseOf({
  ...{ snapshot: fresh(known), day: over, before: { ...lastLook(), limits: [] } },
  episodes: [someEpisode({ scope: 'a|b <img src=x>' })],
});

describe('as Markdown', () => {
  test('it is a heading, facts and tables', () => {
    const limits = [{ name: 'Daily loss', used: '20', share: '0.4' }];
    expect(dailyCloseMarkdown({ ...close, limits, alerts: [] })).toBe(
      [
        ...['# Mon 23 Nov 2026: +$41.86', ''],
        ...['- P&L: +$41.86', '- Closes: 11 closes (6 wins, 1 draw, 4 losses)'],
        ...['- Left open: 41 trades, worst case −$38.20'],
        ...['- Written at: 2026-11-24T00:00:01.000000Z', ''],
        ...['## Limits at the last look', '', '| Limit | Used | Of the limit |'],
        ...['| --- | ---: | ---: |', '| Daily loss | $20.00 | 40.0 % |', ''],
        ...['## Alerts', '', 'None.', ''],
      ].join('\n'),
    );
  });

  test('a hostile name breaks no table', () => {
    const markdown = dailyCloseMarkdown(close);
    expect(markdown).toContain(
      '| 03:12:00 | warning | Day P&L of a\\|b \\<img src=x\\> −$62.10, line −$50.00 | lasts |\n',
    );
    expect(markdown).toContain('\nNot known: no limit is set, or nobody watched.\n');
  });

  test('what is not known is said', () => {
    const unknown = { ...close, pnl: null, closes: 0, ...none, open: 0, openWorstCase: null };
    expect(dailyCloseMarkdown(unknown)).toMatch(
      /^# Mon 23 Nov 2026: —\n\n- P&L: —\n- Closes: closes not known\n- Left open: nothing\n/,
    );
    expect(dailyCloseMarkdown({ ...close, ...none })).toContain('\n- Closes: 11 closes\n');
    expect(dailyCloseMarkdown({ ...close, open: 1, openWorstCase: null })).toContain(
      '\n- Left open: 1 trade, worst case not known\n',
    );
  });
});

test('as a notification it hides amounts in privacy, and says that it is a demo', () => {
  expect(dailyCloseToast(close, { isDemo: false })).toEqual({
    title: 'Mon 23 Nov closed at +$41.86',
    body: '11 closes (6 wins, 1 draw, 4 losses), 1 alert',
  });
  const quiet = { ...close, pnl: '0', closes: 0, ...none, alerts: [] };
  expect(dailyCloseToast(quiet, { isDemo: true, hidesAmounts: true })).toEqual({
    title: 'DEMO · Mon 23 Nov closed at •••',
    body: 'no closes, no alerts',
  });
});
