import { type Decimal, zero } from '../../shared/decimal.ts';
import { instantMs } from '../../shared/instant.ts';
import { type Close, CloseColumns, type KeptClose } from './close-columns.ts';
import { addRow, integerOf } from './exact-sums.ts';
import {
  beforeFirst,
  type Extremes,
  type FallOnLine,
  type LinePoint,
  LineWalker,
  limbsOf,
  mergeExtremes,
  type Standing,
  signAt,
} from './line-walker.ts';
import { instantAt } from './moments.ts';

/** A stretch of points: how the line stood before, and its extremes. */
interface Block {
  readonly before: Standing;
  readonly extremes: Extremes;
}

/** Closes of some stretch of time. */
export interface Closes {
  readonly pnl: Decimal;
  readonly closes: number;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
}

const pointsABlock = 128;
/** Blocks whose extremes are also kept as one. */
const blocksAStretch = 8;
const pointsAStretch = pointsABlock * blocksAStretch;
/** Rows that are walked over before others get their turn: about 2 ms. */
const rowsASlice = 50_000;

/**
 * The line that dated closes draw: equity after each instant with closes, from a start on. Rows that
 * close at one instant are one point. How it stands is noted every few hundred points, so that a
 * change costs a walk from there on, and a question a walk over one block.
 */
export class CloseSeries {
  readonly columns: CloseColumns;
  /** The bankroll, 0 without one. */
  readonly start: Decimal;
  #ends = new Int32Array(0);
  #blocks: Block[] = [];
  /** Extremes of each whole stretch of blocks. */
  #stretches: Extremes[] = [];
  #last: Standing;
  /** The change of rows after which the line was walked over. */
  #walkedAt = -1;
  /** Counts the walks, and tells the row that the last one changed first. */
  #walks = 0;
  #walkedFrom = 0;

  constructor(columns: CloseColumns, start: Decimal) {
    this.columns = columns;
    this.start = start;
    columns.reserve([start]);
    this.#last = this.#beginning();
  }

  /** Whether the line was walked over since its rows changed last. */
  get isWhole(): boolean {
    return this.#walkedAt === this.columns.changes;
  }

