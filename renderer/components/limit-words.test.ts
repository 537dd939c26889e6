import { expect, test } from 'vitest';
import type { Figure, Limit } from '../../shared/snapshot.ts';
import {
  averageLossText,
  limitMeaning,
  limitState,
  uncountedText,
  usedShare,
} from './limit-words.ts';

const value = (text: string): Figure => ({ kind: 'value', value: text });

const limit = (used: string, whole: string, left: string): Limit => ({
  kind: 'venue',
  subject: 'kalshi',
  share: '0.5',
  used: value(used),
  limit: value(whole),
  left: value(left),
  breachedByAverageLoss: null,
});

test.each([
  ['0', '250', '250', 'quiet'],
  ['199.99', '250', '50.01', 'quiet'],
  ['200', '250', '50', 'near'],
  ['250', '250', '0', 'near'],
  ['250.01', '250', '-0.01', 'breached'],
  ['10', '0', '-10', 'breached'],
] as const)('%s used of %s, %s left: %s', (used, whole, left, state) => {
  expect(limitState(limit(used, whole, left))).toBe(state);
});

test('a limit that cannot be said has neither share nor state', () => {
  const unknown: Figure = { kind: 'not-computable', value: null, reason: 'no bankroll is set' };
  const without = { ...limit('1', '2', '1'), limit: unknown, left: unknown };
  expect(limitState(without)).toBe('unknown');
  expect(usedShare(without)).toBeNull();
  expect(usedShare(limit('10', '0', '-10'))).toBeNull();
  expect(usedShare(limit('96', '250', '154'))).toBe('0.384');
});

test('a limit tells its share, what an average loss would do, and which trades it cannot count', () => {
  const venue = limit('10', '250', '240');
  expect(limitMeaning(venue)).toContain('50.0 % of the bankroll');
  expect(limitMeaning({ ...venue, kind: 'drawdown', share: '0.2' })).toContain(
    '20.0 % of the high-water mark',
  );
  expect(averageLossText(venue)).toBeNull();
  expect(averageLossText({ ...venue, breachedByAverageLoss: true })).toMatch(/ breaches /);
  expect(averageLossText({ ...venue, breachedByAverageLoss: false })).toMatch(/ does not breach /);
  const breached = { ...limit('251', '250', '-1'), breachedByAverageLoss: true };
  expect(averageLossText(breached)).toBeNull();
  expect(uncountedText(venue, 2)).toBe('Left out: 2 open trades whose cost cannot be said.');
  expect(uncountedText(venue, 0)).toBeNull();
  expect(uncountedText({ ...venue, kind: 'daily-loss' }, 2)).toBeNull();
});
