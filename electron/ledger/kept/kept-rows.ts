import { type Decimal, parseDecimal, printDecimal } from '../../../shared/decimal.ts';
import { compareInstants } from '../../../shared/instant.ts';
import { CloseColumns, type KeptClose } from '../close-columns.ts';
import { CloseSeries } from '../close-series.ts';
import { compareMoments, instantAt, type Moment } from '../moments.ts';
import type { Passing, RowGroup } from '../row-groups.ts';
import { rowsShown } from '../trades.ts';
import { type Bucket, type ExtremeRow, furtherOf } from './bucket.ts';
import type { ReadBuckets } from './bucket-reads.ts';
import type { ChangedClose } from './restatements.ts';
import { BucketTotals, keyOf } from './totals.ts';
import { UnfitError } from './unfit.ts';

type Change = Omit<ChangedClose, 'isLate'>;

/** What may be kept at most; a ledger beyond is read by plain SQL. */
const bounds = { closes: 12_000_000, groups: 300_000, loose: 100_000 } as const;

/** What a replacement of buckets changed. */
export interface Replacement {
  readonly closes: readonly ChangedClose[];
  /** Whether any kept number is another now. */
  readonly isOther: boolean;
  /** Whether something stood there before the horizon already, and was not kept; or went. */
  readonly isLate: boolean;
}

/** All that is kept of the rows: a bucket a day of creation, and every dated close in order. */
export class KeptRows {
  readonly columns: CloseColumns;
  readonly totals = new BucketTotals();
  readonly #buckets = new Map<number, Bucket>();
  /** Rows that are kept one by one besides the closes. */
  #loose = 0;
  #series: CloseSeries | null = null;
  /** Rows of the series from here on were changed since it was walked over. */
  #changedFrom = 0;

  constructor(namesCloses = false) {
    this.columns = new CloseColumns(namesCloses);
  }

  /** Rows of each bucket. */
  rowsIn(bucket: number): number {
    return this.#buckets.get(bucket)?.rows ?? 0;
  }

  has(bucket: number): boolean {
    return this.#buckets.has(bucket);
  }

  buckets(): IterableIterator<number> {
    return this.#buckets.keys();
  }

