import type { CloseColumns } from './close-columns.ts';
import {
  addRow,
  approximately,
  compareLimbs,
  integerOf,
  type Limbs,
  setLimbs,
  subtractLimbs,
} from './exact-sums.ts';

/** Stands for the start of the line where a point's index is asked for. */
export const beforeFirst = -1;

/** A fall from a high-water mark, by indexes of points. */
export interface FallOnLine {
  readonly depth: bigint;
  readonly highWaterMark: bigint;
  /** Last point at the mark before the fall, or `beforeFirst`. */
  readonly peak: number;
  readonly trough: number;
}

/** How the line stands before some row. */
export interface Standing {
  readonly row: number;
  readonly point: number;
  /** Start and all rows before. */
  readonly sum: bigint;
  /** Highest so far, the start included. */
  readonly mark: bigint;
  /** Last point at the mark. */
  readonly peak: number;
  /** Depth of the present fall so far. */
  readonly depth: bigint;
  /** The deepest fall, the first one on ties; null where there is none. */
  readonly deepest: FallOnLine | null;
  /** The deepest as a share of its mark, among marks above 0. */
  readonly deepestShare: FallOnLine | null;
  readonly wins: number;
  readonly losses: number;
  /** The run that lasts: wins positive, losses negative. A draw neither extends it nor breaks it. */
  readonly run: number;
  /** The longest run of losses as a negative number. */
  readonly worstRun: number;
}

/** The first lowest, highest and deepest point of some stretch. */
export interface Extremes {
  readonly low: number;
  readonly lowest: bigint;
  readonly high: number;
  readonly highest: bigint;
  readonly deep: number;
  readonly deepest: bigint;
}

/** One point of the line. */
export interface LinePoint {
  readonly equity: bigint;
  readonly highWaterMark: bigint;
}

/** A float that is this much smaller than another is smaller in truth as well. */
const surely = 1 - 1e-9;

/** Walks over rows from a standing on, one instant after the other; its floats are exact. */
export class LineWalker {
  readonly #columns: CloseColumns;
  #row: number;
  #point: number;
  #peak: number;
  #deepest: FallOnLine | null;
  #deepestShare: FallOnLine | null;
  #wins: number;
  #losses: number;
  #run: number;
  #worstRun: number;
  readonly #sum: Limbs;
  readonly #mark: Limbs;
  /** Mark less sum, and the most that it was in the present fall. */
  readonly #fall: Limbs;
  readonly #depth: Limbs;
  readonly #extremes: { readonly low: Extreme; readonly high: Extreme; readonly deep: Extreme };
  #hasExtremes = false;
  /** The deepest falls as floats: nearly all others are told from them without a BigInt. */
  #deepestNear: number;
  #shareNear: number;

  constructor(columns: CloseColumns, standing: Standing) {
    this.#columns = columns;
    this.#row = standing.row;
    this.#point = standing.point;
    this.#peak = standing.peak;
    this.#deepest = standing.deepest;
    this.#deepestShare = standing.deepestShare;
    this.#wins = standing.wins;
    this.#losses = standing.losses;
    this.#run = standing.run;
    this.#worstRun = standing.worstRun;
    this.#sum = limbsOf(standing.sum, columns);
    this.#mark = limbsOf(standing.mark, columns);
    this.#depth = limbsOf(standing.depth, columns);
    this.#fall = limbsOf(standing.mark - standing.sum, columns);
    const extreme = (): Extreme => ({ at: 0, value: limbsOf(0n, columns) });
    this.#extremes = { low: extreme(), high: extreme(), deep: extreme() };
    this.#deepestNear = Number(standing.deepest?.depth ?? 0n);
    this.#shareNear = shareOf(standing.deepestShare);
  }

  /** The point that comes next. */
  get point(): number {
    return this.#point;
  }

  /** The row that comes next. */
  get row(): number {
    return this.#row;
  }

  /** The run that lasts: wins positive, losses negative. */
  get run(): number {
    return this.#run;
  }

