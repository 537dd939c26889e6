import { compareDecimals, type Decimal, parseDecimal, printDecimal, zero } from '../decimal.ts';
import { formatText } from '../format.ts';
import type { RuleProblem } from './alerts-state.ts';
import { recoveryOf } from './defaults.ts';
import { kindOf, leastLastN, meaningOf, type Rule, ruleName } from './rule.ts';
import type { RuleKindId } from './rule-kinds.ts';
import { valueText } from './value-text.ts';

/** Limits and bankrolls have up to 60 characters, and a threshold may be their exact product. */
const longestDecimal = 200;
const one = parseDecimal('1');

/** Where a threshold of a kind may lie. */
type Range = 'any' | 'below-zero' | 'above-zero' | 'share' | 'whole';

/**
 * What keeps a rule of the right shape from being saved, a sentence each, by its field; none when it may
 * be. `others` are the rules there are; the one with the same id is taken for the rule before the change.
 */
export function checkRule(rule: Rule, others: readonly Rule[]): RuleProblem[] {
  return [
    ...checkThreshold(rule),
    ...checkRecovery(rule),
    ...checkScope(rule),
    ...checkLastN(rule),
    ...checkHours(rule),
    ...checkTwins(rule, others),
  ];
}

const problem = (field: keyof Rule, message: string): RuleProblem[] => [{ field, message }];

function checkThreshold(rule: Rule): RuleProblem[] {
  const { name, unit } = kindOf(rule);
  const { kind, threshold } = rule;
  if (unit === null) {
    if (threshold === null) return [];
    return problem('threshold', `${name} has no line: leave it empty.`);
  }
  if (threshold === null) return problem('threshold', `${name} needs a line: enter one.`);
  if (threshold.length > longestDecimal) return problem('threshold', tooLong('line'));
  const value = parseDecimal(threshold);
  const wanted = rangeOf(kind);
  if (isIn(wanted, value)) return [];
  const negated = printDecimal({ units: -value.units, scale: value.scale });
  if (isIn(wanted, parseDecimal(negated))) return wrongSign(rule, threshold, negated);
  return problem(
    'threshold',
    `${name} of ${valueText(rule.kind, threshold)} tells nothing: ${rangeText(rule, wanted)}.`,
  );
}

/** A sign that was left out, or put where it does not belong. */
function wrongSign({ kind }: Rule, threshold: string, suggestion: string): RuleProblem[] {
  const [typed, meant] = [valueText(kind, threshold), valueText(kind, suggestion)];
  const lies = rangeOf(kind) === 'below-zero' ? 'is no loss' : 'lies below zero';
  const message = `${typed} ${lies}: did you mean ${meant}?`;
  return [{ field: 'threshold', message, suggestion }];
}

const tooLong = (what: string): string =>
  `The ${what} is longer than ${longestDecimal} characters: enter a shorter number.`;

/** Where a value would breach always or never, there is nothing to watch. */
function rangeOf(kind: RuleKindId): Range {
  switch (kind) {
    case 'day-pnl-low':
    case 'single-loss':
      return 'below-zero';
    case 'total-pnl-low':
    case 'total-pnl-high':
    case 'edge-capture':
      return 'any';
    case 'drawdown-share':
    case 'win-rate':
    case 'rejection-rate':
    case 'failure-rate':
    case 'connections':
      return 'share';
    case 'losing-streak':
    case 'data-quality':
      return 'whole';
    default:
      return 'above-zero';
  }
}

function isIn(range: Range, value: Decimal): boolean {
  const sign = compareDecimals(value, zero);
  switch (range) {
    case 'any':
      return true;
    case 'below-zero':
      return sign < 0;
    case 'above-zero':
      return sign > 0;
    case 'share':
      return sign > 0 && compareDecimals(value, one) <= 0;
    case 'whole':
      return sign > 0 && !printDecimal(value).includes('.');
  }
}

function rangeText(rule: Rule, range: Range): string {
  switch (range) {
    case 'any':
      return 'enter a number';
    case 'below-zero':
      return `enter an amount below ${valueText(rule.kind, '0')}`;
    case 'above-zero':
      return `enter more than ${valueText(rule.kind, '0')}`;
    case 'share':
      return 'enter a share above 0 % and up to 100 %';
    case 'whole':
      return 'enter a whole number from 1 on';
  }
}