  /** Bytes held in typed arrays; the buckets come on top. */
  bytes(): number {
    return this.columns.bytes() + (this.#series?.bytes() ?? 0);
  }

  /** Ids of the open rows with their buckets. */
  *openIds(): Generator<readonly [id: string, bucket: number]> {
    for (const [number, { openIds }] of this.#buckets) for (const id of openIds) yield [id, number];
  }

  /**
   * Puts what the server says in the place of what is kept: of the named buckets, and of all from
   * `tail` on.
   */
  replace(named: ReadonlySet<number>, tail: number | null, read: ReadBuckets): Replacement {
    const replaced = new Set(named);
    for (const number of [...this.#buckets.keys(), ...read.buckets.keys()]) {
      if (tail !== null && number >= tail) replaced.add(number);
    }
    let [isOther, isLate] = [false, false];
    for (const number of replaced) {
      const [before, after] = [this.#buckets.get(number), read.buckets.get(number)];
      this.#loose += looseIn(after) - looseIn(before);
      if (before !== undefined) this.totals.take(before);
      if (after !== undefined) this.totals.put(after);
      isLate ||= hasLateRows(before, after);
      isOther ||= before === undefined || fingerprint(before) !== fingerprint(after);
      if (after === undefined) this.#buckets.delete(number);
      else this.#buckets.set(number, after);
    }
    const fresh = new Set(read.closes.flatMap(({ id, isFresh }) => (isFresh ? [id] : [])));
    const closes = this.#replaceCloses(replaced, read.closes).map((change) => ({
      ...change,
      isLate: !fresh.has(change.id),
    }));
    isLate ||= closes.some((change) => change.isLate);
    if (this.#loose > bounds.loose) {
      throw new UnfitError('it has many open rows, closes without a P&L or rows of the future');
    }
    if (this.columns.length > bounds.closes)
      throw new UnfitError('it has more closes than are kept');
    if (this.totals.groups > bounds.groups) {
      throw new UnfitError('it has too many types and strategies a day');
    }
    return { closes, isOther: isOther || closes.length > 0, isLate };
  }

  /** The line of all closes from a bankroll on, walked over in slices; each `yield` is a rest. */
  *series(bankroll: string | null): Generator<void, CloseSeries> {
    const start = parseDecimal(bankroll ?? '0');
    const isSame =
      this.#series !== null && printDecimal(this.#series.start) === printDecimal(start);
    const series =
      isSame && this.#series !== null ? this.#series : new CloseSeries(this.columns, start);
    const from = isSame ? this.#changedFrom : 0;
    this.#series = series;
    this.#changedFrom = 0;
    yield* series.walk(from);
    this.#changedFrom = this.columns.length;
    return series;
  }

  /** What the clock alone changes. */
  passing(asOf: Moment, day: { readonly start: Moment; readonly end: Moment }): Passing {
    const isLater = (at: Moment): boolean => compareMoments(at, asOf) > 0;
    let [anomalies, unscoredToday] = [0, 0];
    let next: string | null = null;
    const nowText = instantAt(asOf);
    const endText = instantAt(day.end);
    for (const bucket of this.#buckets.values()) {
      anomalies += bucket.timeless;
      for (const { created, resolved, timeless } of bucket.later) {
        const later = [created, resolved].filter((at) => at !== null && isAfter(at, nowText));
        if (!timeless && later.length > 0) anomalies += 1;
        for (const at of later) {
          if (at !== null && isAfter(endText, at) && (next === null || isAfter(next, at)))
            next = at;
        }
      }
      for (const { at } of bucket.unscored) {
        const isToday = compareMoments(at, day.start) >= 0 && compareMoments(at, day.end) < 0;
        if (isToday) unscoredToday += 1;
      }
    }
    let future = 0;
    for (
      let row = this.columns.length - 1;
      row >= 0 && isLater(this.columns.momentAt(row));
      row -= 1
    ) {
      future += 1;
    }
    return { future, anomalies, unscoredToday, nextAt: next };
  }

  /** The rows with the highest and the lowest P&L, where there is a win or a loss. */
  extremes(): { readonly win: ExtremeRow | null; readonly loss: ExtremeRow | null } {
    let [win, loss]: [ExtremeRow | null, ExtremeRow | null] = [null, null];
    for (const bucket of this.#buckets.values()) {
      win = furtherOf(win, bucket.win, 1);
      loss = furtherOf(loss, bucket.loss, -1);
    }
    return { win, loss };
  }

  /** Creation of the first executed row. */
  firstExecutedAt(): string | null {
    let first: Moment | null = null;
    for (const { firstExecuted } of this.#buckets.values()) {
      if (firstExecuted === null) continue;
      if (first === null || compareMoments(firstExecuted, first) < 0) first = firstExecuted;
    }
    return first && instantAt(first);
  }

  /** Ids of the last rows to close, last first, those without a P&L among them. */
  recentIds(): string[] {
    const last: { at: Moment; id: string }[] = [];
    const from = Math.max(0, this.columns.length - rowsShown);
    for (let row = from; row < this.columns.length; row += 1) {
      last.push({ at: this.columns.momentAt(row), id: this.columns.idAt(row) });
    }
    for (const { unscored } of this.#buckets.values()) for (const row of unscored) last.push(row);
    return last
      .sort((a, b) => compareMoments(b.at, a.at) || (a.id < b.id ? 1 : -1))
      .slice(0, rowsShown)
      .map(({ id }) => id);
  }

  rowGroups(): RowGroup[] {
    const { win, loss } = this.extremes();
    const text = (row: ExtremeRow | null): string | null => row && printDecimal(row.pnl);
    return this.totals.rowGroups(
      { highest: text(win), lowest: text(loss) },
      this.firstExecutedAt(),
    );
  }

  #replaceCloses(replaced: ReadonlySet<number>, closes: readonly KeptClose[]): Change[] {
    const before = this.#closesOf(replaced);
    const after = [...closes].sort(
      (a, b) => compareMoments(a.at, b.at) || (a.id < b.id ? -1 : Number(a.id > b.id)),
    );
    const { removed, added, changed } = this.#difference(before, after);
    if (removed.length + added.length === 0) return [];
    this.#changedFrom = Math.min(this.#changedFrom, this.columns.splice(removed, added));
    return [...changed.values()];
  }

  /** Indexes of the closes of some buckets, in order. */
  #closesOf(replaced: ReadonlySet<number>): number[] {
    const known = [...replaced].filter((number) => this.#hadCloses.has(number));
    if (known.length === 0) return [];
    const rows: number[] = [];
    const { buckets, length } = this.columns;
    const [only] = known;
    if (known.length === 1) {
      for (let row = 0; row < length; row += 1) if (buckets[row] === only) rows.push(row);
      return rows;
    }
    const wanted = new Set(known);
    for (let row = 0; row < length; row += 1) if (wanted.has(buckets[row] ?? 0)) rows.push(row);
    return rows;
  }

  /** Buckets that ever had closes: a new one spares the search for its old ones. */
  readonly #hadCloses = new Set<number>();

  #difference(before: readonly number[], after: readonly KeptClose[]) {
    const removed: number[] = [];
    const added: KeptClose[] = [];
    const changed = new Map<string, Change>();
    const note = (id: string, counted: Partial<Change>): void => {
      changed.set(id, { ...{ id, before: null, after: null }, ...changed.get(id), ...counted });
    };
    const remove = (row: number): void => {
      removed.push(row);
      const counted = { at: this.columns.momentAt(row), pnl: this.columns.pnlAt(row) };
      note(this.columns.idAt(row), { before: counted });
    };
    const add = (close: KeptClose): void => {
      added.push(close);
      this.#hadCloses.add(close.bucket);
      note(close.id, { after: { at: close.at, pnl: close.pnl } });
    };
    let index = 0;
    for (const close of after) {
      let row = before[index];
      while (row !== undefined && this.columns.compareAt(row, close) < 0) {
        remove(row);
        index += 1;
        row = before[index];
      }
      const isKnown = row !== undefined && this.columns.compareAt(row, close) === 0;
      if (row === undefined || !isKnown) {
        add(close);
        continue;
      }
      index += 1;
      if (this.#isSame(row, close)) continue;
      remove(row);
      add(close);
    }
    for (const row of before.slice(index)) remove(row);
    return { removed, added, changed };
  }

  #isSame(row: number, close: KeptClose): boolean {
    const hold = this.columns.holdAt(row);
    return (
      this.columns.buckets[row] === close.bucket &&
      (close.names === undefined || this.columns.names?.isSame(row, close.names) !== false) &&
      isEqual(this.columns.pnlAt(row), close.pnl) &&
      (hold === null || close.hold === null
        ? hold === close.hold
        : compareMoments(hold, close.hold) === 0)
    );
  }
}

