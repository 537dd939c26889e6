import { describe, expect, test } from 'vitest';
import { someEpisode, someRule } from './test-fixtures.ts';
import {
  aboutText,
  digestToast,
  earliestText,
  episodeTitle,
  noticeToast,
  ruleSentence,
  summaryToast,
  type ToldNotice,
  thresholdText,
} from './words.ts';

const recovered = someEpisode({
  end: { at: '2026-11-23T03:20:00.000000Z', value: '-44' },
  endReason: 'recovered',
});
const rolledOver = someEpisode({
  end: { at: '2026-11-24T00:00:00.000000Z', value: '-62' },
  endReason: 'rollover',
});

const toast = (change: Partial<ToldNotice> = {}) =>
  noticeToast({
    ...{ what: 'fired', episode: someEpisode(), isRepeat: false, isDemo: false, zone: 'UTC' },
    ...change,
  });

describe('a title states metric, value and threshold', () => {
  test.each([
    ['Day P&L −$62.10, line −$50.00', someEpisode()],
    ['Day P&L of btc-arb −$62.10, line −$50.00', someEpisode({ scope: 'btc-arb' })],
    ['Day P&L of a·b −$62.10, line −$50.00', someEpisode({ scope: 'a\u202eb' })],
    ['Day P&L: no data', someEpisode({ what: 'no-data' })],
    [
      'Server connections 87.0 %, line 80.0 %',
      someEpisode({ kind: 'connections', threshold: '0.8', start: { at: '', value: '0.87' } }),
    ],
    [
      'No new row for 1 h 31 m, line 30 m',
      someEpisode({ kind: 'no-new-rows', threshold: '30', start: { at: '', value: '91' } }),
    ],
    [
      'New equity high, $12.00 above the last',
      someEpisode({ kind: 'equity-high', threshold: null, start: { at: '', value: '12' } }),
    ],
    [
      'Failed order',
      someEpisode({ kind: 'failed-order', threshold: null, start: { at: '', value: '1' } }),
    ],
    [
      'Failed order: 3',
      someEpisode({ kind: 'failed-order', threshold: null, start: { at: '', value: '3' } }),
    ],
    ['No connection', someEpisode({ kind: 'unreachable', threshold: null })],
  ])('%s', (title, episode) => expect(episodeTitle(episode)).toBe(title));

  test('without its amounts where they are hidden', () =>
    expect(episodeTitle(someEpisode(), { hidesAmounts: true })).toBe('Day P&L •••, line •••'));

  test('with a value of now, or none', () => {
    expect(episodeTitle(someEpisode(), {}, '-55')).toBe('Day P&L −$55.00, line −$50.00');
    expect(episodeTitle(someEpisode(), {}, null)).toBe('Day P&L, line −$50.00');
  });
});

describe('a notification', () => {
  test('of a start tells when, and the plan', () => {
    const episode = someEpisode({ plan: 'Stop the bot', name: 'Bad day' });
    expect(toast({ episode })).toEqual({
      title: 'Day P&L −$62.10, line −$50.00',
      body: 'Bad day\nat 03:12\nPlan: Stop the bot',
    });
  });

  test('of a failed order tells which and why, disarmed and cut', () => {
    const episode = someEpisode({
      ...{ kind: 'failed-order', name: 'Failed order', threshold: null },
      start: { at: '2026-11-23T03:12:00.000000Z', value: '1' },
      orders: [{ venue: 'kalshi', market: 'kalshi:rain\u202enyc', reason: '<a>\n$12.40 short' }],
    });
    expect(toast({ episode })).toEqual({
      title: 'Failed order',
      body: 'kalshi · rain·nyc: \u2039a\u203a·$12.40 short\nat 03:12',
    });
    expect(toast({ episode, hidesAmounts: true }).body).toContain('·$••• short');
    const [order] = episode.orders;
    const long = {
      ...episode,
      orders: order === undefined ? [] : [{ ...order, reason: 'x'.repeat(999) }],
    };
    expect(toast({ episode: long }).body.length).toBeLessThan(300);
  });

  test('of several failed orders counts those that it does not name', () => {
    const order = { venue: 'kalshi', market: 'rain-nyc', reason: '' };
    const start = { at: '2026-11-23T03:12:00.000000Z', value: '3' };
    const episode = someEpisode({ kind: 'failed-order', orders: [order], start });
    expect(aboutText(episode)).toBe('kalshi · rain-nyc: no reason given, and 2 more');
    expect(aboutText(someEpisode())).toBe('');
  });

  test('of a late close says so', () =>
    expect(toast({ episode: someEpisode({ isLate: true }) }).body).toBe(
      'closed at 03:12, told now',
    ));

  test('of a recovery tells where it stands and what it was', () =>
    expect(toast({ what: 'ended', episode: recovered })).toEqual({
      title: 'Ended: Day P&L −$44.00, recovered at 03:20',
      body: 'began at 03:12, worst −$70.00 at 03:14',
    }));

  test('of a day that is over never says recovered', () => {
    const { title, body } = toast({ what: 'ended', episode: rolledOver });
    expect(title).toBe('Day closed at −$62.00');
    expect(body).not.toContain('recovered');
    const ofOne = { ...rolledOver, scope: 'btc-arb' };
    expect(toast({ what: 'ended', episode: ofOne }).title).toBe(
      'Day closed: Day P&L of btc-arb −$62.00',
    );
  });

  test('of data that came back tells that', () => {
    const episode = { ...recovered, what: 'no-data', endReason: 'data-back' } as const;
    expect(toast({ what: 'ended', episode }).title).toBe(
      'Ended: Day P&L, the data came back at 03:20',
    );
  });

  test('that reminds, and of what comes and goes', () => {
    expect(toast({ what: 'repeat' }).title).toBe('Still: Day P&L −$62.10, line −$50.00');
    expect(toast({ what: 'repeat' }).body).toBe('since 03:12, worst −$70.00 at 03:14');
    expect(toast({ what: 'flapping' }).title).toMatch(/^Comes and goes: /);
  });

  test('carries its marks: a repeat at the end, a demo in front, the date of another day', () => {
    const now = '2026-11-24T08:00:00.000000Z';
    expect(toast({ isRepeat: true, isDemo: true, now })).toEqual({
      title: 'DEMO · Day P&L −$62.10, line −$50.00 (repeat)',
      body: 'at 23 Nov 03:12',
    });
  });

  test('hides amounts everywhere', () => {
    for (const what of ['fired', 'ended', 'repeat', 'flapping'] as const) {
      for (const episode of [someEpisode(), recovered, rolledOver]) {
        const { title, body } = toast({ what, episode, hidesAmounts: true });
        expect(`${title} ${body}`).not.toContain('$');
      }
    }
  });
});

