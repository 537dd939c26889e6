import { expect, test } from 'vitest';
import { winRateOf } from './ratios.ts';

// Interval by R: binom::binom.wilson(679, 1168) and (0, 5).
test.each([
  [{ wins: 679, draws: 36, losses: 489 }, '0.581335616438356', 0.5528309, 0.6093048],
  [{ wins: 0, draws: 0, losses: 5 }, '0', 0, 0.4344825],
])('win rate of %j', (outcomes, value, low, high) => {
  const n = outcomes.wins + outcomes.losses;
  const rate = winRateOf(outcomes);
  expect(rate).toMatchObject({ kind: 'value', value, n });
  const interval = rate.kind === 'value' ? rate.interval : undefined;
  expect(Number(interval?.low)).toBeCloseTo(low, 4);
  expect(Number(interval?.high)).toBeCloseTo(high, 4);
});

test('without a win or a loss there is no rate', () => {
  expect(winRateOf({ wins: 0, draws: 9, losses: 0 })).toEqual({
    ...{ kind: 'none', value: null, reason: 'no win or loss yet' },
  });
});
