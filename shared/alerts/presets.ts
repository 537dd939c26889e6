import { compareDecimals, multiplyDecimals, parseDecimal, printDecimal, zero } from '../decimal.ts';
import type { Settings } from '../settings.ts';
import { recoveryOf } from './defaults.ts';
import { emptyRule, kindOf, meaningOf, type Rule } from './rule.ts';

/** Some of a rule; the rest is as its kind has it. */
type Preset = Partial<Rule> & Pick<Rule, 'id' | 'kind'>;

const half = '0.5';
const threeQuarters = '0.75';
/** Of a threshold so small that the usual band of a dollar would not leave room for an end. */
const nearby = '0.95';

/**
 * The rules that follow from the risk limits, and those that serve anybody. Ids are always the same. A
 * limit that is off leaves its rules out, and so does every limit where there is no bankroll.
 */
export const presetRules = (settings: Settings): Rule[] =>
  [...ofLimits(settings), ...ofAnybody].map(ruleOf);

/** Those of them that some rules lack: neither their id nor what they watch is there. */
export function missingPresets(settings: Settings, rules: readonly Rule[]): Rule[] {
  const ids = new Set(rules.map(({ id }) => id));
  const meanings = new Set(rules.map(meaningOf));
  return presetRules(settings).filter(
    (preset) => !ids.has(preset.id) && !meanings.has(meaningOf(preset)),
  );
}

function ofLimits({ bankroll, limits }: Settings): Preset[] {
  if (bankroll === null) return [];
  const { dailyLoss, drawdown, venue, market } = limits;
  return [
    ...(dailyLoss === null ? [] : ofDailyLoss(product(bankroll, dailyLoss))),
    ...(drawdown === null ? [] : ofDrawdown(drawdown)),
    ...(venue === null ? [] : [ofExposure('venue', product(bankroll, venue))]),
    ...(market === null ? [] : [ofExposure('market', product(bankroll, market))]),
  ];
}

const product = (a: string, b: string): string =>
  printDecimal(multiplyDecimals(parseDecimal(a), parseDecimal(b)));

const ofDailyLoss = (limit: string): Preset[] => [
  {
    ...{ id: 'preset-daily-loss', kind: 'day-pnl-low', severity: 'critical' },
    ...{ name: 'Daily loss limit', threshold: `-${limit}` },
    plan: 'Stop trading for the day, then look at what lost.',
  },
  {
    ...{ id: 'preset-daily-loss-half', kind: 'day-pnl-low', severity: 'warning' },
    ...{ name: 'Half of the daily loss limit', threshold: `-${product(limit, half)}` },
    plan: 'Look at the losers of the day, and decide whether to go on.',
  },
  {
    ...{ id: 'preset-worst-case', kind: 'worst-case', severity: 'warning', threshold: '1' },
    plan: 'Open nothing more until some trades have closed.',
  },
];

const ofDrawdown = (limit: string): Preset[] => [
  {
    ...{ id: 'preset-drawdown', kind: 'drawdown-share', severity: 'critical' },
    ...{ name: 'Drawdown limit', threshold: limit },
    plan: 'Stop trading until the reason is known.',
  },
  {
    ...{ id: 'preset-drawdown-near', kind: 'drawdown-share', severity: 'warning' },
    ...{ name: 'Three quarters of the drawdown limit', threshold: product(limit, threeQuarters) },
    plan: 'Trade smaller, or pause.',
  },
];

const ofExposure = (by: 'venue' | 'market', limit: string): Preset => ({
  ...{ id: `preset-${by}-exposure`, kind: 'exposure', severity: 'warning', threshold: limit },
  ...{ name: `Exposure limit of a ${by}`, scope: { by, value: null } },
  plan: `Open nothing more there until some of its trades have closed.`,
});

const ofAnybody: readonly Preset[] = [
  {
    ...{ id: 'preset-losing-streak', kind: 'losing-streak', threshold: '5' },
    plan: 'Look at what the losing trades have in common.',
  },
  {
    ...{ id: 'preset-halted', kind: 'halted', severity: 'critical' },
    plan: 'Find out who or what halted the trading system, and why.',
  },
  {
    ...{ id: 'preset-failed-order', kind: 'failed-order' },
    plan: 'Look at the reason, and check at the venue what was executed.',
  },
  {
    ...{ id: 'preset-pending-order', kind: 'pending-order', threshold: '5' },
    plan: 'Check at the venue whether the order stands.',
  },
  {
    ...{ id: 'preset-no-new-rows', kind: 'no-new-rows', threshold: '30' },
    plan: 'Check that the trading system runs.',
  },
  {
    ...{ id: 'preset-unreachable', kind: 'unreachable' },
    plan: 'Check the network and the database server.',
  },
  {
    ...{ id: 'preset-data-quality', kind: 'data-quality', severity: 'info', threshold: '1' },
    plan: 'Look at the rows behind the chip in the trust bar.',
  },
  { id: 'preset-restatement', kind: 'restatement', severity: 'info' },
];

function ruleOf(preset: Preset): Rule {
  const rule: Rule = { ...emptyRule(preset.id, preset.kind), ...preset };
  return endsAtLast(rule) ? rule : { ...rule, recovery: product(rule.threshold ?? '0', nearby) };
}

/** Of an amount that is never below 0 an alert ends only above it. */
const endsAtLast = (rule: Rule): boolean => kindOf(rule).unit !== 'money' || isAbove(rule);

const isAbove = (rule: Rule): boolean => compareDecimals(recoveryOf(rule), zero) > 0;
