import type { CloseMarks } from '../../shared/close-marks.ts';
import { instantMs, instantOfMs } from '../../shared/instant.ts';
import type { CloseColumns } from './close-columns.ts';
import { pointsUntil } from './close-path.ts';
import { type CloseSeries, firstAtOrAfter, firstPointAt } from './close-series.ts';

/** Two days hold every close that is written late by a slow transaction or a slow human. */
const windowMs = 48 * 60 * 60 * 1000;
/** A busier ledger remembers less than two days: 20,000 instants are 320 kB. */
const mostPoints = 20_000;
const bytesAPoint = 16;
/** A Mersenne prime: amounts are told apart by what they leave of it, whatever their decimals. */
const prime = 2 ** 31 - 1;

/**
 * Remembers the instants with closes up to `asOf`, so that later it can be told which are new. A cursor
 * would miss what is committed late or dated back, so sets are compared. Of a busy ledger the last `most`
 * instants are remembered.
 */
export function markCloses(series: CloseSeries, asOf: string, most = mostPoints): CloseMarks {
  const to = pointsUntil(series, asOf);
  const wished = instantOfMs((instantMs(asOf) ?? 0) - windowMs);
  const first = Math.max(firstPointOf(series, wished), to - most);
  const from = first <= firstPointOf(series, wished) ? wished : wholeMsAfter(series, first);
  // More instants within one millisecond than are remembered: the next whole one lies after `asOf`.
  const start = Math.min(firstPointOf(series, from), to);
  const bytes = Buffer.alloc((to - start) * bytesAPoint);
  for (let point = start; point < to; point += 1) {
    const at = (point - start) * bytesAPoint;
    const row = series.endOf(point);
    bytes.writeDoubleLE(series.columns.seconds[row] ?? 0, at);
    bytes.writeUInt32LE(series.columns.micros[row] ?? 0, at + 8);
    bytes.writeUInt32LE(digestOf(series, point), at + 12);
  }
  return { asOf, from, points: bytes.toString('base64') };
}

/** Points up to `asOf` that are new, or others than they were when they were marked, in order. */
export function unmarkedPoints(series: CloseSeries, marks: CloseMarks, asOf: string): number[] {
  const to = pointsUntil(series, asOf);
  const bytes = Buffer.from(marks.points, 'base64');
  const found: number[] = [];
  let at = 0;
  for (let point = firstPointOf(series, marks.from); point < to; point += 1) {
    const row = series.endOf(point);
    const [second, micro] = [series.columns.seconds[row] ?? 0, series.columns.micros[row] ?? 0];
    while (at + bytesAPoint <= bytes.length && isBefore(bytes, at, second, micro)) {
      at += bytesAPoint;
    }
    const isMarked =
      at + bytesAPoint <= bytes.length &&
      bytes.readDoubleLE(at) === second &&
      bytes.readUInt32LE(at + 8) === micro &&
      bytes.readUInt32LE(at + 12) === digestOf(series, point);
    if (!isMarked) found.push(point);
  }
  return found;
}

const firstPointOf = (series: CloseSeries, from: string): number =>
  firstPointAt(series, firstAtOrAfter(series, from));

/** The first whole millisecond after the point before. */
function wholeMsAfter(series: CloseSeries, point: number): string {
  const ms = instantMs(series.instantOf(point - 1)) ?? 0;
  return instantOfMs(ms + 1);
}

function isBefore(bytes: Buffer, at: number, second: number, micro: number): boolean {
  const own = bytes.readDoubleLE(at);
  return own < second || (own === second && bytes.readUInt32LE(at + 8) < micro);
}

/** Tells the rows of a point from others, in whatever order and with however many decimals. */
function digestOf(series: CloseSeries, point: number): number {
  const { columns } = series;
  const unscale = inverse(powerOfTen(columns.scale));
  let digest = 0;
  for (let row = series.endOf(point - 1) + 1; row <= series.endOf(point); row += 1) {
    digest = (digest + mixed(multiply(remainderOf(columns, row), unscale))) >>> 0;
  }
  return digest;
}

function remainderOf({ limbs }: CloseColumns, row: number): number {
  let rest = 0;
  for (let index = limbs.length - 1; index >= 0; index -= 1) {
    const limb = (limbs[index]?.[row] ?? 0) % prime;
    rest = (multiply(rest, limbBase) + limb + prime) % prime;
  }
  return rest;
}

/** Spreads neighbouring amounts over all 32 bits, as hash functions end. */
function mixed(value: number): number {
  let mix = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16) ^ 0x9e3779b9) >>> 0;
}

/** Product modulo the prime, in halves that floats hold. */
function multiply(a: number, b: number): number {
  const high = Math.floor(a / 65_536);
  const low = a - high * 65_536;
  return (((((high * b) % prime) * 65_536) % prime) + low * b) % prime;
}

function power(base: number, exponent: number): number {
  let [result, factor] = [1, base % prime];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, factor);
    factor = multiply(factor, factor);
  }
  return result;
}

const powerOfTen = (exponent: number): number => power(10, exponent);
const inverse = (value: number): number => power(value, prime - 2);
const limbBase = 1e15 % prime;
