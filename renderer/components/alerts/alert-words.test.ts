import { expect, test } from 'vitest';
import type { CurrentAlert } from '../../../shared/alerts/alerts-state.ts';
import { someAlert, someAlerts, someEpisode } from '../../../shared/alerts/test-fixtures.ts';
import { deliveryWords, shownTitle, standingWords, toldWords } from './alert-words.ts';
import { ackTarget, episodeById, snoozeTarget } from './chosen-alert.ts';

const telling = { zone: 'UTC' };
const at = '2026-11-23T03:12:00.000000Z';

test('a title tells what happened at its furthest, not what is left of it', () => {
  expect(shownTitle(someEpisode(), telling)).toBe('Day P&L −$70.00, line −$50.00');
  const streak = { kind: 'losing-streak', threshold: '5' } as const;
  const worst = { at, value: '7' };
  expect(shownTitle(someEpisode({ ...streak, worst }), telling)).toBe('Losing streak 7, line 5');
  expect(standingWords(someAlert({ ...streak, worst }, { value: '0' }), telling)).toBe(
    'since 03:12 · now 0',
  );
});

test('an event tells its time, and that nobody has acknowledged it', () => {
  const event = someAlert({ kind: 'single-loss', end: { at, value: '-62.1' } }, { state: 'event' });
  expect(standingWords(event, telling)).toBe('03:12 · not acknowledged');
});

test('how it stands is told in a line', () => {
  expect(standingWords(someAlert({}, { value: '-70' }), telling)).toBe('since 03:12');
  const change: Partial<CurrentAlert> = {
    ...{ isFlapping: true, degraded: 'no answer', snoozedUntil: 'recovered' },
    state: 'recovering',
  };
  const acked = { at, by: 'you', note: '' };
  expect(standingWords(someAlert({ acked }, change), telling)).toBe(
    'since 03:12 · now −$62.10 · recovering · comes and goes · not known now: no answer · snoozed until it recovers · acknowledged',
  );
});

test('a row tells how the start was told, or why not', () => {
  const delivered = (how: 'toast' | 'cooldown' | 'snoozed') =>
    ({ what: 'fired', at, how }) as const;
  expect(toldWords({ deliveries: [] })).toBe('not told');
  expect(toldWords({ deliveries: [delivered('snoozed')] })).toBe('not told: snoozed');
  expect(toldWords({ deliveries: [delivered('cooldown'), delivered('toast')] })).toBe(
    'told by a notification',
  );
  expect(deliveryWords(delivered('toast'), telling)).toBe('Start told by a notification, 03:12');
});

test('keys act on what is selected, else on the worst that is left', () => {
  const acked = { at, by: 'you', note: '' };
  const worst = someAlert({ id: 'worst', acked }, { snoozedUntil: 'recovered' });
  const next = someAlert({ id: 'next' });
  const old = someEpisode({ id: 'old' });
  const state = someAlerts({ current: [worst, next], recent: [old] });
  expect(ackTarget(state, null)?.id).toBe('next');
  expect(ackTarget(state, 'old')?.id).toBe('old');
  expect(ackTarget(state, 'worst')).toBeNull();
  expect(snoozeTarget(state, null)?.id).toBe('next');
  expect(snoozeTarget(state, 'worst')?.id).toBe('worst');
  expect(snoozeTarget(state, 'old')?.id).toBe('old');
  expect(episodeById(state, 'gone')).toBeNull();
});
