import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../settings.ts';
import { presetRules } from './presets.ts';
import { emptyRule, type Rule } from './rule.ts';
import { exportRules, planImport } from './rules-file.ts';

const loss = emptyRule('loss', 'day-pnl-low');
const fall = emptyRule('fall', 'drawdown');
const textOf = (rules: readonly unknown[], version: unknown = 1): string =>
  JSON.stringify({ version, rules });

describe('an export', () => {
  test('is versioned, and the same whatever order the keys were in', () => {
    const { id, kind, ...rest } = loss;
    const turned: Rule = { ...rest, kind, id };
    expect(exportRules([turned])).toBe(exportRules([loss]));
    expect(exportRules([loss])).toMatch(/^\{\n {2}"version": 1,\n {2}"rules": \[\n {4}\{\n/);
  });

  test('comes back as it was', () => {
    const rules = presetRules(defaultSettings);
    const { result, rules: imported } = planImport(exportRules(rules), []);
    expect(imported).toEqual(rules);
    expect(result).toMatchObject({ problems: [], changed: [], unchanged: 0 });
    expect(result.added).toHaveLength(rules.length);
    expect(planImport(exportRules(rules), rules).result).toEqual({
      ...{ problems: [], added: [], changed: [], unchanged: rules.length },
    });
  });
});

describe('an import', () => {
  test('adds and changes, and deletes nothing', () => {
    const deeper = { ...loss, threshold: '-75' };
    const { result, rules } = planImport(textOf([fall, deeper]), [loss, emptyRule('x', 'halted')]);
    expect(rules.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['loss', '-75'],
      ['x', null],
      ['fall', '50'],
    ]);
    expect(result).toEqual({
      problems: [],
      added: ['Drawdown'],
      changed: [{ name: 'Day P&L', what: ['line: −$50.00 → −$75.00'] }],
      unchanged: 0,
    });
  });

  test('tells each difference in words', () => {
    const changed: Rule = {
      ...loss,
      ...{ kind: 'no-new-rows', name: 'Dead?', isEnabled: false, severity: 'critical' },
      ...{ threshold: '45', recovery: '10', pendingS: 90, keepFiringS: 0, repeatMin: 0 },
      ...{ cooldownMin: 60, noData: 'alert', hours: { from: '09:00', to: '17:30' } },
      plan: 'Restart it',
    };
    expect(planImport(textOf([changed]), [loss]).result.changed).toEqual([
      {
        name: 'Dead?',
        what: [
          'watches: Day P&L → No new row',
          'name: none → Dead?',
          'state: on → off',
          'severity: warning → critical',
          'line: −$50.00 → 45 m',
          'ends when back at: −$47.50 (default) → 10 m',
          'must hold for: 0 s (default) → 1 m',
          'must be over for: 1 m (default) → 0 s',
          'reminds: each 1 h 00 m (default) → never',
          'then silent for: 5 m (default) → 1 h 00 m',
          'missing data: changes nothing → is told',
          'hours: always → 09:00 to 17:30',
          'plan: none → Restart it',
        ],
      },
    ]);
    const scoped: Rule = { ...loss, scope: { by: 'venue', value: 'kal\u202eshi' } };
    expect(planImport(textOf([scoped]), [loss]).result.changed[0]?.what).toEqual([
      'scope: all → venue kal·shi',
    ]);
    const rate = emptyRule('rate', 'win-rate');
    expect(planImport(textOf([{ ...rate, lastN: 80 }]), [rate]).result.changed[0]?.what).toEqual([
      'closes counted: 50 → 80',
    ]);
  });

  test('tells apart what prints the same', () => {
    const finer = { ...loss, threshold: '-50.001' };
    expect(planImport(textOf([finer]), [loss]).result.changed[0]?.what).toEqual([
      'line: "-50" → "-50.001"',
    ]);
  });

  test.each([
    ['no JSON', '{"rules"', 'The text is no JSON: choose a file that Plumbline exported.'],
    ['a list', '[]', 'The text holds no list of rules: choose a file that Plumbline exported.'],
    ['no rules', '{"version":1}', 'The text holds no list of rules'],
    ['no version', '{"rules":[]}', 'The text does not say of which version it is'],
    [
      'a newer version',
      textOf([], 2),
      'The rules are of version 2, and this Plumbline knows 1: update Plumbline first.',
    ],
    ['too much', ' '.repeat(1024 * 1024 + 1), 'The text is over 1 MB'],
  ])('of %s changes nothing', (_what, text, message) => {
    const { result, rules } = planImport(text, [loss]);
    expect(result.problems).toEqual([expect.stringContaining(message)]);
    expect(rules).toEqual([loss]);
  });

  test('a byte order mark is no fault', () => {
    expect(planImport(`\ufeff${textOf([loss])}`, []).result.added).toEqual(['Day P&L']);
  });

  test('leaves out what is no rule, and takes the rest', () => {
    const entries = [
      { ...fall, threshold: 'much' },
      loss,
      { ...fall, name: 'Too high', recovery: '90' },
      { ...fall, id: 'loss' },
      null,
      { ...loss, id: 'other' },
    ];
    const { result, rules } = planImport(textOf(entries), []);
    expect(rules).toEqual([loss]);
    expect(result.problems).toEqual([
      'Rule 1 (“fall”) is left out: its threshold is missing or no such value.',
      'Rule 3 (“Too high”) is left out. An end at $90.00 does not lie on the safe side of $50.00: enter one below it.',
      'Rule 4 (“loss”) is left out: its id stands in the text twice.',
      'Rule 5 is left out: it is no rule.',
      'Rule 6 (“other”) is left out. “Day P&L” watches exactly this already: change that rule, or this one.',
    ]);
  });

  test('a rule left out stays as it was, and two rules may change places', () => {
    const bad = { ...loss, threshold: '5' };
    expect(planImport(textOf([bad]), [loss]).rules).toEqual([loss]);
    const other = { ...loss, id: 'other', threshold: '-75' };
    const swapped = [
      { ...loss, threshold: '-75' },
      { ...other, threshold: '-50' },
    ];
    expect(planImport(textOf(swapped), [loss, other])).toMatchObject({
      result: { problems: [] },
      rules: swapped,
    });
  });

  test('of something else altogether tells the first twenty problems', () => {
    const { problems } = planImport(textOf(Array(500).fill({ a: 1 })), []).result;
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('480 more of this kind.');
  });
});
