import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepFiringMs, pendingMs } from '../../shared/alerts/defaults.ts';
import type { Effect } from '../../shared/alerts/engine.ts';
import type { Episode } from '../../shared/alerts/episode.ts';
import { kindOf, type Rule } from '../../shared/alerts/rule.ts';
import { someRule } from '../../shared/alerts/test-fixtures.ts';
import { zero } from '../../shared/decimal.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { type TradingDayRule, tradingDayAt } from '../../shared/trading-day.ts';
import { closeSeriesOf } from '../ledger/close-series.ts';
import { momentFromText } from '../ledger/moments.ts';
import { Book } from './book.ts';
import { PathEvaluation } from './path-evaluation.ts';
import { noState } from './stored-alerts.ts';

// Against the product stands a model in whole cents and milliseconds, which knows neither its engine nor
// its walk along the closes: it looks at each stretch of time in which a figure stands still.

const runs = Number(process.env.PLUMBLINE_PATH_RUNS ?? 300);
const startMs = Date.parse('2026-03-27T12:00:00Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

interface Row {
  readonly ms: number;
  readonly cents: number;
  readonly name: string;
  /** When it can be seen. */
  readonly seenMs: number;
}

const anyGapMs = fc.oneof(
  fc.constantFrom(0, 1, second, 59 * second, minute),
  fc.integer({ min: 1, max: 20 * minute }),
  fc.integer({ min: hour, max: 30 * hour }),
);
const anyCents = fc.oneof(fc.integer({ min: -250, max: 250 }), fc.constantFrom(-300, 0, 100, 200));
const anyRows = (lateMs: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(anyGapMs, anyCents, fc.constantFrom('a', 'b', ''), lateMs), { maxLength: 40 })
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
      maxLength: 30,
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

const centsText = (cents: number): string => `${cents < 0 ? '-' : ''}${Math.abs(cents) / 100}`;
const centsOf = (text: string | null): number | null =>
  text === null ? null : Math.round(Number(text) * 100);

function readingOf(rows: readonly Row[], nowMs: number) {
  const seen = rows.filter(({ seenMs }) => seenMs <= nowMs);
  const closes = seen
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ ms, cents, name }) => ({
      at: momentFromText(instantOfMs(ms)),
      pnl: { units: BigInt(cents), scale: 2 },
      ...{ hold: null, names: [name, 'v', name] as const },
    }));
  const total = centsText(seen.reduce((sum, { cents }) => sum + cents, 0));
  const figures = { 'all-time-pnl': { kind: 'value', value: total, reason: '' } };
  // Path rules look at nothing else.
  const snapshot = { asOf: instantOfMs(nowMs), figures } as unknown as Snapshot;
  return { snapshot, series: closeSeriesOf(closes, zero, true) };
}

/** Looks again and again, and begins anew from the disk each time. */
async function watch(
  {
    rows,
    looks,
    tradingDay,
  }: { rows: readonly Row[]; looks: readonly number[]; tradingDay: TradingDayRule },
  rules: readonly Rule[],
  afterLook: (book: Book, lookMs: number) => void = () => undefined,
): Promise<{ book: Book; effects: Effect[] }> {
  let book = new Book(noState);
  const effects: Effect[] = [];
  for (const lookMs of looks) {
    book = new Book(JSON.parse(JSON.stringify(book.stored())));
    const reading = readingOf(rows, lookMs);
    effects.push(...(await new PathEvaluation().evaluate(book, { rules, tradingDay }, reading)));
    afterLook(book, lookMs);
  }
  return { book, effects };
}

const byStart = (a: Episode, b: Episode): number => (a.start.at < b.start.at ? -1 : 1);
const episodesOf = (book: Book, rule: Rule, scope: string | null = null): Episode[] =>
  [...book.ended(), ...book.lasting()]
    .filter((one) => one.ruleId === rule.id && one.scope === scope)
    .sort(byStart);

const told = ({ start, end, endReason, worst }: Episode) => ({
  ...{ at: start.at, value: centsOf(start.value), worst: centsOf(worst.value) },
  ...{ endAt: end?.at ?? null, endValue: centsOf(end?.value ?? null), endReason },
});
type Told = ReturnType<typeof told>;

/** A stretch of time in which a figure stands still. */
interface Stretch {
  readonly fromMs: number;
  readonly cents: number;
  readonly day: string;
}

