import { formatAge, formatText } from '../format.ts';
import { kindOf, type Rule } from './rule.ts';
import { thresholdText } from './value-text.ts';

type Spoken = Pick<Rule, 'kind' | 'scope' | 'threshold' | 'lastN' | 'hours'>;

/** A rule in one sentence without its stop: `Day P&L of each strategy falls to −$50.00 or below`. */
export function ruleSentence(rule: Spoken, hidesAmounts = false): string {
  const { meaning, name } = kindOf(rule);
  // Where nothing is set the kind's own sentence says it all.
  if (rule.threshold === null) return `${meaning.replace(/\.$/, '')}${ofScope(rule)}`;
  const subject = `${name}${overLast(rule)}${ofScope(rule)}`;
  return `${subject} ${beyond(rule, thresholdText(rule, hidesAmounts))}${within(rule)}`;
}

function beyond({ kind }: Spoken, threshold: string): string {
  if (kind === 'no-new-rows' || kind === 'stale') return `for ${threshold} or longer`;
  const { side, name } = kindOf({ kind });
  if (side === 'low') return `falls to ${threshold} or below`;
  // "Server connections", "Odd rows": names that speak of many.
  return `${name.endsWith('s') ? 'reach' : 'reaches'} ${threshold} or more`;
}

const overLast = ({ kind, lastN }: Spoken): string =>
  kind === 'win-rate' && lastN !== null ? ` over the last ${lastN} closes` : '';

function ofScope({ scope: { by, value } }: Spoken): string {
  if (by === 'all') return '';
  return value === null ? ` of each ${by}` : ` of ${formatText(value, 60)}`;
}

const within = ({ hours }: Spoken): string =>
  hours === null ? '' : `, from ${hours.from} to ${hours.to}`;

/** How soon a breach is told: `earliest notification after about 10 s`. */
export const earliestText = (ms: number): string =>
  ms <= 0
    ? 'earliest notification at once'
    : `earliest notification after about ${formatAge(Math.ceil(ms / 1000) * 1000)}`;