  /** The point just walked over. */
  present(): LinePoint {
    return { equity: integerOf(this.#sum), highWaterMark: integerOf(this.#mark) };
  }

  standing(): Standing {
    return {
      ...{ row: this.#row, point: this.#point, peak: this.#peak },
      ...{ sum: integerOf(this.#sum), mark: integerOf(this.#mark), depth: integerOf(this.#depth) },
      ...{ deepest: this.#deepest, deepestShare: this.#deepestShare },
      ...{ wins: this.#wins, losses: this.#losses, run: this.#run, worstRun: this.#worstRun },
    };
  }

  /** Of the points walked over since the beginning, or since they were forgotten. */
  extremes(): Extremes {
    const { low, high, deep } = this.#extremes;
    return {
      ...{ low: low.at, lowest: integerOf(low.value) },
      ...{ high: high.at, highest: integerOf(high.value) },
      ...{ deep: deep.at, deepest: integerOf(deep.value) },
    };
  }

  forgetExtremes(): void {
    this.#hasExtremes = false;
  }

  /** Walks over some points, as far as there are any; notes the last row of each in `ends`. */
  walk(points: number, ends: Int32Array | null): void {
    const { length, seconds, micros, limbs } = this.#columns;
    const to = this.#point + points;
    let row = this.#row;
    while (this.#point < to && row < length) {
      const [second, micro] = [seconds[row], micros[row]];
      do {
        addRow(this.#sum, limbs, row);
        this.#count(row);
        row += 1;
      } while (row < length && seconds[row] === second && micros[row] === micro);
      if (ends !== null) ends[this.#point] = row - 1;
      this.#pass();
      this.#point += 1;
    }
    this.#row = row;
  }

  #count(row: number): void {
    const sign = signAt(this.#columns, row);
    if (sign > 0) {
      this.#wins += 1;
      this.#run = this.#run > 0 ? this.#run + 1 : 1;
    } else if (sign < 0) {
      this.#losses += 1;
      this.#run = this.#run < 0 ? this.#run - 1 : -1;
      if (this.#run < this.#worstRun) this.#worstRun = this.#run;
    }
  }

  #pass(): void {
    if (compareLimbs(this.#sum, this.#mark) >= 0) {
      this.#mark.set(this.#sum);
      this.#fall.fill(0);
      this.#depth.fill(0);
      this.#peak = this.#point;
    } else {
      subtractLimbs(this.#fall, this.#mark, this.#sum);
      // Within one fall the mark stands still: only a new low can be a new deepest, of either kind.
      if (compareLimbs(this.#fall, this.#depth) > 0) this.#deepen();
    }
    this.#noteExtremes();
  }

  #deepen(): void {
    this.#depth.set(this.#fall);
    const near = approximately(this.#fall);
    const nearMark = approximately(this.#mark);
    const isShallow = near < this.#deepestNear * surely;
    if (isShallow && (nearMark <= 0 || near / nearMark < this.#shareNear * surely)) return;
    const fall: FallOnLine = {
      ...{ depth: integerOf(this.#fall), highWaterMark: integerOf(this.#mark) },
      ...{ peak: this.#peak, trough: this.#point },
    };
    if (fall.depth > (this.#deepest?.depth ?? 0n)) {
      this.#deepest = fall;
      this.#deepestNear = near;
    }
    if (fall.highWaterMark > 0n && isLargerShare(fall, this.#deepestShare)) {
      this.#deepestShare = fall;
      this.#shareNear = shareOf(fall);
    }
  }

  #noteExtremes(): void {
    const { low, high, deep } = this.#extremes;
    const isFirst = !this.#hasExtremes;
    this.#hasExtremes = true;
    if (isFirst || compareLimbs(this.#sum, low.value) < 0) note(low, this.#point, this.#sum);
    if (isFirst || compareLimbs(this.#sum, high.value) > 0) note(high, this.#point, this.#sum);
    if (isFirst || compareLimbs(this.#fall, deep.value) > 0) note(deep, this.#point, this.#fall);
  }
}

interface Extreme {
  at: number;
  readonly value: Limbs;
}

function note(extreme: Extreme, at: number, value: Limbs): void {
  extreme.at = at;
  extreme.value.set(value);
}

/** Extremes of stretches that follow each other; there must be one. */
export function mergeExtremes(stretches: readonly Extremes[]): Extremes {
  let [low, high, deep] = [stretches[0], stretches[0], stretches[0]];
  if (low === undefined || high === undefined || deep === undefined) {
    throw new RangeError('No points have no extremes');
  }
  for (const stretch of stretches) {
    if (stretch.lowest < low.lowest) low = stretch;
    if (stretch.highest > high.highest) high = stretch;
    if (stretch.deepest > deep.deepest) deep = stretch;
  }
  return {
    ...{ low: low.low, lowest: low.lowest, high: high.high, highest: high.highest },
    ...{ deep: deep.deep, deepest: deep.deepest },
  };
}

/** An integer in as many limbs as the columns have. */
export function limbsOf(value: bigint, { limbs }: CloseColumns): Limbs {
  const own = new Float64Array(limbs.length);
  setLimbs(own, value);
  return own;
}

/** Negative, 0 or positive as the P&L of a row is. */
export function signAt({ limbs }: CloseColumns, row: number): number {
  for (let index = limbs.length - 1; index >= 0; index -= 1) {
    const limb = limbs[index]?.[row] ?? 0;
    if (limb !== 0) return limb;
  }
  return 0;
}

// Fractions are compared crosswise, as division would round.
const isLargerShare = (a: FallOnLine, b: FallOnLine | null): boolean =>
  b === null || a.depth * b.highWaterMark > b.depth * a.highWaterMark;

const shareOf = (fall: FallOnLine | null): number =>
  fall === null ? 0 : Number(fall.depth) / Number(fall.highWaterMark);
