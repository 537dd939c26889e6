import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decimal, printDecimal } from '../../shared/decimal.ts';
import { compareInstants } from '../../shared/instant.ts';
import { equityOf } from './equity.ts';
import {
  anyCloses,
  instantAtUs,
  seriesOf,
  type TestClose,
  testUnits,
} from './test-support/closes.ts';

interface NaivePoint {
  readonly at: string | null;
  readonly equity: bigint;
}

/** Equity after each instant, the baseline first; quadratic, from the definition. */
function naiveLine(closes: readonly TestClose[], start: bigint, baselineAt: string | null) {
  const instants = [...new Set(closes.map(({ at }) => at))];
  const points: NaivePoint[] = instants.map((at) => ({
    at,
    equity: closes
      .filter((close) => compareInstants(close.at, at) <= 0)
      .reduce((sum, { pnl }) => sum + testUnits(pnl), start),
  }));
  const line = [{ at: baselineAt, equity: start }, ...points];
  return line.map((point, index) => ({
    ...point,
    mark: line.slice(0, index + 1).reduce((a, { equity }) => (equity > a ? equity : a), start),
  }));
}

type NaiveLine = ReturnType<typeof naiveLine>;

/** The fall whose trough is at an index. */
function naiveFall(line: NaiveLine, trough: number) {
  const mark = line[trough]?.mark ?? 0n;
  const peak = line.findLastIndex(({ equity }, index) => index <= trough && equity === mark);
  const recovery = line.find(({ equity }, index) => index > trough && equity >= mark);
  return {
    peakAt: line[peak]?.at,
    troughAt: line[trough]?.at,
    recoveredAt: recovery?.at ?? null,
  };
}

/** Index of the first point that no other exceeds; −1 where there is no fall. */
function naiveWorst(line: NaiveLine, exceeds: (a: NaiveLine[0], b: NaiveLine[0]) => boolean) {
  const falls = line.filter(({ equity, mark }) => equity < mark);
  const worst = falls.find((a) => falls.every((b) => !exceeds(b, a)));
  return worst === undefined ? -1 : line.indexOf(worst);
}

const depthOf = ({ mark, equity }: NaiveLine[0]): bigint => mark - equity;

/** A share as text, rounded half up at 15 decimals as long division does. */
function naiveShare(part: bigint, whole: bigint): string {
  const units = (2n * part * 10n ** 15n + whole) / (2n * whole);
  return printDecimal({ units, scale: 15 });
}

const textOf = (value: Decimal | null): string | null => value && printDecimal(value);

const anyLedger = fc.record({
  closes: anyCloses(25),
  bankroll: fc.constantFrom(
    '500',
    '3',
    '0.25',
    '-2',
    '0',
    '1234567890123456789012345678901.5',
    null,
  ),
  executedUs: fc.option(fc.bigInt({ min: -80_000_000_000_000_000n, max: 2_000_000_000_000_000n })),
});

test('equity, high-water mark and drawdowns are those of the definition', () => {
  fc.assert(
    fc.property(anyLedger, ({ closes, bankroll, executedUs }) => {
      const executedAt = executedUs === null ? null : instantAtUs(executedUs);
      const candidates = [executedAt, closes[0]?.at ?? null].filter((at) => at !== null);
      const baselineAt = candidates.sort(compareInstants)[0] ?? null;
      const line = naiveLine(closes, testUnits(bankroll ?? '0'), baselineAt);
      const { equity, ...figures } = equityOf(seriesOf(closes, bankroll), {
        ...{ hasBankroll: bankroll !== null, firstExecutedAt: executedAt, rangeStarts: [null] },
      });
      expect(equity.baseline?.at ?? null).toBe(baselineAt);
      if (equity.baseline !== null) {
        expect(testUnits(equity.baseline.equity)).toBe(testUnits(bankroll ?? '0'));
      }
      expect(equity.points.map(([at, now, mark]) => [at, testUnits(now), testUnits(mark)])).toEqual(
        line.slice(1).map((point) => [point.at, point.equity, point.mark]),
      );
      const last = line.at(-1) ?? { at: null, equity: 0n, mark: 0n };
      expect(testUnits(printDecimal(figures.now))).toBe(last.equity);
      expect(testUnits(printDecimal(figures.highWaterMark))).toBe(last.mark);
      expect(testUnits(printDecimal(figures.currentDrawdown))).toBe(depthOf(last));
      const since = depthOf(last) > 0n ? naiveFall(line, line.length - 1).peakAt : null;
      expect(equity.belowPeakSince).toBe(since);
      const deepest = naiveWorst(line, (a, b) => depthOf(a) > depthOf(b));
      expect(equity.maxDrawdown).toEqual(deepest < 0 ? null : naiveFall(line, deepest));
      const depth = deepest < 0 ? 0n : depthOf(line[deepest] ?? last);
      expect(testUnits(printDecimal(figures.maxDrawdown))).toBe(depth);
    }),
    { numRuns: 500 },
  );
});

