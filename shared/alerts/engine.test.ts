import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOfMs } from '../instant.ts';
import { afterRestart, type Effect, evaluate, retire } from './engine.ts';
import { episodeOf, type Instance, newInstance } from './instance.ts';
import { kindOf, meaningOf, type Rule } from './rule.ts';
import type { Now, Sample } from './sample.ts';
import { someRule } from './test-fixtures.ts';

const startMs = Date.parse('2026-11-23T03:12:00Z');
const day = '2026-11-23';

/** Seconds since the start, and what was seen then. */
type Step = readonly [seconds: number, value: string | 'no data' | 'error', of?: string];

interface Ran {
  readonly instance: Instance;
  readonly effects: readonly Effect[];
  /** The state after each step. */
  readonly states: readonly string[];
}

const sampleOf = ([seconds, value, of = day]: Step, position: number): [Sample, Now] => {
  const ms = startMs + seconds * 1000;
  const at = instantOfMs(ms);
  const order = { asOf: at, snapshotId: `s${position}`, position: 0 };
  if (value === 'no data')
    return [
      { ...order, kind: 'no-data', reason: 'nothing there' },
      { at, ms },
    ];
  if (value === 'error')
    return [
      { ...order, kind: 'error', code: 'unreachable' },
      { at, ms },
    ];
  return [
    { ...order, kind: 'ok', value, day: of, isLate: false },
    { at, ms },
  ];
};

function run(
  rule: Rule,
  steps: readonly Step[],
  from = newInstance(rule.id, null, meaningOf(rule)),
): Ran {
  let instance = from;
  const effects: Effect[] = [];
  const states: string[] = [];
  steps.forEach((step, index) => {
    const [sample, now] = sampleOf(step, index);
    const next = evaluate(rule, instance, sample, now);
    instance = next.instance;
    effects.push(...next.effects);
    states.push(instance.state.kind);
  });
  return { instance, effects, states };
}

const told = ({ effects }: Ran): string[] =>
  effects.map(({ kind, episode }) => (kind === 'ended' ? `ended ${episode.endReason}` : kind));

const rule = someRule({ threshold: '-50' });

test.each([
  ['breach without a pending period fires', rule, [[0, '-50']], ['firing'], ['fired']],
  ['a value short of the threshold does not', rule, [[0, '-49.99']], ['normal'], []],
  [
    'with a pending period it has to last',
    someRule({ threshold: '-50', pendingS: 30 }),
    [
      [0, '-60'],
      [29, '-60'],
      [30, '-60'],
    ],
    ['pending', 'pending', 'firing'],
    ['fired'],
  ],
  [
    'pending ends with the breach',
    someRule({ threshold: '-50', pendingS: 30 }),
    [
      [0, '-60'],
      [10, '-40'],
      [40, '-60'],
    ],
    ['pending', 'normal', 'pending'],
    [],
  ],
  [
    'between threshold and recovery it goes on firing',
    rule,
    [
      [0, '-60'],
      [10, '-48'],
      [200, '-48'],
    ],
    ['firing', 'firing', 'firing'],
    ['fired'],
  ],
  [
    'beyond the recovery threshold it has to stay for the keep-firing time',
    rule,
    [
      [0, '-60'],
      [10, '-40'],
      [69, '-40'],
      [70, '-40'],
    ],
    ['firing', 'recovering', 'recovering', 'normal'],
    ['fired', 'ended recovered'],
  ],
  [
    'without a keep-firing time it ends at once',
    someRule({ threshold: '-50', keepFiringS: 0 }),
    [
      [0, '-60'],
      [10, '-40'],
    ],
    ['firing', 'normal'],
    ['fired', 'ended recovered'],
  ],
  [
    'a breach while it recovers is the same episode',
    rule,
    [
      [0, '-60'],
      [10, '-40'],
      [20, '-55'],
      [30, '-40'],
      [90, '-40'],
    ],
    ['firing', 'recovering', 'firing', 'recovering', 'normal'],
    ['fired', 'ended recovered'],
  ],
  [
    'errors and missing data keep the state',
    rule,
    [
      [0, '-60'],
      [10, 'error'],
      [20, 'no data'],
      [500, 'error'],
    ],
    ['firing', 'firing', 'firing', 'firing'],
    ['fired'],
  ],
  [
    'rollover ends a daily alert and says so',
    rule,
    [
      [0, '-62'],
      [10, '0', '2026-11-24'],
    ],
    ['firing', 'normal'],
    ['fired', 'ended rollover'],
  ],
  [
    'a new day below the line fires anew',
    rule,
    [
      [0, '-62'],
      [10, '-55', '2026-11-24'],
    ],
    ['firing', 'firing'],
    ['fired', 'ended rollover', 'fired'],
  ],
  [
    'with the policy "alert" missing data is told after the pending period',
    someRule({ threshold: '-50', noData: 'alert', pendingS: 30 }),
    [
      [0, '-10'],
      [10, 'no data'],
      [41, 'no data'],
      [50, '-10'],
    ],
    ['normal', 'pending', 'no-data', 'normal'],
    ['fired', 'ended data-back'],
  ],
  [
    'with the policy "alert" missing data does not resolve what fires',
    someRule({ threshold: '-50', noData: 'alert' }),
    [
      [0, '-60'],
      [10, 'no data'],
      [900, 'no data'],
    ],
    ['firing', 'firing', 'firing'],
    ['fired'],
  ],
] as const satisfies readonly (readonly [string, Rule, readonly Step[], string[], string[]])[])(
  '%s',
  (_name, of, steps, states, effects) => {
    const ran = run(of, steps);
    expect(ran.states).toEqual(states);
    expect(told(ran)).toEqual(effects);
  },
);

