import { formatDuration, formatMoney, formatPercent } from '../../shared/format.ts';
import { type FigureUnit, printIn } from '../../shared/metric-text.ts';

export {
  type FigureUnit,
  printIn,
  printSpread,
  stakeUnit,
  unitOf,
} from '../../shared/metric-text.ts';

/** What stands in place of an amount that is hidden. */
export const hiddenAmount = '•••';

/** Whether privacy hides it: amounts of money, and stakes in whichever unit. */
export const isAmount = (unit: FigureUnit): boolean =>
  unit === 'pnl' || unit === 'money' || unit === 'contracts';

/** A value for the ear: signs and units as words. */
export function speakIn(value: string, unit: FigureUnit): string {
  switch (unit) {
    case 'pnl':
    case 'return':
      return signAsWord(withUnit(printIn(value, unit)));
    case 'money':
      return signAsWord(withUnit(formatMoney(value)));
    case 'fraction':
      return signAsWord(withUnit(formatPercent(value)));
    case 'seconds':
      return spokenAge(formatDuration(value));
    case 'contracts':
      return signAsWord(`${printIn(value, unit)} contracts`);
    case 'price':
      return signAsWord(`at ${printIn(value, unit)}`);
    case 'ratio':
    case 'count':
    case 'streak':
      return signAsWord(printIn(value, unit));
  }
}

const withUnit = (text: string): string =>
  text.includes('$') ? `${text.replace('$', '')} dollars` : text.replace(' %', ' percent');

const signAsWord = (text: string): string =>
  text.replace(/^\u2212/, 'minus ').replace(/^\+/, 'plus ');

const unitWords = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const;

/** `1 h 04 m` → `1 hour 4 minutes`. */
const spokenAge = (age: string): string =>
  age.replace(/(\d+) ([smhd])\b/g, (_, digits: string, unit: keyof typeof unitWords) => {
    const count = Number(digits);
    return `${count} ${unitWords[unit]}${count === 1 ? '' : 's'}`;
  });
