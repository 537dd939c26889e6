import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decimal, printDecimal } from '../../shared/decimal.ts';
import { type TradingDayRule, tradingDayAt } from '../../shared/trading-day.ts';
import { type PathPoint, pathOver, pointsUntil, presentOf } from './close-path.ts';
import {
  anyCloses,
  instantAtUs,
  seriesOf,
  type TestClose,
  testUnits,
} from './test-support/closes.ts';

const runs = 400;

/** Zones whose clocks are set at midnight, by half an hour, over the date line, and not at all. */
const anyRule = fc.record({
  zone: fc.constantFrom(
    ...['UTC', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo'],
    ...['Pacific/Apia', 'Asia/Kathmandu'],
  ),
  rollHour: fc.integer({ min: 0, max: 23 }),
});
const anyBankroll = fc.constantFrom(null, '100', '-3.5', '0.00000001');

/** An instant on a close, a microsecond or a day beside it, or between two. */
const anyInstantNear = (closes: readonly TestClose[]): fc.Arbitrary<bigint> =>
  fc
    .tuple(
      fc.nat(Math.max(0, closes.length - 1)),
      fc.constantFrom(-86_400_000_000n, -1000n, -1n, 0n, 1n, 999n, 30_000_000n, 86_400_000_000n),
    )
    .map(([index, step]) => (closes[index]?.us ?? 0n) + step);

const anyLine = anyCloses(40).chain((closes) =>
  fc.record({
    closes: fc.constant(closes),
    rule: anyRule,
    bankroll: anyBankroll,
    nowUs: anyInstantNear(closes),
    isTaken: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  }),
);

type Shown = Readonly<Record<keyof PathPoint, bigint | number | string>>;

const sumOf = (closes: readonly TestClose[]): bigint =>
  closes.reduce((sum, { pnl }) => sum + testUnits(pnl), 0n);
const mostOf = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));
const leastOf = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));

function runOf(closes: readonly TestClose[]): number {
  const letters = closes
    .map(({ pnl }) => testUnits(pnl))
    .map((units) => (units > 0n ? 'W' : units < 0n ? 'L' : ''))
    .join('');
  const last = /(W*|L*)$/.exec(letters)?.[0].length ?? 0;
  return letters.endsWith('L') ? -last : last;
}

/** What the definitions say of the moment after an instant, from all rows anew. */
function meantAt(
  closes: readonly TestClose[],
  us: bigint,
  start: string | null,
  rule: TradingDayRule,
): Shown {
  const until = (end: bigint): TestClose[] => closes.filter((close) => close.us <= end);
  const day = tradingDayAt(instantAtUs(us), rule).name;
  const times = [...new Set(until(us).map((close) => close.us))];
  const bankroll = testUnits(start ?? '0');
  const ofDay = until(us).filter(({ at }) => tradingDayAt(at, rule).name === day);
  const equities = times.map((time) => bankroll + sumOf(until(time)));
  const own = closes.filter((close) => close.us === us).map(({ pnl }) => testUnits(pnl));
  return {
    ...{ at: instantAtUs(us), day, dayPnl: sumOf(ofDay), run: runOf(until(us)) },
    dayPeak: mostOf([0n, ...times.map((time) => sumOf(ofDay.filter((one) => one.us <= time)))]),
    ...{ pnl: sumOf(until(us)), equity: bankroll + sumOf(until(us)) },
    highWaterMark: mostOf([bankroll, ...equities]),
    markBefore: mostOf([bankroll, ...equities.slice(0, -1)]),
    highest: own.length === 0 ? '' : mostOf(own),
    lowest: own.length === 0 ? '' : leastOf(own),
  };
}

const isDecimal = (value: unknown): value is Decimal =>
  typeof value === 'object' && value !== null && 'units' in value;

const shownAs = (point: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(point).map(([key, value]) => [
      key,
      isDecimal(value) ? testUnits(printDecimal(value)) : value,
    ]),
  );

/** All that a point tells; it works them out when it is asked. */
const wholePoint = (point: PathPoint): object => {
  const { at, day, run, dayPnl, dayPeak, pnl } = point;
  const { equity, highWaterMark, markBefore, highest, lowest } = point;
  return {
    ...{ at, day, run, dayPnl, dayPeak, pnl },
    ...{ equity, highWaterMark, markBefore, highest, lowest },
  };
};

test('every point of a path is what the rows up to it say', () => {
  fc.assert(
    fc.property(anyLine, ({ closes, rule, bankroll, isTaken, nowUs }) => {
      const asOf = instantAtUs(nowUs);
      const instants = [...new Set(closes.map(({ us }) => us))];
      const points = instants.flatMap((_, point) => (isTaken[point] ? [point] : []));
      const path = pathOver(seriesOf(closes, bankroll), points, { tradingDay: rule, asOf });
      expect([...path].map(wholePoint).map(shownAs)).toEqual(
        points.map((point) => meantAt(closes, instants[point] ?? 0n, bankroll, rule)),
      );
    }),
    { numRuns: runs },
  );
}, 120_000);

test('the present is what the rows up to now say, in the trading day of now', () => {
  fc.assert(
    fc.property(anyLine, ({ closes, rule, bankroll, nowUs }) => {
      const asOf = instantAtUs(nowUs);
      const series = seriesOf(closes, bankroll);
      const known = closes.filter(({ us }) => us <= nowUs);
      const {
        at: _at,
        highest: _h,
        lowest: _l,
        markBefore: _m,
        ...meant
      } = meantAt(known, nowUs, bankroll, rule);
      // Exactly these: what belongs to a close must not be told of a moment without one.
      expect(shownAs(presentOf(series, { tradingDay: rule, asOf }))).toEqual(meant);
      expect(pointsUntil(series, asOf)).toBe(new Set(known.map(({ us }) => us)).size);
    }),
    { numRuns: runs },
  );
}, 120_000);

test('closes of one microsecond beside the present are told apart', () => {
  const at = (us: number) => ({ at: instantAtUs(BigInt(us)), pnl: '-1', holdUs: null });
  const series = seriesOf([at(1000), at(1000), at(1001), at(1999), at(2000)]);
  const untilUs = (us: number): number => pointsUntil(series, instantAtUs(BigInt(us)));
  expect([999, 1000, 1001, 1998, 1999, 2000, 9000].map(untilUs)).toEqual([0, 1, 2, 2, 3, 4, 4]);
});
