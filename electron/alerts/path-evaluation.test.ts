import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Episode } from '../../shared/alerts/episode.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import { instantOfMs } from '../../shared/instant.ts';
import { figureAt, meant, stretchesOf, told } from './test-support/path-model.ts';
import { centsOf, episodesOf, type Row, watch } from './test-support/path-watch.ts';

const runs = Number(process.env.PLUMBLINE_PATH_RUNS ?? 100);
const startMs = Date.parse('2026-03-27T12:00:00Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const anyGapMs = fc.oneof(
  fc.constantFrom(0, 1, second, 59 * second, minute),
  fc.integer({ min: 1, max: 20 * minute }),
  fc.integer({ min: hour, max: 30 * hour }),
);
const anyCents = fc.oneof(fc.integer({ min: -250, max: 250 }), fc.constantFrom(-300, 0, 100, 200));
const anyRows = (lateMs: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(anyGapMs, anyCents, fc.constantFrom('a', 'b', ''), lateMs), {
      maxLength: 40,
      size: 'max',
    })
    .map((steps) => {
      let ms = startMs;
      return steps.map(([gapMs, cents, name, late]): Row => {
        ms += gapMs;
        return { ms, cents, name, seenMs: ms + late };
      });
    });
const anyTradingDay = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/London', 'America/New_York'),
  rollHour: fc.constantFrom(0, 7, 17),
});

/** Times at which somebody looks: first before all closes, at last after all. */
const anyLooks = (rows: readonly Row[], afterMs = 50 * hour) =>
  fc
    .array(fc.tuple(fc.nat(Math.max(0, rows.length - 1)), fc.integer({ min: -5, max: 4000 })), {
      ...{ maxLength: 30, size: 'max' },
    })
    .map((looks) => {
      const seen = rows.map(({ seenMs }) => seenMs);
      const among = looks.map(([index, step]) => (seen[index] ?? startMs) + step * second);
      const all = [startMs - 1, ...among, Math.max(startMs, ...seen) + afterMs];
      return [...new Set(all)].filter((ms) => ms >= startMs - 1).sort((a, b) => a - b);
    });

const anyHistory = (lateMs: fc.Arbitrary<number>) =>
  anyRows(lateMs).chain((rows) =>
    fc.record({ rows: fc.constant(rows), looks: anyLooks(rows), tradingDay: anyTradingDay }),
  );

const lines: Readonly<
  Partial<Record<Rule['kind'], readonly [threshold: string, recovery: string]>>
> = {
  'day-pnl-low': ['-3', '-1'],
  'total-pnl-low': ['-3', '-1'],
  drawdown: ['3', '1'],
  'give-back': ['3', '1'],
  'losing-streak': ['3', '2'],
};

const rulesWith = (change: Partial<Rule>): Rule[] =>
  Object.entries(lines).map(([kind, [threshold, recovery]]) =>
    someRule({ ...{ id: kind, kind: kind as Rule['kind'], threshold, recovery }, ...change }),
  );
const anyPeriods = fc.record({
  keepFiringS: fc.constantFrom(0, 0, 60, 3600),
  pendingS: fc.constantFrom(null, null, 60, 3600),
});
const notLate = fc.constant(0);