test('drawdowns in percent are those of the definition', () => {
  fc.assert(
    fc.property(anyLedger, ({ closes, bankroll }) => {
      const line = naiveLine(closes, testUnits(bankroll ?? '0'), closes[0]?.at ?? null);
      const { equity, ...figures } = equityOf(seriesOf(closes, bankroll), {
        ...{ hasBankroll: bankroll !== null, firstExecutedAt: null, rangeStarts: [null] },
      });
      const shown = {
        now: textOf(figures.currentDrawdownPct),
        max: textOf(figures.maxDrawdownPct),
        fall: equity.maxDrawdownPct,
      };
      const last = line.at(-1);
      if (bankroll === null || last === undefined || last.mark <= 0n) {
        expect(shown).toEqual({ now: null, max: null, fall: null });
        return;
      }
      const sayable = line.filter(({ mark }) => mark > 0n);
      const worst = naiveWorst(sayable, (a, b) => depthOf(a) * b.mark > depthOf(b) * a.mark);
      const trough = sayable[worst];
      expect(shown).toEqual({
        now: naiveShare(depthOf(last), last.mark),
        max: trough === undefined ? '0' : naiveShare(depthOf(trough), trough.mark),
        fall: trough === undefined ? null : naiveFall(line, line.indexOf(trough)),
      });
    }),
    { numRuns: 500 },
  );
});

const dollarsAt = (bankroll: string, ...steps: readonly (readonly [at: string, pnl: string])[]) =>
  seriesOf(
    steps.map(([day, pnl]) => ({ at: `2026-11-${day}T12:00:00.000000Z`, pnl, holdUs: null })),
    bankroll,
  );

test('the deepest fall in dollars may be another than in percent', () => {
  const series = dollarsAt(
    '100',
    ...([
      ['01', '-50'],
      ['02', '950'],
      ['03', '-60'],
      ['04', '10'],
    ] as const),
  );
  const { equity, ...figures } = equityOf(series, {
    ...{ hasBankroll: true, firstExecutedAt: '2026-10-31T00:00:00.000000Z', rangeStarts: [null] },
  });
  expect(printDecimal(figures.maxDrawdown)).toBe('60');
  expect(textOf(figures.maxDrawdownPct)).toBe('0.5');
  expect(textOf(figures.currentDrawdownPct)).toBe('0.05');
  expect(equity).toMatchObject({
    maxDrawdown: {
      peakAt: '2026-11-02T12:00:00.000000Z',
      troughAt: '2026-11-03T12:00:00.000000Z',
      recoveredAt: null,
    },
    maxDrawdownPct: {
      peakAt: '2026-10-31T00:00:00.000000Z',
      troughAt: '2026-11-01T12:00:00.000000Z',
      recoveredAt: '2026-11-02T12:00:00.000000Z',
    },
    belowPeakSince: '2026-11-02T12:00:00.000000Z',
  });
});

test('nothing executed: the bankroll stands, without a line', () => {
  const { equity, ...figures } = equityOf(seriesOf([], '500'), {
    ...{ hasBankroll: true, firstExecutedAt: null, rangeStarts: [null] },
  });
  expect(equity).toEqual({
    ...{ baseline: null, points: [], belowPeakSince: null },
    ...{ maxDrawdown: null, maxDrawdownPct: null },
  });
  expect(Object.values(figures).map(textOf)).toEqual(['500', '500', '0', '0', '0', '0']);
});
