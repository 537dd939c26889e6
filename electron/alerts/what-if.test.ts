import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WhatIf } from '../../shared/alerts/alerts-state.ts';
import type { Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import { type Decimal, zero } from '../../shared/decimal.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { tradingDayAt } from '../../shared/trading-day.ts';
import { type CloseSeries, closeSeriesOf } from '../ledger/close-series.ts';
import { momentFromText } from '../ledger/moments.ts';
import { Book } from './book.ts';
import { PathEvaluation } from './path-evaluation.ts';
import { noState } from './stored-alerts.ts';
import { whatIf } from './what-if.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const minute = 60 * 1000;
const hour = 60 * minute;
const tradingDay = { zone: 'America/New_York', rollHour: 17 };

interface Row {
  readonly ms: number;
  readonly cents: number;
  readonly name?: string;
}

const seriesOf = (rows: readonly Row[], start: Decimal = zero): CloseSeries =>
  closeSeriesOf(
    rows.map(({ ms, cents, name = '' }) => ({
      at: momentFromText(instantOfMs(ms)),
      ...{ pnl: { units: BigInt(cents), scale: 2 }, hold: null, names: [name, '', ''] as const },
    })),
    start,
    true,
  );

function readingOf(series: CloseSeries, asOfMs: number, undatedCents = 0) {
  const asOf = instantOfMs(asOfMs);
  const cents = Number(series.last.sum / 10n ** BigInt(series.scale - 2)) + undatedCents;
  const figures = { 'all-time-pnl': { kind: 'value', value: String(cents / 100), reason: '' } };
  // A trial looks at nothing else.
  const snapshot = { asOf, day: tradingDayAt(asOf, tradingDay), figures } as unknown as Snapshot;
  return { snapshot, series };
}

const tryOut = (
  rule: Rule,
  series: CloseSeries,
  { undatedCents = 0, isOutdated = (): boolean => false } = {},
): Promise<WhatIf | null> => {
  const reading = readingOf(series, nowMs, undatedCents);
  return whatIf(rule, { reading, tradingDay, lines: [[null, series]], isOutdated });
};

const kinds = ['day-pnl-low', 'total-pnl-low', 'give-back', 'losing-streak', 'drawdown'] as const;
const anyRule = fc
  .record({
    kind: fc.constantFrom(...kinds, 'single-loss' as const),
    keepFiringS: fc.constantFrom(0, 60, 3600),
    pendingS: fc.constantFrom(null, 300),
  })
  .map(({ kind, ...periods }) => {
    const threshold = kind.endsWith('-low') || kind === 'single-loss' ? '-2' : '2';
    return someRule({ kind, threshold, ...(kind === 'single-loss' ? {} : periods) });
  });
const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 * hour }), fc.integer({ min: -400, max: 400 })), {
    maxLength: 60,
  })
  .map((steps) => {
    let ms = nowMs - 60 * 24 * hour;
    return steps.map(([gapMs, cents]): Row => {
      ms += gapMs;
      return { ms, cents };
    });
  })
  .map((rows) => rows.filter(({ ms }) => ms <= nowMs));

/** Watches as the product does: the present again and again, close by close. */
async function replay(rule: Rule, rows: readonly Row[]): Promise<WhatIf['episodes']> {
  const book = new Book(noState);
  const paths = new PathEvaluation();
  const beginMs = nowMs - 61 * 24 * hour;
  const looks = [beginMs, ...rows.flatMap(({ ms }) => [ms, ms + 7 * minute]), nowMs];
  for (const lookMs of looks.filter((ms) => ms <= nowMs).sort((a, b) => a - b)) {
    const known = seriesOf(rows.filter(({ ms }) => ms <= lookMs));
    await paths.evaluate(book, { rules: [rule], tradingDay }, readingOf(known, lookMs));
  }
  return [...book.ended(), ...book.lasting()]
    .sort((a, b) => (a.start.at < b.start.at ? -1 : 1))
    .map(({ scope, start, end, endReason, worst }) => ({
      ...{ scope, start: start.at, end: end?.at ?? null, endReason, worst: worst.value },
    }));
}