function stretchesOf(rule: Rule, rows: readonly Row[], tradingDay: TradingDayRule): Stretch[] {
  const dayOf = (ms: number) => tradingDayAt(instantOfMs(ms), tradingDay);
  const valueAt = (ms: number): number => figureAt(rule, rows, ms, (at) => dayOf(at).name);
  const times = new Set(rows.map(({ ms }) => ms));
  if (kindOf(rule).isDaily && rows.length > 0) {
    const lastMs = Math.max(...times) + 100 * hour;
    for (let ms = startMs; ms < lastMs; ) {
      ms = instantMs(dayOf(ms).end) ?? lastMs;
      times.add(ms);
    }
  }
  return [...times]
    .sort((a, b) => a - b)
    .map((ms) => ({ fromMs: ms, cents: valueAt(ms), day: dayOf(ms).name }));
}

function figureAt(
  { kind }: Rule,
  rows: readonly Row[],
  ms: number,
  dayOf: (ms: number) => string,
): number {
  const until = rows.filter((row) => row.ms <= ms);
  const sums = (of: readonly Row[]): number[] =>
    [...new Set(of.map((row) => row.ms))].map((at) =>
      of.filter((row) => row.ms <= at).reduce((sum, { cents }) => sum + cents, 0),
    );
  const today = sums(until.filter((row) => dayOf(row.ms) === dayOf(ms)));
  const all = sums(until);
  switch (kind) {
    case 'day-pnl-low':
      return today.at(-1) ?? 0;
    case 'give-back':
      return Math.max(0, ...today) - (today.at(-1) ?? 0);
    case 'total-pnl-low':
      return all.at(-1) ?? 0;
    case 'drawdown':
      return Math.max(0, ...all) - (all.at(-1) ?? 0);
    case 'losing-streak': {
      const letters = until.map(({ cents }) => (cents > 0 ? 'W' : cents < 0 ? 'L' : '')).join('');
      return (/L*$/.exec(letters)?.[0].length ?? 0) * 100;
    }
    default:
      throw new Error(`The model does not know ${kind}`);
  }
}

/** The episodes of a rule, from its definition. */
function meant(rule: Rule, stretches: readonly Stretch[], nowMs: number): Told[] {
  const low = kindOf(rule).side === 'low';
  const [line, ends] = [centsOf(rule.threshold) ?? 0, centsOf(rule.recovery) ?? 0];
  const breached = (cents: number): boolean => (low ? cents <= line : cents >= line);
  const over = (cents: number): boolean => (low ? cents > ends : cents < ends);
  const found: Told[] = [];
  let lasting: Told | null = null;
  let sinceMs: number | null = null;
  const end = (ms: number, cents: number, endReason: Told['endReason']): void => {
    if (lasting !== null)
      found.push({ ...lasting, endAt: instantOfMs(ms), endValue: cents, endReason });
    [lasting, sinceMs] = [null, null];
  };
  stretches.forEach(({ fromMs, cents, day }, index) => {
    const before = stretches[index - 1];
    const toMs = stretches[index + 1]?.fromMs ?? nowMs;
    if (fromMs > nowMs) return;
    if (kindOf(rule).isDaily && before !== undefined && before.day !== day) {
      end(fromMs, before.cents, 'rollover');
      sinceMs = null;
    }
    if (lasting !== null) {
      const worst = low ? Math.min(lasting.worst ?? 0, cents) : Math.max(lasting.worst ?? 0, cents);
      lasting = { ...lasting, worst };
      sinceMs = over(cents) ? (sinceMs ?? fromMs) : null;
      const dueMs = (sinceMs ?? Number.POSITIVE_INFINITY) + keepFiringMs(rule);
      if (
        dueMs <= Math.min(toMs, nowMs) &&
        isOfStretch(rule, dueMs, toMs, stretches[index + 1], day)
      ) {
        end(dueMs, cents, 'recovered');
      }
      return;
    }
    sinceMs = breached(cents) ? (sinceMs ?? fromMs) : null;
    const dueMs = (sinceMs ?? Number.POSITIVE_INFINITY) + pendingMs(rule);
    if (dueMs > Math.min(toMs, nowMs) || !isOfStretch(rule, dueMs, toMs, stretches[index + 1], day))
      return;
    const at = instantOfMs(dueMs);
    lasting = { at, value: cents, worst: cents, endAt: null, endValue: null, endReason: null };
    sinceMs = null;
  });
  return lasting === null ? found : [...found, lasting];
}

/** A period that runs out at the very end of the trading day runs out too late. */
const isOfStretch = (
  rule: Rule,
  dueMs: number,
  toMs: number,
  next: Stretch | undefined,
  day: string,
): boolean => dueMs < toMs || !kindOf(rule).isDaily || next === undefined || next.day === day;

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
      const { effects } = await watch(history, rules, (book, lookMs) => {
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
            if (begun !== undefined && ms < beforeMs - minute) expect(begun.isLate).toBe(true);
          }
        }
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