const looseIn = (bucket: Bucket | undefined): number =>
  bucket === undefined ? 0 : bucket.openIds.length + bucket.unscored.length + bucket.later.length;

/** More rows of a group stand there since before the horizon than were kept of it. */
function hasLateRows(before: Bucket | undefined, after: Bucket | undefined): boolean {
  const kept = new Map(before?.groups.map((group) => [keyOf(group), group.counts[0] ?? 0]));
  return after?.groups.some((group) => group.stale > (kept.get(keyOf(group)) ?? 0)) ?? false;
}

/** Both are instants of the contract; years of more than four digits are rare enough to be read. */
function isAfter(a: string, b: string): boolean {
  return compareInstants(a, b) > 0;
}

const isEqual = (a: Decimal, b: Decimal): boolean =>
  a.scale === b.scale ? a.units === b.units : printDecimal(a) === printDecimal(b);

/** Tells whether a bucket is the same; sums in their own decimals, as the server prints them. */
const fingerprint = (bucket: Bucket | undefined): string =>
  bucket === undefined
    ? ''
    : JSON.stringify(
        [
          ...bucket.groups.map(({ rowClass, type, strategy, counts, sums }) =>
            JSON.stringify([rowClass, type, strategy, counts, sums.map(printDecimal)]),
          ),
          ...bucket.reasons.map(({ reason, count }) => `${reason} ${count}`),
          ...bucket.openIds,
          ...bucket.unscored.map(({ id, at }) => `${id} ${instantAt(at)}`),
        ].sort(),
      );
