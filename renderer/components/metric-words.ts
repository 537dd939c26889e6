import { figureValue, formatCount } from '../../shared/format.ts';
import { type MetricId, metrics } from '../../shared/metrics.ts';
import type { Basis, Figure } from '../../shared/snapshot.ts';
import { hiddenDigits } from './figure-words.ts';
import { type FigureUnit, isAmount, printIn, printSpread, unitOf } from './units.ts';

/** What a tooltip tells of a metric. */
export interface Explanation {
  readonly definition: string;
  readonly formula: string;
  /** Why there is no value; null when there is one. */
  readonly reason: string | null;
  /** Exact value where it was rounded, error, interval and n, as far as there are any. */
  readonly facts: readonly string[];
}

/** Everything that stands behind a figure on screen, from `metrics.ts` and the figure itself. */
export function explain(
  id: MetricId,
  figure: Figure,
  basis: Basis | undefined,
  isPrivate: boolean,
): Explanation {
  const { definition, formula } = metrics[id];
  if (figure.kind !== 'value') return { definition, formula, reason: figure.reason, facts: [] };
  const unit = unitOf(id, basis);
  const facts = isPrivate && isAmount(unit) ? ['amounts are hidden'] : precision(figure, unit);
  const n = figure.n === undefined ? undefined : `n = ${formatCount(figure.n)}`;
  return { definition, formula, reason: null, facts: [...facts, n].filter(isText) };
}

function precision(
  figure: Extract<Figure, { kind: 'value' }>,
  unit: FigureUnit,
): (string | undefined)[] {
  const { value, plusMinus, interval } = figure;
  const exact = hiddenDigits(figureValue(figure), printIn(value, unit), unit);
  return [
    exact && `exactly ${exact}`,
    plusMinus && `one standard error: ${printSpread(plusMinus, unit)}`,
    interval && `95 % interval: ${printIn(interval.low, unit)} to ${printIn(interval.high, unit)}`,
  ];
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== '';
