import { type Decimal, parseDecimal, printDecimal, roundDecimal, signOf } from './decimal.ts';
import { instantMs } from './instant.ts';
import { type MetricId, metrics, type Unit } from './metrics.ts';
import type { Figure } from './snapshot.ts';

const minus = '\u2212';
const nothingToComputeFrom = '\u2014';

const groupThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Fixed decimals, thousands grouped, no sign. */
function magnitude(value: Decimal, decimals: number): string {
  const rounded = roundDecimal(value, decimals);
  const units = rounded.units < 0n ? -rounded.units : rounded.units;
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = groupThousands(digits.slice(0, digits.length - decimals));
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

/** The sign of what is printed: a loss of a tenth of a cent prints `$0.00`, without one. */
const printedSign = (value: Decimal, decimals: number): -1 | 0 | 1 =>
  signOf(roundDecimal(value, decimals));

/** P&L, always signed: `+$1,234.50`, `−$1,234.50`; zero is `$0.00`. Rounded half away from zero. */
export function formatPnl(value: string): string {
  const decimal = parseDecimal(value);
  const sign = printedSign(decimal, 2);
  return `${sign === 0 ? '' : sign < 0 ? minus : '+'}$${magnitude(decimal, 2)}`;
}

/** An amount that is not P&L: `$388.20`, `−$388.20`. */
export function formatMoney(value: string): string {
  const decimal = parseDecimal(value);
  return `${printedSign(decimal, 2) < 0 ? minus : ''}$${magnitude(decimal, 2)}`;
}

/** A fraction as a percentage: `0.5813` → `58.1 %`. */
export function formatPercent(fraction: string, decimals = 1): string {
  const { units, scale } = parseDecimal(fraction);
  const percent: Decimal = { units: units * 100n, scale };
  return `${printedSign(percent, decimals) < 0 ? minus : ''}${magnitude(percent, decimals)} %`;
}

/** A gain or loss as a percentage, signed as P&L is: `+8.4 %`, `−8.4 %`, `0.0 %`. */
export function formatSignedPercent(fraction: string, decimals = 1): string {
  const text = formatPercent(fraction, decimals);
  return text.startsWith(minus) || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** A plain decimal with fixed places: `0.452`. */
export function formatDecimal(value: string, decimals: number): string {
  const decimal = parseDecimal(value);
  return `${printedSign(decimal, decimals) < 0 ? minus : ''}${magnitude(decimal, decimals)}`;
}

/** A count with grouped thousands: `1,204`. */
export const formatCount = (count: number): string => groupThousands(String(count));

/** A figure with `format`, or the mark of why there is none: `—`, `n/a`, `∞`, `⚠`. */
export function formatFigure(figure: Figure, format: (value: string) => string): string {
  switch (figure.kind) {
    case 'value':
      return format(figure.value);
    case 'none':
      return nothingToComputeFrom;
    case 'not-computable':
      return 'n/a';
    case 'infinite':
      return '\u221e';
    case 'error':
      return '\u26a0';
  }
}

/** A value as its unit is written everywhere: on screen, in the tray, in the report. */
export function formatUnit(value: string, unit: Unit): string {
  switch (unit) {
    case 'pnl':
      return formatPnl(value);
    case 'money':
      return formatMoney(value);
    case 'fraction':
      return formatPercent(value);
    case 'ratio':
      return formatDecimal(value, 2);
    case 'count':
      return formatDecimal(value, 0);
    case 'seconds':
      return formatDuration(value);
    case 'streak':
      return formatStreak(value);
  }
}

/** A metric as it is printed everywhere. */
export const formatMetric = (figure: Figure, id: MetricId): string =>
  formatFigure(figure, (value) => formatUnit(value, metrics[id].unit));

function formatStreak(value: string): string {
  const length = Number(value);
  if (length === 0) return 'none';
  const what = length > 0 ? 'win' : 'loss';
  const many = length > 0 ? 'wins' : 'losses';
  return `${Math.abs(length)} ${Math.abs(length) === 1 ? what : many}`;
}

/** −1, 0 or 1 of what `formatPnl` prints, for its colour and glyph. */
export const pnlDirection = (value: string): -1 | 0 | 1 => printedSign(parseDecimal(value), 2);

/** A duration: `4 s`, `6 m`, `1 h 04 m`, `2 d 03 h`; never negative. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${pad(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${pad(hours % 24)} h`;
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** Exact seconds as a duration, to the nearest second: `3599.6` → `1 h 00 m`. */
export const formatDuration = (seconds: string): string =>
  formatAge(Number(roundDecimal(parseDecimal(seconds), 0).units) * 1000);

/** The time of day of an instant: `14:03:22`; `—` beyond what a Date can hold. */
export function formatTime(instant: string, zone: string): string {
  const ms = instantMs(instant);
  if (ms === null) return nothingToComputeFrom;
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' }).format(ms);
}

/** A trading day by its name: `2026-11-23` → `Mon 23 Nov`. */
export const formatDay = (name: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  })
    .format(new Date(`${name}T00:00:00Z`))
    .replace(',', '');

// Control characters and the marks that reorder text can disguise a market's name.
const disguises = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text from the ledger, safe to print: control and direction marks become `·`, long text is cut. */
export function formatText(text: string, longest = 120): string {
  const characters = Array.from(text.slice(0, 2 * longest + 2).replace(disguises, '\u00b7'));
  if (characters.length <= longest) return characters.join('');
  return `${characters.slice(0, longest).join('')}\u2026`;
}

/** Exact text of a figure for a `value` attribute: empty when there is none. */
export const figureValue = (figure: Figure): string =>
  figure.kind === 'value' ? printDecimal(parseDecimal(figure.value)) : '';
