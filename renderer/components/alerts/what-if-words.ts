import type { WhatIf } from '../../../shared/alerts/alerts-state.ts';
import type { Rule } from '../../../shared/alerts/rule.ts';
import { clockText, type Telling, valueText } from '../../../shared/alerts/words.ts';
import { formatAge, formatCount, formatText } from '../../../shared/format.ts';

/** What a rule would have done, in a sentence. */
export function whatIfSummary({ fired, longestMs, evaluated, reason, days }: WhatIf): string {
  if (reason !== null) return `Nothing can be said. ${reason}`;
  if (evaluated === 0) return 'There were no closes in the last 90 days to try it on.';
  // A ledger may be younger than what is looked at.
  const span = days === 1 ? 'the last day' : `the last ${days} days`;
  if (fired === 0) return `It would not have fired in ${span}.`;
  const times = fired === 1 ? 'once' : `${formatCount(fired)} times`;
  const longest = longestMs > 0 ? `, longest ${formatAge(longestMs)}` : '';
  return `It would have fired ${times} in ${span}${longest}.`;
}

/** One time that it would have fired: `12 Oct 03:12 btc-arb, worst −$62.00`. */
export function whatIfLine(
  { kind }: Pick<Rule, 'kind'>,
  { scope, start, end, worst }: WhatIf['episodes'][number],
  telling: Telling,
): string {
  const value = worst === null ? '' : valueText(kind, worst, telling.hidesAmounts);
  return [
    `${clockText(start, telling)}${scope === null ? '' : ` ${formatText(scope, 40)}`}`,
    value === '' ? '' : `worst ${value}`,
    end === null ? 'lasts' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