test('a digest has a line for each, with its times', () => {
  expect(digestToast([recovered, rolledOver], { zone: 'UTC', isDemo: false })).toEqual({
    title: 'While you were away: 2 alerts',
    body: [
      '03:12 Day P&L −$62.10, line −$50.00 · recovered at 03:20',
      '03:12 Day P&L −$62.10, line −$50.00 · the day closed at −$62.00',
    ].join('\n'),
  });
});

test('a summary has six lines and tells of the rest', () => {
  const many = Array.from({ length: 8 }, () => someEpisode());
  const { title, body } = summaryToast(many, { zone: 'UTC', isDemo: true });
  expect(title).toBe('DEMO · 8 alerts at once');
  expect(body.split('\n')).toHaveLength(7);
  expect(body).toMatch(/and 2 more in the inbox$/);
});

describe('a rule in a sentence', () => {
  test.each([
    [
      'Day P&L of each strategy falls to −$50.00 or below',
      someRule({ scope: { by: 'strategy', value: null } }),
    ],
    [
      'Drawdown of kalshi reaches $50.00 or more',
      someRule({ kind: 'drawdown', threshold: '50', scope: { by: 'venue', value: 'kalshi' } }),
    ],
    [
      'Win rate over the last 50 closes falls to 40.0 % or below',
      someRule({ kind: 'win-rate', threshold: '0.4', lastN: 50 }),
    ],
    [
      'No new row for 30 m or longer, from 09:00 to 17:00',
      someRule({ kind: 'no-new-rows', threshold: '30', hours: { from: '09:00', to: '17:00' } }),
    ],
    [
      'Server connections reach 80.0 % or more',
      someRule({ kind: 'connections', threshold: '0.8' }),
    ],
    ['An approved trade fails to execute', someRule({ kind: 'failed-order', threshold: null })],
  ])('%s', (sentence, rule) => expect(ruleSentence(rule)).toBe(sentence));

  test('with its threshold alone, and hidden', () => {
    expect(thresholdText(someRule())).toBe('−$50.00');
    expect(thresholdText(someRule(), true)).toBe('•••');
    expect(thresholdText(someRule({ kind: 'halted', threshold: null }))).toBe('');
  });

  test('tells how soon it may notify', () => {
    expect(earliestText(9_500)).toBe('earliest notification after about 10 s');
    expect(earliestText(0)).toBe('earliest notification at once');
  });
});

test('what was over before it could be told is told with its end', () => {
  const end = { at: '2026-11-23T03:20:00.000000Z', value: '3' };
  const { body } = noticeToast({
    ...{ what: 'fired', isRepeat: false, isDemo: false, zone: 'UTC' },
    ...{
      now: '2026-11-23T09:00:00.000000Z',
      episode: someEpisode({ end, endReason: 'recovered' }),
    },
  });
  expect(body).toBe('at 03:12, recovered at 03:20');
});