test('rollover tells what the day closed at', () => {
  const { effects } = run(rule, [
    [0, '-55'],
    [10, '-62'],
    [20, '3', '2026-11-24'],
  ]);
  expect(effects.at(-1)?.episode).toMatchObject({
    ...{ day, endReason: 'rollover', end: { value: '-62' }, worst: { value: '-62' } },
    start: { at: instantOfMs(startMs), value: '-55' },
  });
});

test('each loss beyond the line is an episode of its own that is over at once', () => {
  const loss = someRule({ kind: 'single-loss', threshold: '-50' });
  const ran = run(loss, [
    [0, '-60'],
    [1, '-10'],
    [2, '-70'],
    [3, '-80'],
  ]);
  expect(told(ran)).toEqual(Array.from({ length: 3 }, () => ['fired', 'ended event']).flat());
  expect(new Set(ran.effects.map(({ episode }) => episode.id)).size).toBe(3);
});

test('a count that was there at the first look is no event, a higher one is, by how much', () => {
  const failed = someRule({ kind: 'failed-order', threshold: null });
  const ran = run(failed, [
    [0, '7'],
    [1, '7'],
    [2, '9'],
    [3, '8'],
    [4, '8'],
  ]);
  expect(told(ran)).toEqual(['fired', 'ended event']);
  expect(ran.effects[0]?.episode.start.value).toBe('2');
});

test('a late close of a day that is over is told once, and leaves today as it is', () => {
  const before = run(rule, [[0, '-10', '2026-11-24']]).instance;
  const late = (position: number, value: string): Effect[] => {
    const now = { at: instantOfMs(startMs - 1000), ms: startMs - 1000 };
    const order = { asOf: instantOfMs(startMs + 5000), snapshotId: 'late', position };
    const sample: Sample = { ...order, kind: 'ok', value, day, isLate: true };
    const next = evaluate(rule, instance, sample, now);
    instance = next.instance;
    return [...next.effects];
  };
  let instance = before;
  const effects = [...late(0, '-70'), ...late(1, '-80')];
  expect(effects.map(({ kind, episode }) => [kind, episode.day, episode.isLate])).toEqual([
    ['fired', day, true],
    ['ended', day, true],
  ]);
  expect(instance.state).toEqual({ kind: 'normal' });
  expect(instance.last?.day).toBe('2026-11-24');
});

test.each(['disabled', 'deleted', 'changed'] as const)(
  'a rule that is %s ends what it had',
  (reason) => {
    const { instance } = run(rule, [[0, '-60']]);
    const { effects, instance: after } = retire(instance, reason, {
      at: instantOfMs(startMs),
      ms: 0,
    });
    expect(effects.map(({ episode }) => episode.endReason)).toEqual([reason]);
    expect(after.state.kind).toBe('normal');
  },
);

test('five edges within a quarter of an hour are told to be flapping, once', () => {
  const flapping = someRule({ threshold: '-50', keepFiringS: 0 });
  const steps = Array.from(
    { length: 12 },
    (_, index): Step => [index * 60, index % 2 ? '0' : '-60'],
  );
  expect(told(run(flapping, steps)).filter((what) => what === 'flapping')).toHaveLength(1);
});

test('of a level rule a restart begins the pending period anew', () => {
  const slow = someRule({ kind: 'exposure', threshold: '100', pendingS: 30 });
  const { instance } = run(slow, [
    [0, '200'],
    [29, '200'],
  ]);
  expect(afterRestart(slow, instance, 0).state).toEqual({ kind: 'normal' });
});

// Properties. A log is made of values about the threshold, gaps and failures, over several days.

const dayNames = ['2026-11-23', '2026-11-24', '2026-11-25'];

const logOf = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 120 }),
      value: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: -70, max: 10 }).map(String) },
        { weight: 1, arbitrary: fc.constant('no data' as const) },
        { weight: 1, arbitrary: fc.constant('error' as const) },
      ),
      rolls: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
    }),
    { maxLength: 60 },
  )
  .map((entries) => {
    let [seconds, days] = [0, 0];
    return entries.map(({ seconds: more, value, rolls }): Step => {
      seconds += more;
      if (rolls) days = Math.min(dayNames.length - 1, days + 1);
      return [seconds, value, dayNames[days] ?? day];
    });
  });

