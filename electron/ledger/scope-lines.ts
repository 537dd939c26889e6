import { zero } from '../../shared/decimal.ts';
import { type Close, CloseColumns } from './close-columns.ts';
import type { CloseDimension } from './close-names.ts';
import { CloseSeries, firstPointAt } from './close-series.ts';

/** The closes of one name, with their indexes among all. */
class ScopeLine {
  readonly series = new CloseSeries(new CloseColumns(), zero);
  #rows: number[] = [];
  #added: Close[] = [];
  #changedFrom = 0;

  /** Forgets the rows from an index among all on. */
  cut(from: number): void {
    const first = this.#placeOf(from);
    this.#changedFrom = first;
    if (first === this.#rows.length) return;
    const removed = Array.from({ length: this.#rows.length - first }, (_, index) => first + index);
    this.series.columns.splice(removed, []);
    this.#rows.length = first;
  }

  add(row: number, close: Close): void {
    this.#rows.push(row);
    this.#added.push(close);
  }

  /** Walks over what was cut and added. */
  finish(): void {
    const isSame = this.#added.length === 0 && this.series.length === this.#changedFrom;
    if (isSame && this.series.isWhole) return;
    this.series.columns.append(this.#added);
    this.#added = [];
    for (const _slice of this.series.walk(this.#changedFrom));
  }

  /** Index of the line's point that holds a row of all. */
  pointOf(row: number): number {
    return firstPointAt(this.series, this.#placeOf(row));
  }

  #placeOf(row: number): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const rowsASlice = 20_000;

/**
 * The line of all closes taken apart by strategy, venue or market. Costs what changed since the last
 * time; the first time all rows are walked over.
 */
export class ScopeLines {
  readonly #dimension: CloseDimension;
  readonly #lines = new Map<string, ScopeLine>();
  #of: CloseSeries | null = null;
  #walks = 0;
  #length = 0;

  constructor(dimension: CloseDimension) {
    this.#dimension = dimension;
  }

  /** Brings the lines up to date; each `yield` is a rest in which the series must not change. */
  *update(series: CloseSeries): Generator<void> {
    const { times, from } = series.walked;
    if (this.#of === series && times === this.#walks) return;
    const isNext = this.#of === series && times === this.#walks + 1;
    const first = isNext ? Math.min(from, this.#length) : 0;
    if (!isNext) this.#lines.clear();
    for (const line of this.#lines.values()) line.cut(first);
    const { columns } = series;
    for (let row = first; row < series.length; row += 1) {
      const name = columns.names?.nameAt(row, this.#dimension) ?? '';
      const line = this.#lines.get(name) ?? new ScopeLine();
      this.#lines.set(name, line);
      line.add(row, { at: columns.momentAt(row), pnl: columns.pnlAt(row), hold: null });
      if ((row - first) % rowsASlice === rowsASlice - 1) yield;
    }
    for (const line of this.#lines.values()) line.finish();
    this.#of = series;
    this.#walks = times;
    this.#length = series.length;
  }

  /** The line of a name; null where nothing of it was ever closed. */
  line(name: string): CloseSeries | null {
    return this.#lines.get(name)?.series ?? null;
  }

  names(): string[] {
    return [...this.#lines.keys()];
  }

  /** Points of all closes, as points of the lines of the names that closed in them. */
  pointsOf(points: readonly number[]): Map<string, number[]> {
    const found = new Map<string, number[]>();
    const series = this.#of;
    if (series === null) return found;
    for (const point of points) {
      for (let row = series.endOf(point - 1) + 1; row <= series.endOf(point); row += 1) {
        const name = series.columns.names?.nameAt(row, this.#dimension) ?? '';
        const own = found.get(name) ?? [];
        found.set(name, own);
        const at = this.#lines.get(name)?.pointOf(row);
        if (at !== undefined && own.at(-1) !== at) own.push(at);
      }
    }
    return found;
  }
}
