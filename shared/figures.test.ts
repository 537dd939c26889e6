import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinPath } from './thin-path.ts';
import { lastTradingDays, tradingDayAt } from './trading-day.ts';
import { winRateOf } from './win-rate.ts';

test('a day is half-open and named by its start', () => {
  expect(tradingDayAt('2026-11-23T23:59:59.999999Z')).toEqual({
    ...{ name: '2026-11-23', zone: 'UTC' },
    ...{ start: '2026-11-23T00:00:00.000000Z', end: '2026-11-24T00:00:00.000000Z' },
  });
  expect(tradingDayAt('2026-11-24T00:00:00.000000Z').name).toBe('2026-11-24');
});

test('the last days end with today and leave no gap', () => {
  const days = lastTradingDays(tradingDayAt('2026-03-01T12:00:00.000000Z'), 30);
  expect(days.at(-1)?.name).toBe('2026-03-01');
  expect(days.at(-2)?.name).toBe('2026-02-28');
  expect(days.slice(1).map(({ start }) => start)).toEqual(days.slice(0, -1).map(({ end }) => end));
});

// Interval by R: binom::binom.wilson(679, 1168) and (0, 5).
test.each([
  [{ wins: 679, draws: 36, losses: 489 }, '0.581335616438356', 0.5528309, 0.6093048],
  [{ wins: 0, draws: 0, losses: 5 }, '0', 0, 0.4344825],
])('win rate of %j', (outcomes, rate, low, high) => {
  const { interval, n, rate: figure } = winRateOf(outcomes);
  expect(figure).toEqual({ kind: 'value', value: rate });
  expect(n).toBe(outcomes.wins + outcomes.losses);
  expect(Number(interval?.low)).toBeCloseTo(low, 4);
  expect(Number(interval?.high)).toBeCloseTo(high, 4);
});

test('without a win or a loss there is no rate', () => {
  expect(winRateOf({ wins: 0, draws: 9, losses: 0 })).toEqual({
    ...{ rate: { kind: 'none', reason: 'no win or loss yet' }, n: 0, interval: null },
  });
});

test('a thinned path keeps its ends and its extremes, in order', () => {
  const path = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 2000 });
  fc.assert(
    fc.property(path, (values) => {
      const points = values.map((value, index) => ({ at: String(index), pnl: String(value) }));
      const thinned = thinPath(points, 240);
      const kept = thinned.map(({ pnl }) => Number(pnl));
      expect(thinned.length).toBeLessThanOrEqual(240);
      expect(Math.max(...kept)).toBe(Math.max(...values));
      expect(Math.min(...kept)).toBe(Math.min(...values));
      expect([thinned[0], thinned.at(-1)]).toEqual([points[0], points.at(-1)]);
      expect(thinned).toEqual(points.filter((point) => thinned.includes(point)));
    }),
  );
});
