import { useSyncExternalStore } from 'react';
import type { RangeId } from '../../shared/ranges.ts';

/** Which range the charts show: one choice that chips, keys, palette and menu share. */
export class ChartRange {
  readonly #listeners = new Set<() => void>();
  #chosen: RangeId = '30d';

  readonly chosen = (): RangeId => this.#chosen;

  readonly choose = (range: RangeId): void => {
    if (range === this.#chosen) return;
    this.#chosen = range;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The window's own choice. */
export const chartRange = new ChartRange();

/** The chosen range; the component is drawn again when it changes. */
export const useChartRange = (): RangeId =>
  useSyncExternalStore(chartRange.subscribe, chartRange.chosen);
