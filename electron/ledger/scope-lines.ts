import { zero } from '../../shared/decimal.ts';
import { CloseColumns } from './close-columns.ts';
import type { CloseDimension } from './close-names.ts';
import { CloseSeries, firstPointAt } from './close-series.ts';

/** The closes of one name, by their indexes among all, and their line once somebody asked for it. */
class ScopeLine {
  #rows: number[] = [];
  #series: CloseSeries | null = null;
  /** Rows of the series that still stand. */
  #same = 0;

  /** Forgets the rows from an index among all on. */
  cut(from: number): void {
    this.#rows.length = this.placeOf(from);
    this.#same = Math.min(this.#same, this.#rows.length);
  }

  add(row: number): void {
    this.#rows.push(row);
  }

  /** The line; walks over what was cut and added. */
  series(all: CloseSeries): CloseSeries {
    this.#series ??= new CloseSeries(new CloseColumns(), zero);
    const { columns } = this.#series;
    const from = this.#same;
    const isSame = columns.length === from && from === this.#rows.length;
    if (isSame && this.#series.isWhole) return this.#series;
    columns.splice(
      Array.from({ length: columns.length - from }, (_, index) => from + index),
      [],
    );
    columns.appendRowsOf(all.columns, this.#rows.slice(from));
    for (const _slice of this.#series.walk(from));
    this.#same = this.#rows.length;
    return this.#series;
  }

  /** Its indexes stay; the line is drawn anew when it is asked for. */
  forgetSeries(): void {
    this.#series = null;
    this.#same = 0;
  }

  /** How many of its rows come before a row of all. */
  placeOf(row: number): number {
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
/** Each costs 100 kB and more: thousands of markets are drawn when they are asked for. */
const linesKept = 100;

/**
 * The line of all closes taken apart by strategy, venue or market. Costs what changed since the last
 * time; the first time all rows are walked over.
 */
export class ScopeLines {
  readonly #dimension: CloseDimension;
  readonly #lines = new Map<string, ScopeLine>();
  /** Those that are drawn, the one that was asked for last at the end. */
  readonly #drawn = new Set<ScopeLine>();
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
    // Should this be left half way, the next time begins anew.
    this.#of = null;
    if (!isNext) this.#clear();
    for (const line of this.#lines.values()) line.cut(first);
    for (let row = first; row < series.length; row += 1) {
      const name = this.#nameAt(series, row);
      const line = this.#lines.get(name) ?? new ScopeLine();
      this.#lines.set(name, line);
      line.add(row);
      if ((row - first) % rowsASlice === rowsASlice - 1) yield;
    }
    this.#of = series;
    this.#walks = times;
    this.#length = series.length;
  }

  /** Whether the lines are those of a series, as it is now. */
  isOf(series: CloseSeries): boolean {
    return this.#of === series && series.walked.times === this.#walks && series.isWhole;
  }

  /** The line of a name, as it is until the next update; null where nothing of it was ever closed. */
  line(name: string): CloseSeries | null {
    const line = this.#lines.get(name);
    return line === undefined || this.#of === null ? null : this.#draw(line, this.#of);
  }

  names(): string[] {
    return [...this.#lines.keys()];
  }

  /** Rows of some points of all closes, by name. */
  rowsOf(points: readonly number[]): Map<string, number[]> {
    const found = new Map<string, number[]>();
    const series = this.#of;
    if (series === null) return found;
    for (const point of points) {
      for (let row = series.endOf(point - 1) + 1; row <= series.endOf(point); row += 1) {
        const name = this.#nameAt(series, row);
        const own = found.get(name) ?? [];
        found.set(name, own);
        own.push(row);
      }
    }
    return found;
  }

  /** Rows of all closes, which are of one name, as points of its line. */
  pointsOf(name: string, rows: readonly number[]): number[] {
    const line = this.#lines.get(name);
    if (line === undefined || this.#of === null) return [];
    const series = this.#draw(line, this.#of);
    return [...new Set(rows.map((row) => firstPointAt(series, line.placeOf(row))))];
  }

  #nameAt({ columns }: CloseSeries, row: number): string {
    return columns.names?.nameAt(row, this.#dimension) ?? '';
  }

  #draw(line: ScopeLine, all: CloseSeries): CloseSeries {
    this.#drawn.delete(line);
    this.#drawn.add(line);
    for (const oldest of this.#drawn) {
      if (this.#drawn.size <= linesKept) break;
      oldest.forgetSeries();
      this.#drawn.delete(oldest);
    }
    return line.series(all);
  }

  #clear(): void {
    this.#lines.clear();
    this.#drawn.clear();
  }
}
