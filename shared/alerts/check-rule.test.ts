import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, parseDecimal, printDecimal, subtractDecimals } from '../decimal.ts';
import { checkRule } from './check-rule.ts';
import { isBreach, isRecovered, recoveryOf, thresholdOf } from './defaults.ts';
import { emptyRule, kindOf, leastLastN, type Rule } from './rule.ts';
import { type RuleKindId, ruleKindIds } from './rule-kinds.ts';

const rule = (kind: RuleKindId, change: Partial<Rule> = {}): Rule => ({
  ...emptyRule('a', kind),
  ...change,
});
const messages = (of: Rule, others: readonly Rule[] = []): string[] =>
  checkRule(of, others).map(({ field, message }) => `${field}: ${message}`);

test.each(ruleKindIds)('%s may be saved as it is offered', (kind) => {
  expect(checkRule(rule(kind), [])).toEqual([]);
});

describe('a threshold', () => {
  test.each<[RuleKindId, string | null, string]>([
    ['day-pnl-low', null, 'threshold: Day P&L needs a line: enter one.'],
    ['day-pnl-low', '50', 'threshold: +$50.00 is no loss: did you mean −$50.00?'],
    ['day-pnl-high', '0', 'threshold: Day P&L of $0.00 tells nothing: enter more than $0.00.'],
    [
      'single-loss',
      '0',
      'threshold: Single loss of $0.00 tells nothing: enter an amount below $0.00.',
    ],
    ['drawdown', '-5', 'threshold: −$5.00 lies below zero: did you mean $5.00?'],
    [
      'connections',
      '80',
      'threshold: Server connections of 8,000.0 % tells nothing: enter a share above 0 % and up to 100 %.',
    ],
    [
      'losing-streak',
      '2.5',
      'threshold: Losing streak of 2.5 tells nothing: enter a whole number from 1 on.',
    ],
    ['halted', '1', 'threshold: System halted has no line: leave it empty.'],
    [
      'stale',
      '9'.repeat(201),
      'threshold: The line is longer than 200 characters: enter a shorter number.',
    ],
  ])('of %s at %s is refused', (kind, threshold, message) => {
    expect(messages(rule(kind, { threshold }))).toEqual([message]);
  });

  test('with its sign left out comes with the one that was meant', () => {
    const [problem] = checkRule(rule('day-pnl-low', { threshold: '20' }), []);
    expect(problem).toMatchObject({ field: 'threshold', suggestion: '-20' });
    expect(checkRule(rule('day-pnl-low', { threshold: '-20' }), [])).toEqual([]);
  });

  test.each<[RuleKindId, string]>([
    ['total-pnl-low', '0'],
    ['total-pnl-high', '-100'],
    ['worst-case', '1.5'],
    ['edge-capture', '-0.2'],
    ['rejection-rate', '1'],
    ['data-quality', '1'],
    ['stale', '0.5'],
  ])('of %s at %s may be', (kind, threshold) => {
    expect(messages(rule(kind, { threshold }))).toEqual([]);
  });
});

describe('a recovery threshold', () => {
  test.each<[RuleKindId, Partial<Rule>, string]>([
    [
      'day-pnl-low',
      { threshold: '-50', recovery: '-50' },
      'An end at −$50.00 does not lie on the safe side of −$50.00: enter one above it.',
    ],
    [
      'drawdown',
      { threshold: '50', recovery: '60' },
      'An end at $60.00 does not lie on the safe side of $50.00: enter one below it.',
    ],
    [
      'drawdown',
      { threshold: '0.8' },
      'The alert would never end, for Drawdown cannot fall below −$0.20: enter an end above $0.00.',
    ],
    [
      'win-rate',
      { threshold: '0.97' },
      'The alert would never end, for Win rate cannot rise above 101.9 %: enter an end below 100 %.',
    ],
    [
      'edge-capture',
      { threshold: '0' },
      'An alert at 0.0 % has no end of its own: enter one above 0.0 %.',
    ],
    [
      'single-loss',
      { recovery: '-1' },
      'Single loss is over as soon as it happened: leave its end empty.',
    ],
    ['unreachable', { recovery: '0' }, 'No connection has no line: leave its end empty.'],
  ])('of %s with %j is refused', (kind, change, message) => {
    expect(messages(rule(kind, change))).toEqual([`recovery: ${message}`]);
  });

  test('on the safe side may be', () => {
    expect(messages(rule('drawdown', { threshold: '0.8', recovery: '0.4' }))).toEqual([]);
    expect(messages(rule('edge-capture', { threshold: '0', recovery: '0.1' }))).toEqual([]);
    expect(messages(rule('day-pnl-low', { threshold: '-50', recovery: '20' }))).toEqual([]);
  });
});