/** An alert that has begun must be able to end, and not while it is breached. */
function checkRecovery(rule: Rule): RuleProblem[] {
  const { name, unit, isEvent } = kindOf(rule);
  const { recovery, threshold } = rule;
  if (unit === null || isEvent) {
    if (recovery === null) return [];
    const why = isEvent ? 'is over as soon as it happened' : 'has no line';
    return problem('recovery', `${name} ${why}: leave its end empty.`);
  }
  if (threshold === null || !isIn(rangeOf(rule.kind), parseDecimal(threshold))) return [];
  if ((recovery ?? '').length > longestDecimal) return problem('recovery', tooLong('end'));
  const ends = recoveryOf(rule);
  if (!isSafe(rule, ends, parseDecimal(threshold))) {
    return problem('recovery', unsafeText(rule, threshold, ends));
  }
  return isReachable(rule.kind, ends) ? [] : problem('recovery', endlessText(rule, ends));
}

function isSafe(rule: Rule, ends: Decimal, threshold: Decimal): boolean {
  const compared = compareDecimals(ends, threshold);
  return kindOf(rule).side === 'low' ? compared > 0 : compared < 0;
}

/** Whether a value can lie beyond it: but for P&L and what is made of it, none is below 0. */
function isReachable(kind: RuleKindId, ends: Decimal): boolean {
  if (kind === 'win-rate') return compareDecimals(ends, one) < 0;
  const { unit, side } = kindOf({ kind });
  return unit === 'pnl' || side === 'low' || compareDecimals(ends, zero) > 0;
}

function unsafeText(rule: Rule, threshold: string, ends: Decimal): string {
  const wanted = kindOf(rule).side === 'low' ? 'above' : 'below';
  const line = valueText(rule.kind, threshold);
  if (rule.recovery === null)
    return `An alert at ${line} has no end of its own: enter one ${wanted} ${line}.`;
  const where = valueText(rule.kind, printDecimal(ends));
  return `An end at ${where} does not lie on the safe side of ${line}: enter one ${wanted} it.`;
}

function endlessText(rule: Rule, ends: Decimal): string {
  const { name, side } = kindOf(rule);
  const where = valueText(rule.kind, printDecimal(ends));
  const border = side === 'low' ? 'below 100 %' : `above ${valueText(rule.kind, '0')}`;
  const direction = side === 'low' ? 'rise above' : 'fall below';
  return `The alert would never end, for ${name} cannot ${direction} ${where}: enter an end ${border}.`;
}

function checkScope({ kind, scope }: Rule): RuleProblem[] {
  const { name, scopes } = kindOf({ kind });
  const { by, value } = scope;
  if (by === 'all') {
    if (value === null) return [];
    return problem('scope', 'A rule over all names no single value: leave the value empty.');
  }
  if (!scopes.includes(by)) {
    const may = scopes.length === 0 ? 'choose all' : `choose all, ${scopes.join(' or ')}`;
    return problem('scope', `${name} cannot be told apart by ${by}: ${may}.`);
  }
  if (value !== null && value.trim() === '')
    return problem('scope', `The ${by} is blank: name one, or leave it out to watch each.`);
  return [];
}

function checkLastN({ kind, lastN }: Rule): RuleProblem[] {
  if (lastN === null) return [];
  if (kind !== 'win-rate') {
    const { name } = kindOf({ kind });
    return problem('lastN', `${name} is not counted over a number of closes: leave it empty.`);
  }
  if (lastN >= leastLastN) return [];
  const why = `A win rate over ${lastN} closes is mostly chance`;
  return problem('lastN', `${why}: enter ${leastLastN} or more.`);
}

function checkHours({ kind, hours }: Rule): RuleProblem[] {
  if (hours === null) return [];
  if (kind !== 'no-new-rows') {
    const { name } = kindOf({ kind });
    return problem('hours', `${name} is watched at all hours: leave the hours empty.`);
  }
  if (hours.from !== hours.to) return [];
  const why = `Hours from ${hours.from} to ${hours.to} hold no time at all`;
  return problem('hours', `${why}: enter two different times, or none to watch always.`);
}

function checkTwins(rule: Rule, others: readonly Rule[]): RuleProblem[] {
  const meaning = meaningOf(rule);
  const twin = others.find((other) => other.id !== rule.id && meaningOf(other) === meaning);
  if (twin === undefined) return [];
  const name = formatText(ruleName(twin), 80);
  return problem('kind', `“${name}” watches exactly this already: change that rule, or this one.`);
}
