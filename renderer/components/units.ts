import {
  formatAge,
  formatDecimal,
  formatMoney,
  formatPercent,
  formatSignedPercent,
  formatUnit,
} from '../../shared/format.ts';
import { type MetricId, metrics, type Unit } from '../../shared/metrics.ts';
import type { Basis } from '../../shared/snapshot.ts';

/** How the screen prints a figure: the units of the metrics, and those of a row's columns. */
export type FigureUnit = Unit | 'return' | 'price' | 'contracts';

/** What stands in place of an amount that is hidden. */
export const hiddenAmount = '•••';

/** Whether privacy hides it: amounts of money, and stakes in whichever unit. */
export const isAmount = (unit: FigureUnit): boolean =>
  unit === 'pnl' || unit === 'money' || unit === 'contracts';

/** The unit that a stake is printed in. */
export const stakeUnit = (basis: Basis | undefined): FigureUnit =>
  basis?.quantityUnit === 'contracts' ? 'contracts' : 'money';

/** The unit of a metric on screen; turnover is a sum of stakes, so it is in theirs. */
export function unitOf(id: MetricId, basis: Basis | undefined): FigureUnit {
  if (id === 'turnover') return stakeUnit(basis);
  return id === 'day-return' || id === 'return-on-stake' ? 'return' : metrics[id].unit;
}

/** A value for the eye. */
export function printIn(value: string, unit: FigureUnit): string {
  switch (unit) {
    case 'return':
      return formatSignedPercent(value);
    case 'price':
      return formatDecimal(value, 3);
    case 'contracts':
      return formatDecimal(value, 2);
    default:
      return formatUnit(value, unit);
  }
}

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
      return spokenAge(formatAge(Number(value) * 1000));
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
