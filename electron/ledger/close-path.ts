import { type Decimal, subtractDecimals, zero } from '../../shared/decimal.ts';
import { compareInstants, instantMs, instantOfMs } from '../../shared/instant.ts';
import type { TradingDayRule } from '../../shared/trading-day.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from './close-series.ts';
import { knownDayAt } from './known-days.ts';
import type { LineWalker } from './line-walker.ts';
import { instantAt } from './moments.ts';

/** How things stood after one instant with closes, as the ledger tells it now. */
export interface PathPoint {
  readonly at: string;
  /** Trading day that it lies in, by its name. */
  readonly day: string;
  readonly dayPnl: Decimal;
  /** Highest P&L that the day had reached by then; it starts at 0. */
  readonly dayPeak: Decimal;
  /** Σ P&L of the dated closes up to then. */
  readonly pnl: Decimal;
  readonly equity: Decimal;
  readonly highWaterMark: Decimal;
  /** The mark before this instant. */
  readonly markBefore: Decimal;
  /** Wins in a row as a positive number, losses as a negative one. */
  readonly run: number;
  /** Highest and lowest P&L of one trade among those that closed at this instant. */
  readonly highest: Decimal;
  readonly lowest: Decimal;
}

/** Where a path ends, and what its days are. */
export interface PathRule {
  readonly tradingDay: TradingDayRule;
  /** Points after it are left out: closes that are dated in the future. */
  readonly asOf: string;
}

/** Points with an instant up to `asOf`. */
export function pointsUntil(series: CloseSeries, asOf: string): number {
  const ms = instantMs(asOf);
  if (ms === null) return series.points;
  // The next whole millisecond, and back over what lies between.
  let row = firstAtOrAfter(series, instantOfMs(ms + 1));
  const isAfter = (index: number): boolean =>
    compareInstants(instantAt(series.columns.momentAt(index)), asOf) > 0;
  while (row > 0 && isAfter(row - 1)) row -= 1;
  return firstPointAt(series, row);
}

/**
 * The path over some points, which come in ascending order; what lies between them is walked over from
 * the beginning of the first one's trading day on. Costs by the points of that stretch.
 */
export function* pathOver(
  series: CloseSeries,
  points: readonly number[],
  rule: PathRule,
): Generator<PathPoint> {
  const [first] = points;
  if (first === undefined) return;
  let day = dayAround(series, first, rule);
  const walker = series.walkerAt(day.firstPoint);
  let [before, peak] = [sumOf(walker), 0n];
  let mark = markOf(walker);
  for (const point of points) {
    while (walker.point <= point) {
      if (isAfterDay(series, walker.point, day.endSeconds)) {
        day = dayAround(series, walker.point, rule);
        [before, peak] = [sumOf(walker), 0n];
      }
      const row = walker.row;
      walker.walk(1, null);
      const { equity, highWaterMark } = walker.present();
      if (equity - before > peak) peak = equity - before;
      const markBefore = mark;
      mark = highWaterMark;
      if (walker.point <= point) continue;
      const { run } = walker;
      const units = { dayPnl: equity - before, dayPeak: peak, equity, highWaterMark, markBefore };
      yield new WalkedPoint(series, {
        point,
        from: row,
        to: walker.row,
        day: day.name,
        run,
        ...units,
      });
    }
  }
}

/** What was walked over, in units of the series; the rows of the point are `[from, to)`. */
interface Walked {
  readonly point: number;
  readonly from: number;
  readonly to: number;
  readonly day: string;
  readonly run: number;
  readonly dayPnl: bigint;
  readonly dayPeak: bigint;
  readonly equity: bigint;
  readonly highWaterMark: bigint;
  readonly markBefore: bigint;
}

/** Of a path of a hundred thousand points a rule looks at one value each: what is not asked for costs nothing. */
class WalkedPoint implements PathPoint {
  readonly #series: CloseSeries;
  readonly #walked: Walked;
  readonly day: string;
  readonly run: number;

  constructor(series: CloseSeries, walked: Walked) {
    this.#series = series;
    this.#walked = walked;
    this.day = walked.day;
    this.run = walked.run;
  }

  get at(): string {
    return this.#series.instantOf(this.#walked.point);
  }

  get dayPnl(): Decimal {
    return this.#series.decimal(this.#walked.dayPnl);
  }

  get dayPeak(): Decimal {
    return this.#series.decimal(this.#walked.dayPeak);
  }

  get pnl(): Decimal {
    return subtractDecimals(this.equity, this.#series.start);
  }

  get equity(): Decimal {
    return this.#series.decimal(this.#walked.equity);
  }

  get highWaterMark(): Decimal {
    return this.#series.decimal(this.#walked.highWaterMark);
  }

  get markBefore(): Decimal {
    return this.#series.decimal(this.#walked.markBefore);
  }

  get highest(): Decimal {
    return this.#extremes().highest;
  }

  get lowest(): Decimal {
    return this.#extremes().lowest;
  }

  #extremes(): Pick<PathPoint, 'highest' | 'lowest'> {
    return extremesOfRows(this.#series, this.#walked.from, this.#walked.to);
  }
}

/** How things stand now: after the last point up to now, in the trading day of now. */
export function presentOf(
  series: CloseSeries,
  rule: PathRule,
): Omit<PathPoint, 'at' | 'highest' | 'lowest' | 'markBefore'> {
  const today = knownDayAt(rule.asOf, rule.tradingDay);
  const last = pointsUntil(series, rule.asOf) - 1;
  const [point] = last < 0 ? [] : [...pathOver(series, [last], rule)];
  if (point === undefined) {
    const { start } = series;
    const nothing = { dayPnl: zero, dayPeak: zero, pnl: zero, run: 0 };
    return { ...nothing, day: today.name, equity: start, highWaterMark: start };
  }
  const isToday = point.day === today.name;
  // Field by field: what belongs to the closes of an instant would happen once more at each look.
  const { pnl, equity, highWaterMark, run } = point;
  const [dayPnl, dayPeak] = isToday ? [point.dayPnl, point.dayPeak] : [zero, zero];
  return { day: today.name, dayPnl, dayPeak, pnl, equity, highWaterMark, run };
}

const sumOf = (walker: LineWalker): bigint => walker.standing().sum;
const markOf = (walker: LineWalker): bigint => walker.present().highWaterMark;

interface Around {
  readonly name: string;
  readonly firstPoint: number;
  /** Days end on whole seconds. */
  readonly endSeconds: number;
}

/** The trading day that holds a point. */
function dayAround(series: CloseSeries, point: number, { tradingDay }: PathRule): Around {
  const day = knownDayAt(series.instantOf(point), tradingDay);
  return {
    name: day.name,
    firstPoint: firstPointAt(series, firstAtOrAfter(series, day.start)),
    endSeconds: Math.floor((instantMs(day.end) ?? 0) / 1000),
  };
}

const isAfterDay = (series: CloseSeries, point: number, endSeconds: number): boolean =>
  (series.columns.seconds[series.endOf(point)] ?? 0) >= endSeconds;

function extremesOfRows(
  { columns }: CloseSeries,
  from: number,
  to: number,
): Pick<PathPoint, 'highest' | 'lowest'> {
  let [highest, lowest] = [columns.pnlAt(from), columns.pnlAt(from)];
  for (let row = from + 1; row < to; row += 1) {
    const pnl = columns.pnlAt(row);
    if (pnl.units > highest.units) highest = pnl;
    if (pnl.units < lowest.units) lowest = pnl;
  }
  return { highest, lowest };
}
