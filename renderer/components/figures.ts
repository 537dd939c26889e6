import { addDecimals, parseDecimal, printDecimal, zero } from '../../shared/decimal.ts';
import { figureById } from '../../shared/figure-by-id.ts';
import type { MetricId } from '../../shared/metrics.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';

/** Why a figure is missing before the first snapshot. */
export const notReadYet: Figure = { kind: 'none', value: null, reason: 'not read yet' };

/** A figure of the snapshot; before the first one it is missing, not zero. */
export const figureOf = (
  snapshot: Snapshot | null,
  pick: (snapshot: Snapshot) => Figure,
): Figure => (snapshot === null ? notReadYet : pick(snapshot));

/** A metric of the snapshot by its name; before the first one it is missing, not zero. */
export const metricOf = (snapshot: Snapshot | null, id: MetricId): Figure =>
  figureOf(snapshot, (read) => figureById(read, id));

/** A known decimal as a figure. */
export const valueFigure = (value: string): Figure => ({ kind: 'value', value });

/** A known count as a figure. */
export const countFigure = (count: number): Figure => valueFigure(String(count));

/** A decimal of one row, or the reason why the row has none. */
export const rowFigure = (value: string | null, reason: string): Figure =>
  value === null ? { kind: 'none', value: null, reason } : valueFigure(value);

/** Exact sum of those figures that have a value; the first missing one when none has. */
export function sumFigures(figures: readonly Figure[], whenEmpty: Figure): Figure {
  const values = figures.flatMap((figure) => (figure.kind === 'value' ? [figure.value] : []));
  if (values.length === 0) return whenEmpty;
  return valueFigure(printDecimal(values.map(parseDecimal).reduce(addDecimals, zero)));
}
