import type { Decimal } from '../../shared/decimal.ts';
import { CloseNames, type NamesOfClose } from './close-names.ts';
import { integerOf, limbsFor, setLimbs } from './exact-sums.ts';
import { HoldTally, valueOfRank } from './hold-tally.ts';
import { compareMoments, type Moment } from './moments.ts';

/** A dated scored row, as far as sums over time depend on it. */
export interface Close {
  /** `resolved_at`. */
  readonly at: Moment;
  readonly pnl: Decimal;
  /** `resolved_at − created_at`; its seconds may be negative. Null when `created_at` is no point in time. */
  readonly hold: Moment | null;
}

/** A close that can be found again. */
export interface KeptClose extends Close {
  /** UUID in the form that PostgreSQL prints. */
  readonly id: string;
  /** UTC day of `created_at`, counted as `buckets.ts` does. */
  readonly bucket: number;
  /** Where they are kept. */
  readonly names?: NamesOfClose;
}

const wordsAnId = 4;
/** Most ledgers write cents or less: no row has to be rewritten for one more decimal. */
const usualScale = 6;
const leastCapacity = 1024;
const noNames: NamesOfClose = ['', '', ''];

/**
 * Closes in the order (resolved_at, id), a typed array a field: 48 bytes a row and 8 more for each 15
 * digits of its P&L. A million objects would take ten times that.
 */
export class CloseColumns {
  /** Decimals of the P&L. */
  scale = usualScale;
  length = 0;
  /** Counts the changes of rows. */
  changes = 0;
  seconds = new Float64Array(leastCapacity);
  micros = new Int32Array(leastCapacity);
  /** The P&L, 15 digits a column. */
  limbs: Float64Array[] = [new Float64Array(leastCapacity)];
  buckets = new Int32Array(leastCapacity);
  readonly holds = new HoldTally();
  /** Null unless somebody asks for sums by name. */
  readonly names: CloseNames | null;
  /** NaN where the hold time is not known. */
  #holdSeconds = new Float64Array(leastCapacity);
  #holdMicros = new Int32Array(leastCapacity);
  #ids = new Uint32Array(leastCapacity * wordsAnId);
  /** No sum of rows, now or before, was further from 0. */
  #magnitude = 0n;

  constructor(keepsNames = false) {
    this.names = keepsNames ? new CloseNames(leastCapacity) : null;
  }

