import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseDecimal, printDecimal } from '../decimal.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { checkRule } from './check-rule.ts';
import { missingPresets, presetRules } from './presets.ts';
import { ruleSchema } from './rule.ts';
import { someRule } from './test-fixtures.ts';

const withLimits = (
  limits: Partial<Settings['limits']>,
  bankroll: Settings['bankroll'] = '500',
): Settings => ({
  ...defaultSettings,
  bankroll,
  limits: { ...defaultSettings.limits, ...limits },
});
const linesOf = (settings: Settings) =>
  presetRules(settings).map(({ id, severity, threshold }) => `${id} ${severity} ${threshold}`);
const off = { dailyLoss: null, drawdown: null, venue: null, market: null };

const ofAnybody = [
  'preset-losing-streak warning 5',
  'preset-halted critical null',
  'preset-failed-order warning null',
  'preset-pending-order warning 5',
  'preset-no-new-rows warning 30',
  'preset-unreachable warning null',
  'preset-data-quality info 1',
  'preset-restatement info null',
];

test('what is there by its id or by what it watches is not added again', () => {
  const all = presetRules(defaultSettings);
  expect(missingPresets(defaultSettings, all)).toEqual([]);
  expect(missingPresets(defaultSettings, [])).toEqual(all);
  const twin = someRule({ id: 'mine', threshold: '-50', severity: 'info' });
  const added = missingPresets(defaultSettings, [twin, ...all.slice(-1)]);
  expect(added).toEqual(all.slice(1, -1));
});

test('the limits become rules at the limit and before it', () => {
  expect(linesOf(defaultSettings)).toEqual([
    'preset-daily-loss critical -50',
    'preset-daily-loss-half warning -25',
    'preset-worst-case warning 1',
    'preset-drawdown critical 0.2',
    'preset-drawdown-near warning 0.15',
    'preset-venue-exposure warning 250',
    'preset-market-exposure warning 50',
    ...ofAnybody,
  ]);
  const scopes = presetRules(defaultSettings).map(({ scope }) => scope.by);
  expect(scopes.filter((by) => by !== 'all')).toEqual(['venue', 'market']);
});

test('a limit that is off leaves its rules out, and so does a missing bankroll', () => {
  expect(linesOf(withLimits(off))).toEqual(ofAnybody);
  expect(linesOf(withLimits({}, null))).toEqual(ofAnybody);
  expect(linesOf(withLimits({ ...off, market: '0.1' }))).toEqual([
    'preset-market-exposure warning 50',
    ...ofAnybody,
  ]);
});

test('an amount within the usual band of a dollar ends near itself', () => {
  const rules = presetRules(withLimits({}, '2'));
  expect(rules.find(({ id }) => id === 'preset-venue-exposure')).toMatchObject({
    threshold: '1',
    recovery: '0.95',
  });
});

const positive = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 20 }))
  .map(([units, scale]) => printDecimal({ units, scale }));
const share = fc
  .integer({ min: 1, max: 1000 })
  .map((thousandths) => printDecimal({ units: BigInt(thousandths), scale: 3 }));
const limit = fc.option(share);

test('whatever the settings, each may be saved beside the others', () => {
  fc.assert(
    fc.property(
      fc.option(positive),
      fc.record({ dailyLoss: limit, drawdown: limit, venue: limit, market: limit }),
      (bankroll, limits) => {
        const rules = presetRules(withLimits(limits, bankroll));
        for (const rule of rules) expect(checkRule(rule, rules)).toEqual([]);
        expect(z.array(ruleSchema).safeParse(rules).success).toBe(true);
        expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      },
    ),
  );
  const longest = `${'9'.repeat(30)}.${'9'.repeat(29)}`;
  const tiny = `0.${'0'.repeat(57)}1`;
  for (const rule of presetRules(withLimits({ dailyLoss: tiny, venue: tiny }, longest))) {
    expect(checkRule(rule, [])).toEqual([]);
    if (rule.threshold !== null) parseDecimal(rule.threshold);
  }
});
