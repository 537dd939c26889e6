import { type CountId, countMetrics, type FigureId, type MetricId } from './metrics.ts';
import type { Figure, Snapshot } from './snapshot.ts';

const counts: Readonly<Record<CountId, keyof Snapshot['counts']>> = {
  'all-count': 'all',
  'open-count': 'open',
  'closed-count': 'closed',
  'rejected-count': 'rejected',
  'failed-count': 'failed',
  'other-count': 'other',
  'unscored-count': 'unscored',
};

const isCount = (id: MetricId): id is CountId => Object.hasOwn(countMetrics, id);

/** Any metric of a snapshot by its name, counts included. */
export function figureById(snapshot: Snapshot, id: MetricId): Figure {
  if (!isCount(id)) return snapshot.figures[id satisfies FigureId];
  return { kind: 'value', value: String(snapshot.counts[counts[id]]) };
}