const ruleOf = fc
  .record({
    kind: fc.constantFrom('day-pnl-low' as const, 'total-pnl-low' as const, 'single-loss' as const),
    pendingS: fc.constantFrom(null, 0, 30),
    keepFiringS: fc.constantFrom(null, 0, 60, 300),
    noData: fc.constantFrom('keep' as const, 'alert' as const),
    recovery: fc.constantFrom(null, '-40', '-49'),
  })
  .map((parts) => someRule({ ...parts, threshold: '-50' }));

/** Fired and ended of the episodes that last, in their order. */
const edges = (effects: readonly Effect[]): Effect[] =>
  effects.filter(({ kind }) => kind !== 'flapping');

test('promise 2: no two "fired" of one instance without an end between, and no end without a beginning', () => {
  fc.assert(
    fc.property(ruleOf, logOf, (of, log) => {
      let open: string | null = null;
      for (const { kind, episode } of edges(run(of, log).effects)) {
        if (kind === 'fired') expect(open).toBeNull();
        else expect(open).toBe(episode.id);
        open = kind === 'fired' ? episode.id : null;
      }
    }),
    { numRuns: 2000 },
  );
});

test('promise 3: errors and missing data never end an episode', () => {
  fc.assert(
    fc.property(ruleOf, logOf, (of, log) => {
      let instance = newInstance(of.id, null, meaningOf(of));
      log.forEach((step, index) => {
        const before = episodeOf(instance);
        const next = evaluate(of, instance, ...sampleOf(step, index));
        instance = next.instance;
        if (step[1] !== 'error' && step[1] !== 'no data') return;
        expect(next.effects.filter(({ kind }) => kind === 'ended')).toEqual([]);
        if (before !== null) expect(episodeOf(instance)?.id).toBe(before.id);
      });
    }),
    { numRuns: 2000 },
  );
});

test('promise 4: the same log has the same effects, told again or twice over, cut anywhere or not', () => {
  fc.assert(
    fc.property(ruleOf, logOf, fc.nat(60), (of, log, cut) => {
      const once = run(of, log);
      expect(run(of, log)).toEqual(once);
      // Each sample twice: the second is known.
      let instance = newInstance(of.id, null, meaningOf(of));
      const twice: Effect[] = [];
      log.forEach((step, index) => {
        for (const _time of [1, 2]) {
          const next = evaluate(of, instance, ...sampleOf(step, index));
          instance = next.instance;
          twice.push(...next.effects);
        }
      });
      expect(twice).toEqual(once.effects);
      // Written down and read again between two samples.
      let stored = newInstance(of.id, null, meaningOf(of));
      const cutInTwo: Effect[] = [];
      log.forEach((step, index) => {
        if (index === cut) stored = afterRestart(of, JSON.parse(JSON.stringify(stored)), 0);
        const next = evaluate(of, stored, ...sampleOf(step, index));
        stored = next.instance;
        cutInTwo.push(...next.effects);
      });
      expect(kindOf(of).timing).toBe('path');
      expect(cutInTwo).toEqual(once.effects);
    }),
    { numRuns: 1000 },
  );
});

test('a sample that is older than the last changes nothing', () => {
  fc.assert(
    fc.property(ruleOf, logOf, fc.integer({ min: -70, max: 10 }), (of, log, value) => {
      const { instance } = run(of, log);
      if (instance.seen === null) return;
      const old: Sample = {
        ...{ asOf: instantOfMs(startMs - 1), snapshotId: 'old', position: 9 },
        ...{ kind: 'ok', value: String(value), day, isLate: false },
      };
      expect(evaluate(of, instance, old, { at: old.asOf, ms: startMs - 1 })).toEqual({
        ...{ instance, effects: [] },
      });
    }),
  );
});

test('the worst value of an episode is the furthest that was seen in it', () => {
  fc.assert(
    fc.property(logOf, (log) => {
      const of = someRule({ kind: 'total-pnl-low', threshold: '-50' });
      for (const { kind, episode } of run(of, log).effects) {
        if (kind !== 'ended') continue;
        const within = log.filter(([seconds]) => {
          const at = instantOfMs(startMs + seconds * 1000);
          return at >= episode.start.at && at < (episode.end?.at ?? '');
        });
        const values = within
          .map(([, value]) => Number(value))
          .filter((value) => !Number.isNaN(value));
        // What fired when its period ran out was worst at the sample before. Several samples may share a second: those of the first one may lie before the beginning.
        expect(values).toContain(Number(episode.worst.value));
        expect(Number(episode.worst.value)).toBeLessThanOrEqual(-50);
      }
    }),
  );
});