  /** How often the line was walked over, and from which row on the last time. */
  get walked(): { readonly times: number; readonly from: number } {
    return { times: this.#walks, from: this.#walkedFrom };
  }

  /** Rows. */
  get length(): number {
    return this.columns.length;
  }

  /** Instants with closes. */
  get points(): number {
    return this.#last.point;
  }

  /** Decimals of all amounts below. */
  get scale(): number {
    return this.columns.scale;
  }

  /** How the line stands after all rows. */
  get last(): Standing {
    return this.#last;
  }

  /** Bytes held besides the columns. */
  bytes(): number {
    return this.#ends.byteLength + this.#blocks.length * 600;
  }

  /** Index of the last row of a point. */
  endOf(point: number): number {
    return this.#ends[point] ?? -1;
  }

  /** Instant of a point. */
  instantOf(point: number): string {
    return instantAt(this.columns.momentAt(this.endOf(point)));
  }

  decimal(units: bigint): Decimal {
    return { units, scale: this.scale };
  }

  /** Walks from the block of a row on, in slices; until it has ended the line is not whole. */
  *walk(fromRow = 0): Generator<void> {
    this.#walkedAt = -1;
    this.#walks += 1;
    this.#walkedFrom = fromRow;
    // A close at the instant of the row before belongs to that row's point, and so to its block.
    const first = Math.max(0, this.#blockOf(Math.max(0, fromRow - 1)));
    let standing = first === 0 ? this.#beginning() : (this.#blocks[first]?.before ?? this.#last);
    this.#blocks.length = first;
    this.#stretches.length = Math.floor(first / blocksAStretch);
    if (this.#ends.length < this.length) {
      const ends = new Int32Array(this.columns.seconds.length);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    let sliceEnd = standing.row + rowsASlice;
    while (standing.row < this.length) {
      const walker = new LineWalker(this.columns, standing);
      walker.walk(pointsABlock, this.#ends);
      this.#blocks.push({ before: standing, extremes: walker.extremes() });
      standing = walker.standing();
      if (standing.point % pointsAStretch === 0) {
        const blocks = this.#blocks.slice(-blocksAStretch);
        this.#stretches.push(mergeExtremes(blocks.map(({ extremes }) => extremes)));
      }
      if (standing.row < sliceEnd) continue;
      sliceEnd = standing.row + rowsASlice;
      yield;
    }
    this.#last = standing;
    this.#walkedAt = this.columns.changes;
  }

  /** How the line stands before a row. */
  standingBefore(row: number): Pick<Standing, 'sum' | 'wins' | 'losses'> {
    if (row >= this.length) return this.#last;
    const before = this.#blocks[this.#blockOf(row)]?.before ?? this.#beginning();
    const sum = limbsOf(before.sum, this.columns);
    let { wins, losses } = before;
    for (let index = before.row; index < row; index += 1) {
      addRow(sum, this.columns.limbs, index);
      const sign = signAt(this.columns, index);
      if (sign > 0) wins += 1;
      if (sign < 0) losses += 1;
    }
    return { sum: integerOf(sum), wins, losses };
  }

  /** The points of ascending indexes; each block is walked over once. */
  pointsAt(indexes: readonly number[]): LinePoint[] {
    const found: LinePoint[] = [];
    let walker: LineWalker | null = null;
    for (const index of indexes) {
      const block = this.#blocks[Math.floor(index / pointsABlock)];
      if (block === undefined) throw new RangeError(`No point ${index}`);
      if (walker === null || walker.point < block.before.point) {
        walker = new LineWalker(this.columns, block.before);
      }
      walker.walk(index + 1 - walker.point, null);
      found.push(walker.present());
    }
    return found;
  }

  /** Stands before a point, which may be the one after the last, ready to walk over it. */
  walkerAt(point: number): LineWalker {
    const block = this.#blocks[Math.floor(point / pointsABlock)];
    const walker = new LineWalker(this.columns, block?.before ?? this.#last);
    walker.walk(point - walker.point, null);
    return walker;
  }

  /** Extremes of the points `[from, to)`, which must not be none. */
  extremesOf(from: number, to: number): Extremes {
    const found: Extremes[] = [];
    for (let point = from; point < to; ) {
      const stretch = this.#stretches[point / pointsAStretch];
      if (stretch !== undefined && point + pointsAStretch <= to) {
        found.push(stretch);
        point += pointsAStretch;
        continue;
      }
      const index = Math.floor(point / pointsABlock);
      const block = this.#blocks[index];
      if (block === undefined) throw new RangeError(`No point ${point}`);
      const end = Math.min(to, (index + 1) * pointsABlock);
      const isWhole = end - point === pointsABlock;
      found.push(isWhole ? block.extremes : this.#extremesWithin(block, point, end));
      point = end;
    }
    return mergeExtremes(found);
  }

  /** First point after a fall's trough that is back at its mark, null when there is none. */
  recoveryOf({ trough, highWaterMark }: FallOnLine): number | null {
    for (let point = trough + 1; point < this.points; ) {
      const index = Math.floor(point / pointsABlock);
      const end = Math.min(this.points, (index + 1) * pointsABlock);
      const block = this.#blocks[index];
      if (block !== undefined && block.extremes.highest >= highWaterMark) {
        const walker = new LineWalker(this.columns, block.before);
        walker.walk(point - walker.point, null);
        for (; point < end; point += 1) {
          walker.walk(1, null);
          if (walker.present().equity >= highWaterMark) return point;
        }
      }
      point = end;
    }
    return null;
  }

  #extremesWithin(block: Block, from: number, to: number): Extremes {
    const walker = new LineWalker(this.columns, block.before);
    walker.walk(from - walker.point, null);
    walker.forgetExtremes();
    walker.walk(to - from, null);
    return walker.extremes();
  }

  /** Index of the block that holds a row, −1 when there is none. */
  #blockOf(row: number): number {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#blocks[middle]?.before.row ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #unitsOfStart(): bigint {
    return this.start.units * 10n ** BigInt(this.scale - this.start.scale);
  }

  #beginning(): Standing {
    const start = this.#unitsOfStart();
    return {
      ...{ row: 0, point: 0, sum: start, mark: start, peak: beforeFirst, depth: 0n },
      ...{ deepest: null, deepestShare: null, wins: 0, losses: 0, run: 0, worstRun: 0 },
    };
  }
}

/** The line of some closes, which come in their order, walked over at once. */
export function closeSeriesOf(
  closes: readonly (Close & Pick<Partial<KeptClose>, 'names'>)[],
  start: Decimal = zero,
  keepsNames = false,
): CloseSeries {
  const columns = new CloseColumns(keepsNames);
  columns.append(closes);
  const series = new CloseSeries(columns, start);
  for (const _slice of series.walk());
  return series;
}

/** Closes in `[start, end)`; null is no border on that side. */
export function closesBetween(
  series: CloseSeries,
  start: string | null,
  end: string | null,
): Closes {
  const from = start === null ? 0 : firstAtOrAfter(series, start);
  const to = Math.max(from, end === null ? series.length : firstAtOrAfter(series, end));
  const [before, after] = [series.standingBefore(from), series.standingBefore(to)];
  const [wins, losses] = [after.wins - before.wins, after.losses - before.losses];
  return {
    pnl: series.decimal(after.sum - before.sum),
    ...{ closes: to - from, wins, losses, draws: to - from - wins - losses },
  };
}

/** Index of the first close at or after a border on a whole second, their number when there is none. */
export function firstAtOrAfter({ columns }: CloseSeries, border: string): number {
  const ms = instantMs(border);
  if (ms === null || !border.endsWith('000Z')) {
    throw new RangeError(`Not a whole millisecond: ${border}`);
  }
  const seconds = Math.floor(ms / 1000);
  const micros = (ms - seconds * 1000) * 1000;
  let [low, high] = [0, columns.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const second = columns.seconds[middle] ?? 0;
    const isBefore =
      second < seconds || (second === seconds && (columns.micros[middle] ?? 0) < micros);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index, among the instants with closes, of the one that the row of this index belongs to. */
export function firstPointAt(series: CloseSeries, row: number): number {
  let [low, high] = [0, series.points];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.endOf(middle) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