test('a trial tells what the rule would have told', async () => {
  let fired = 0;
  await fc.assert(
    fc.asyncProperty(anyRule, anyRows, async (rule, rows) => {
      const episodes = await replay(rule, rows);
      const found = await tryOut(rule, seriesOf(rows));
      const lasted = episodes.map(
        ({ start, end }) =>
          (end === null ? nowMs : (instantMs(end) ?? 0)) - (instantMs(start) ?? 0),
      );
      expect(found).toEqual({
        ...{ from: '2026-08-25T21:00:00.000000Z', fired: episodes.length, episodes, reason: null },
        evaluated: new Set(rows.map(({ ms }) => ms)).size,
        // Rows begin sixty days ago at the earliest.
        days:
          rows[0] === undefined ? 90 : Math.max(1, Math.ceil((nowMs - rows[0].ms) / (24 * hour))),
        longestMs: Math.max(0, ...lasted),
      });
      fired += episodes.length;
    }),
    { numRuns: 150, endOnFailure: true },
  );
  expect(fired).toBeGreaterThan(50);
}, 60_000);

describe('a trial', () => {
  const loss = someRule({ keepFiringS: 0 });
  const dips = Array.from({ length: 250 }, (_, index): Row[] => {
    const ms = nowMs - 80 * 24 * hour + index * hour;
    return [
      { ms, cents: -6000 },
      { ms: ms + minute, cents: 6000 },
    ];
  }).flat();

  test('shows the latest 200 episodes and counts all', async () => {
    const found = await tryOut({ ...loss, kind: 'total-pnl-low' }, seriesOf(dips));
    expect(found).toMatchObject({ fired: 250, longestMs: minute, evaluated: 500 });
    expect(found?.episodes).toHaveLength(200);
    expect(found?.episodes.at(-1)?.start).toBe(instantOfMs(dips.at(-2)?.ms ?? 0));
  });

  test('begins 90 trading days ago, with what stood then', async () => {
    const old = { ms: nowMs - 100 * 24 * hour, cents: -20_000 };
    const found = await tryOut({ ...loss, kind: 'total-pnl-low' }, seriesOf([old, ...dips]));
    expect(found).toMatchObject({ fired: 1, evaluated: 500 });
  });

  test('counts undated closes into all-time figures, as the rule does', async () => {
    const rule = someRule({ kind: 'total-pnl-low', threshold: '-100' });
    const series = seriesOf([{ ms: nowMs - hour, cents: -6000 }]);
    expect(await tryOut(rule, series)).toMatchObject({ fired: 0 });
    expect(await tryOut(rule, series, { undatedCents: -5000 })).toMatchObject({
      ...{ fired: 1, longestMs: hour, episodes: [{ end: null, worst: '-110' }] },
    });
  });

  test('leaves out what closes in the future', async () => {
    const series = seriesOf([{ ms: nowMs + 1, cents: -6000 }]);
    expect(await tryOut(loss, series)).toMatchObject({ fired: 0, evaluated: 0 });
  });

  test('of what is not kept says so', async () => {
    const found = await tryOut(someRule({ kind: 'connections', threshold: '0.8' }), seriesOf([]));
    expect(found?.reason).toContain('not kept');
  });

  test('looks at each value of its scope', async () => {
    const rule = { ...loss, scope: { by: 'strategy', value: null } } as const;
    const rows = ['a', 'b', 'a'].map((name, index) => {
      return { name, ms: nowMs - (9 - index) * hour, cents: -3000 };
    });
    const series = seriesOf(rows);
    const lines = await new PathEvaluation().linesOf(rule, series);
    const reading = readingOf(series, nowMs);
    const found = await whatIf(rule, { reading, tradingDay, lines, isOutdated: () => false });
    expect(found?.episodes).toMatchObject([{ scope: 'a', start: instantOfMs(nowMs - 7 * hour) }]);
  });

  test('by name, before names were read, it says that they have to be', async () => {
    const rule = { ...loss, scope: { by: 'strategy', value: null } } as const;
    const unnamed = closeSeriesOf([
      { at: momentFromText(instantOfMs(nowMs)), pnl: zero, hold: null },
    ]);
    expect(await tryOut(rule, unnamed)).toMatchObject({
      ...{ fired: 0, reason: expect.stringContaining('once the rule is saved') },
    });
  });

  test('is worth nothing once the closes have changed under it', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => ({
      ms: nowMs - 5000 + index,
      cents: 1,
    }));
    expect(await tryOut(loss, seriesOf(many), { isOutdated: () => true })).toBeNull();
  });

  test('is worth nothing once its lines are those of another reading', async () => {
    const rule = { ...loss, scope: { by: 'strategy', value: null } } as const;
    const [series, other] = [seriesOf([{ ms: nowMs - 1, cents: 1 }]), seriesOf([])];
    const paths = new PathEvaluation();
    const lines = await paths.linesOf(rule, series);
    await paths.linesOf(rule, other);
    const reading = readingOf(series, nowMs);
    expect(await whatIf(rule, { reading, tradingDay, lines, isOutdated: () => false })).toBeNull();
  });
});