describe('what belongs to other kinds is refused', () => {
  test.each<[RuleKindId, Partial<Rule>, string]>([
    [
      'exposure',
      { scope: { by: 'strategy', value: null } },
      'scope: Exposure cannot be told apart by strategy: choose all, venue or market.',
    ],
    [
      'halted',
      { scope: { by: 'venue', value: 'kalshi' } },
      'scope: System halted cannot be told apart by venue: choose all.',
    ],
    [
      'day-pnl-low',
      { scope: { by: 'all', value: 'kalshi' } },
      'scope: A rule over all names no single value: leave the value empty.',
    ],
    [
      'day-pnl-low',
      { scope: { by: 'venue', value: ' ' } },
      'scope: The venue is blank: name one, or leave it out to watch each.',
    ],
    [
      'win-rate',
      { lastN: 9 },
      'lastN: A win rate over 9 closes is mostly chance: enter 10 or more.',
    ],
    ['drawdown', { lastN: 50 }, 'lastN: Drawdown is not counted over a number of closes'],
    [
      'stale',
      { hours: { from: '09:00', to: '17:00' } },
      'hours: Figures not confirmed is watched at all hours',
    ],
    [
      'no-new-rows',
      { hours: { from: '09:00', to: '09:00' } },
      'hours: Hours from 09:00 to 09:00 hold no time at all',
    ],
  ])('%s with %j', (kind, change, message) => {
    expect(messages(rule(kind, change))).toEqual([expect.stringContaining(message)]);
  });

  test('what a kind has of its own may be', () => {
    const night = { from: '22:00', to: '04:00' };
    expect(messages(rule('no-new-rows', { hours: night }))).toEqual([]);
    expect(messages(rule('win-rate', { lastN: leastLastN }))).toEqual([]);
    expect(messages(rule('exposure', { scope: { by: 'market', value: null } }))).toEqual([]);
  });
});

test('a rule that means what another does is refused, under any name and severity', () => {
  const other = rule('drawdown', { id: 'b', name: 'Too deep', severity: 'critical' });
  expect(messages(rule('drawdown'), [other])).toEqual([
    'kind: “Too deep” watches exactly this already: change that rule, or this one.',
  ]);
  expect(messages(rule('drawdown', { threshold: '60' }), [other])).toEqual([]);
  expect(messages({ ...other, name: 'Deeper' }, [other])).toEqual([]);
});

test('every problem is told at once', () => {
  const bad = rule('drawdown', { threshold: null, lastN: 5, scope: { by: 'all', value: 'x' } });
  expect(checkRule(bad, []).map(({ field }) => field)).toEqual(['threshold', 'scope', 'lastN']);
});

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.integer({ min: 0, max: 6 }))
  .map(([units, scale]): Decimal => ({ units, scale }));
const share = fc.integer({ min: -1, max: 101 }).map((hundredths) => hundredths / 100);
const whole = fc.integer({ min: -1, max: 100 });
const text = fc.oneof(decimal.map(printDecimal), share.map(String), whole.map(String));
const anyRule = fc.constantFrom(...ruleKindIds).chain((kind) => {
  const { unit, scopes } = kindOf({ kind });
  return fc
    .record({
      by: fc.constantFrom('all' as const, ...scopes),
      threshold: unit === null ? fc.constant(null) : text,
      recovery: fc.option(text, { freq: 1 }),
    })
    .map(({ by, ...values }) => rule(kind, { ...values, scope: { by, value: null } }));
});

test('a rule that may be saved is breached at its threshold and ends on the safe side', () => {
  const seen = new Set<RuleKindId>();
  fc.assert(
    fc.property(anyRule, fc.array(decimal, { maxLength: 5 }), (candidate, values) => {
      if (checkRule(candidate, []).length > 0) return;
      seen.add(candidate.kind);
      const [threshold, ends] = [thresholdOf(candidate), recoveryOf(candidate)];
      for (const value of [...values, threshold, ends]) {
        expect(isBreach(candidate, value) && isRecovered(candidate, value)).toBe(false);
      }
      const { unit, isEvent, side } = kindOf(candidate);
      if (unit === null) return;
      expect(isBreach(candidate, threshold)).toBe(true);
      if (isEvent) return;
      const { units } = subtractDecimals(ends, threshold);
      expect(side === 'low' ? units > 0n : units < 0n).toBe(true);
      expect(isBreach(candidate, ends)).toBe(false);
    }),
    { numRuns: 5000 },
  );
  expect(seen.size).toBe(ruleKindIds.length);
});

test('a small amount never has an end that no value reaches', () => {
  fc.assert(
    fc.property(decimal, (threshold) => {
      const candidate = rule('drawdown', { threshold: printDecimal(threshold) });
      if (checkRule(candidate, []).length > 0) return;
      expect(isRecovered(candidate, parseDecimal('0'))).toBe(true);
    }),
  );
});