  /** Bytes held. */
  bytes(): number {
    const columns = [this.seconds, this.micros, this.buckets, ...this.limbs];
    const all = [...columns, this.#holdSeconds, this.#holdMicros, this.#ids];
    return all.reduce((sum, { byteLength }) => sum + byteLength, this.names?.bytes() ?? 0);
  }

  momentAt(row: number): Moment {
    return { seconds: this.seconds[row] ?? 0, micros: this.micros[row] ?? 0 };
  }

  /** P&L of a row. */
  pnlAt(row: number): Decimal {
    const limbs = Float64Array.from(this.limbs, (column) => column[row] ?? 0);
    return { units: integerOf(limbs), scale: this.scale };
  }

  holdAt(row: number): Moment | null {
    const seconds = this.#holdSeconds[row] ?? Number.NaN;
    return Number.isNaN(seconds) ? null : { seconds, micros: this.#holdMicros[row] ?? 0 };
  }

  /** The id of a kept close. */
  idAt(row: number): string {
    const words = this.#ids.subarray(row * wordsAnId, (row + 1) * wordsAnId);
    const hex = Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /**
   * Makes room for amounts: after that, sums of all rows and of these amounts are exact. Returns
   * whether what stood here was written anew.
   */
  reserve(amounts: readonly Decimal[]): boolean {
    const scale = amounts.reduce((widest, amount) => Math.max(widest, amount.scale), this.scale);
    const widened = scale > this.scale;
    const factor = 10n ** BigInt(scale - this.scale);
    this.#magnitude *= factor;
    for (const amount of amounts) this.#magnitude += magnitudeAt(amount, scale);
    const count = Math.max(this.limbs.length, limbsFor(this.#magnitude));
    if (!widened && count === this.limbs.length) return false;
    const before = this.limbs;
    this.scale = scale;
    this.limbs = Array.from({ length: count }, () => new Float64Array(this.seconds.length));
    for (let row = 0; row < this.length; row += 1) {
      const limbs = Float64Array.from(before, (column) => column[row] ?? 0);
      this.#setUnits(row, integerOf(limbs) * factor);
    }
    return true;
  }

  /** Adds rows that come after all others in their order. */
  append(closes: readonly (Close & Partial<KeptClose>)[]): void {
    this.changes += 1;
    this.reserve(closes.map(({ pnl }) => pnl));
    this.#makeRoom(closes.length);
    for (const close of closes) {
      this.#write(this.length, close);
      this.length += 1;
    }
  }

  /**
   * Adds rows of other columns, by ascending indexes, that come after all others in their order: their
   * times and P&L, nothing else. Many times as fast as one close after the other.
   */
  appendRowsOf(other: CloseColumns, rows: readonly number[]): void {
    this.changes += 1;
    this.#takeShapeOf(other);
    this.#makeRoom(rows.length);
    for (const row of rows) {
      const to = this.length;
      this.seconds[to] = other.seconds[row] ?? 0;
      this.micros[to] = other.micros[row] ?? 0;
      for (const [index, column] of this.limbs.entries()) {
        column[to] = other.limbs[index]?.[row] ?? 0;
      }
      this.#holdSeconds[to] = Number.NaN;
      this.length += 1;
    }
  }

  /** As many decimals and limbs; what sums of all its rows fit in, sums of some do. */
  #takeShapeOf(other: CloseColumns): void {
    if (other.#magnitude > this.#magnitude) this.#magnitude = other.#magnitude;
    if (other.scale === this.scale && other.limbs.length === this.limbs.length) return;
    const before = Array.from({ length: this.length }, (_, row) => this.pnlAt(row));
    this.scale = other.scale;
    this.limbs = other.limbs.map(() => new Float64Array(this.seconds.length));
    for (const [row, pnl] of before.entries()) {
      this.#setUnits(row, pnl.units * 10n ** BigInt(other.scale - pnl.scale));
    }
  }

  /**
   * Takes rows out, by ascending indexes, and puts others in, which come in their order. Returns the
   * first index from which on rows may be others than before.
   */
  splice(removed: readonly number[], added: readonly KeptClose[]): number {
    this.changes += 1;
    const isRewritten = this.reserve(added.map(({ pnl }) => pnl));
    this.#makeRoom(added.length);
    const firstRemoved = this.#remove(removed);
    const firstAdded = this.#insert(added);
    return isRewritten ? 0 : Math.min(firstRemoved, firstAdded);
  }

  /** Negative, 0 or positive as the row comes before, is or comes after the close. */
  compareAt(row: number, { at, id }: KeptClose): number {
    const byTime = compareMoments(this.momentAt(row), at);
    if (byTime !== 0) return byTime;
    const own = this.idAt(row);
    if (own === id) return 0;
    return own < id ? -1 : 1;
  }

  #remove(removed: readonly number[]): number {
    const first = removed[0] ?? this.length;
    let to = first;
    removed.forEach((row, index) => {
      this.#untally(row);
      const from = row + 1;
      const end = removed[index + 1] ?? this.length;
      this.#move(to, from, end);
      to += end - from;
    });
    if (removed.length > 0) this.length = to;
    return first;
  }

  #insert(added: readonly KeptClose[]): number {
    let end = this.length;
    let to = this.length + added.length;
    let first = this.length;
    // From the end on, so that each row is moved once.
    for (let index = added.length - 1; index >= 0; index -= 1) {
      const close = added[index];
      if (close === undefined) continue;
      const place = this.#placeOf(close, end);
      to -= end - place;
      this.#move(to, place, end);
      to -= 1;
      this.#write(to, close);
      [end, first] = [place, to];
    }
    this.length += added.length;
    return first;
  }

  /** Index of the first row after the close, among the first `end`. */
  #placeOf(close: KeptClose, end: number): number {
    let [low, high] = [0, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compareAt(middle, close) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #write(row: number, { at, pnl, hold, id, bucket, names }: Close & Partial<KeptClose>): void {
    this.names?.write(row, names ?? noNames);
    this.seconds[row] = at.seconds;
    this.micros[row] = at.micros;
    this.#setUnits(row, pnl.units * 10n ** BigInt(this.scale - pnl.scale));
    this.#holdSeconds[row] = hold === null ? Number.NaN : hold.seconds;
    this.#holdMicros[row] = hold === null ? 0 : hold.micros;
    this.holds.add(hold);
    this.buckets[row] = bucket ?? 0;
    if (id === undefined) return;
    const hex = id.replaceAll('-', '');
    for (let word = 0; word < wordsAnId; word += 1) {
      this.#ids[row * wordsAnId + word] = Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16);
    }
  }

  #untally(row: number): void {
    this.holds.remove(this.holdAt(row));
  }

  #setUnits(row: number, units: bigint): void {
    const [only] = this.limbs;
    if (this.limbs.length === 1 && only !== undefined) {
      only[row] = Number(units);
      return;
    }
    const limbs = new Float64Array(this.limbs.length);
    setLimbs(limbs, units);
    this.limbs.forEach((column, index) => {
      column[row] = limbs[index] ?? 0;
    });
  }

  #move(to: number, from: number, end: number): void {
    if (to === from || end <= from) return;
    const columns = [this.seconds, this.micros, this.buckets, this.#holdSeconds, this.#holdMicros];
    for (const column of [...columns, ...this.limbs]) column.copyWithin(to, from, end);
    this.names?.move(to, from, end);
    this.#ids.copyWithin(to * wordsAnId, from * wordsAnId, end * wordsAnId);
  }

  #makeRoom(added: number): void {
    const wanted = this.length + added;
    if (wanted <= this.seconds.length) return;
    // A quarter to spare: doubling would waste half of a large ledger's memory.
    const capacity = Math.ceil(wanted * 1.25);
    this.seconds = grown(this.seconds, new Float64Array(capacity));
    this.micros = grown(this.micros, new Int32Array(capacity));
    this.buckets = grown(this.buckets, new Int32Array(capacity));
    this.limbs = this.limbs.map((column) => grown(column, new Float64Array(capacity)));
    this.#holdSeconds = grown(this.#holdSeconds, new Float64Array(capacity));
    this.#holdMicros = grown(this.#holdMicros, new Int32Array(capacity));
    this.#ids = grown(this.#ids, new Uint32Array(capacity * wordsAnId));
    this.names?.grow(capacity);
  }

  /** The known hold time of a rank, 0 for the shortest, in microseconds. */
  holdUsOfRank(rank: number): bigint {
    const { from, to, count, shorter } = this.holds.sizeAt(rank);
    const within = new Float64Array(count);
    const [seconds, micros] = [this.#holdSeconds, this.#holdMicros];
    let found = 0;
    // Unknown ones are NaN, which is in no stretch.
    for (let row = 0; found < count; row += 1) {
      const second = seconds[row] ?? Number.NaN;
      if (!(second >= from && second < to)) continue;
      within[found] = (second - from) * 1e6 + (micros[row] ?? 0);
      found += 1;
    }
    const offset = valueOfRank(within, rank - shorter);
    return BigInt(from) * 1_000_000n + BigInt(offset);
  }
}

function grown<T extends Float64Array | Int32Array | Uint32Array>(before: T, after: T): T {
  after.set(before);
  return after;
}

function magnitudeAt({ units, scale }: Decimal, wanted: number): bigint {
  const magnitude = units < 0n ? -units : units;
  return magnitude * 10n ** BigInt(wanted - scale);
}
