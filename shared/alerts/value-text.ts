import { parseDecimal } from '../decimal.ts';
import {
  formatAge,
  formatDecimal,
  formatDuration,
  formatMoney,
  formatPercent,
  formatPnl,
} from '../format.ts';
import { kindOf, type Rule } from './rule.ts';

/** What stands where an amount is hidden. */
export const hiddenAmount = '•••';
const minuteMs = 60 * 1000;

/** A value in the unit of its kind: `−$62.10`, `87.0 %`, `1 h 31 m`; empty where it says nothing. */
export function valueText(kind: Rule['kind'], value: string, hidesAmounts = false): string {
  switch (kindOf({ kind }).unit) {
    case 'pnl':
      return hidesAmounts ? hiddenAmount : formatPnl(value);
    case 'money':
      return hidesAmounts ? hiddenAmount : formatMoney(value);
    case 'share':
      return formatPercent(value);
    case 'minutes':
      return formatAge(Number(value) * minuteMs);
    case 'seconds':
      return formatDuration(value);
    case 'count':
      return countText(value);
    case null:
      // Connected or not is no number.
      if (kind === 'unreachable') return '';
      if (kind !== 'equity-high') return countText(value);
      return hidesAmounts ? hiddenAmount : formatMoney(value);
  }
}

/** The threshold of a rule or an episode; empty where there is none. */
export const thresholdText = (
  { kind, threshold }: Pick<Rule, 'kind' | 'threshold'>,
  hidesAmounts = false,
): string => (threshold === null ? '' : valueText(kind, threshold, hidesAmounts));

/** Where a count has recovered lies between two whole numbers. */
const countText = (value: string): string => formatDecimal(value, parseDecimal(value).scale);
