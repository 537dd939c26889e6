import { formatDecimal, formatSignedPercent, formatUnit } from './format.ts';
import { type MetricId, metrics, type Unit } from './metrics.ts';
import type { Basis } from './snapshot.ts';

/** How a figure is printed: the units of the metrics, and those of a row's columns. */
export type FigureUnit = Unit | 'return' | 'price' | 'contracts';

/** The unit that a stake is printed in. */
export const stakeUnit = (basis: Basis | undefined): FigureUnit =>
  basis?.quantityUnit === 'contracts' ? 'contracts' : 'money';

/** The unit of a metric under a basis: contracts are no dollars, and a gain is signed. */
export function unitOf(id: MetricId, basis: Basis | undefined): FigureUnit {
  switch (id) {
    case 'turnover':
      return stakeUnit(basis);
    case 'return-on-stake':
      // Dollars over contracts are dollars a contract, and no share.
      return basis?.quantityUnit === 'contracts' ? 'pnl' : 'return';
    case 'day-return':
      return 'return';
    default:
      return metrics[id].unit;
  }
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

/** A standard error for the eye: it has no direction, so dollars are without a sign. */
export const printSpread = (value: string, unit: FigureUnit): string =>
  printIn(value, unit === 'pnl' ? 'money' : unit);