test('every crossing of a line is told once with its time, however closes are cut into looks', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory(notLate), anyPeriods, async (history, periods) => {
      const { rows, looks, tradingDay } = history;
      const rules = rulesWith(periods);
      const { book, effects } = await watch(history, rules);
      for (const rule of rules) {
        const stretches = stretchesOf(rule, rows, tradingDay);
        const expected = meant(rule, stretches, looks.at(-1) ?? 0);
        expect(episodesOf(book, rule).map(told), rule.kind).toEqual(expected);
      }
      const fired = effects.flatMap(({ kind, episode }) => (kind === 'fired' ? [episode.id] : []));
      expect(new Set(fired).size).toBe(fired.length);
      expect(episodesOf(book, rules[0] ?? someRule()).some(({ isLate }) => isLate)).toBe(false);
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 120_000);

const singleLoss = someRule({ id: 'loss', kind: 'single-loss', threshold: '-2' });
const anyLateMs = fc.constantFrom(0, 0, 0, second, 30 * second, 10 * minute, 7 * hour, 30 * hour);

test('each single loss is told once at its own time, however late its close is committed', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory(anyLateMs), async (history) => {
      const { book } = await watch(history, [singleLoss]);
      const losses = history.rows.filter(({ cents }) => cents <= -200).map(({ ms }) => ms);
      expect(episodesOf(book, singleLoss).map(({ start }) => start.at)).toEqual(
        [...new Set(losses)].sort((a, b) => a - b).map(instantOfMs),
      );
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 120_000);

test('a breach at the time of a late close is told, and nothing ends before it began', async () => {
  const rules = rulesWith({ keepFiringS: 0 }).filter(({ kind }) => !kindOf({ kind }).isDaily);
  await fc.assert(
    fc.asyncProperty(anyHistory(anyLateMs), async (history) => {
      const { rows, looks } = history;
      let known = new Set<string>();
      const { effects } = await watch(history, rules, (book, lookMs) => {
        const fresh = new Set([...book.ended(), ...book.lasting()].map(({ id }) => id));
        const isFresh = ({ id }: Episode): boolean => !known.has(id);
        const beforeMs = looks[looks.indexOf(lookMs) - 1];
        if (beforeMs === undefined) return;
        const seen = rows.filter(({ seenMs }) => seenMs <= lookMs).toSorted((a, b) => a.ms - b.ms);
        for (const { ms } of seen.filter(({ seenMs }) => seenMs > beforeMs)) {
          for (const rule of rules) {
            const cents = figureAt(rule, seen, ms, () => '');
            const line = centsOf(rule.threshold) ?? 0;
            if (kindOf(rule).side === 'low' ? cents > line : cents < line) continue;
            const at = instantOfMs(ms);
            const before = instantOfMs(beforeMs);
            // What fires already takes a late breach in: whoever cares knows.
            const own = episodesOf(book, rule).filter(
              ({ start, end }) =>
                (start.at <= at && (end === null || at <= end.at)) ||
                (at <= before && start.at <= before && (end === null || end.at > before)),
            );
            expect(own.length, `${rule.kind} at ${at}`).toBeGreaterThan(0);
            const begun = own.find(({ start }) => start.at === at);
            if (begun === undefined || !isFresh(begun)) continue;
            if (ms < beforeMs - minute) expect(begun.isLate).toBe(true);
          }
        }
        known = fresh;
      });
      for (const { kind, episode } of effects) {
        if (kind !== 'ended' || episode.end === null) continue;
        expect(episode.end.at >= episode.start.at, episode.id).toBe(true);
      }
      const fired = effects.flatMap(({ kind, episode }) => (kind === 'fired' ? [episode.id] : []));
      expect(new Set(fired).size).toBe(fired.length);
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 120_000);

test('a rule by name tells of each name what it would tell of its closes alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyHistory(notLate),
      fc.constantFrom('strategy' as const, 'market' as const),
      async (history, by) => {
        const rules = rulesWith({ keepFiringS: 0 });
        const scoped = rules.map((rule) => ({ ...rule, scope: { by, value: null } }));
        const { book } = await watch(history, scoped);
        for (const name of ['a', 'b', '']) {
          const own = history.rows.filter((row) => row.name === name);
          const { book: alone } = await watch({ ...history, rows: own }, rules);
          for (const rule of rules) {
            const [of, meantOf] = [episodesOf(book, rule, name), episodesOf(alone, rule)];
            expect(of.map(told), `${rule.kind} of ${name}`).toEqual(meantOf.map(told));
          }
        }
      },
    ),
    { numRuns: Math.ceil(runs / 3), endOnFailure: true },
  );
}, 120_000);
