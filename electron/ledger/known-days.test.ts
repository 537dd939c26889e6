import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tradingDayAt, tradingDayNamed } from '../../shared/trading-day.ts';
import { knownDayAt, knownDayNamed } from './known-days.ts';
import { instantAtUs } from './test-support/closes.ts';

test.each(['UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo'])(
  'days in %s are the same, however often and in whatever order they are asked for',
  (zone) => {
    const rule = { zone, rollHour: 17 };
    const anyMs = fc.integer({ min: Date.UTC(2011, 11, 1), max: Date.UTC(2012, 3, 15) });
    fc.assert(
      fc.property(fc.array(anyMs, { minLength: 1, maxLength: 50 }), (times) => {
        for (const ms of times) {
          const instant = instantAtUs(BigInt(ms) * 1000n + 1n);
          const day = tradingDayAt(instant, rule);
          expect(knownDayAt(instant, rule)).toEqual(day);
          expect(knownDayNamed(day.name, rule)).toEqual(tradingDayNamed(day.name, rule));
        }
      }),
      { numRuns: 40 },
    );
  },
);

test('a day of long before Christ is found by its hour too', () => {
  const rule = { zone: 'UTC', rollHour: 0 };
  for (const clock of ['00:59:59.000001', '23:00:00.000000']) {
    const instant = `-000043-03-15T${clock}Z`;
    expect(knownDayAt(instant, rule)).toEqual(tradingDayAt(instant, rule));
  }
});
