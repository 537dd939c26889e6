import { compareDecimals, parseDecimal } from '../../shared/decimal.ts';
import { compareInstants, instantMs } from '../../shared/instant.ts';
import { printIn, unitOf } from '../../shared/metric-text.ts';
import type { Equity, Snapshot } from '../../shared/snapshot.ts';
import { drawLine, type LinePoint, type LineStyle } from './line-pixels.ts';
import type { Paint } from './paint.ts';
import { type ChosenRange, rangeOf, rangeTitle } from './report-range.ts';
import { momentText } from './report-words.ts';

/** How a chart is drawn. */
export interface ChartOptions {
  /** Of the terminal, in characters. */
  readonly width: number;
  readonly paint: Paint;
  readonly style: LineStyle;
}

/** The level of the equity from an instant on, as exact text. */
interface Level {
  readonly at: string;
  readonly equity: string;
}

const rowsHigh = 8;
const leastWidth = 20;
const marks = {
  braille: { tick: '\u2524', bar: '\u2502', last: '\u25c2', to: '\u2013' },
  ascii: { tick: '+', bar: '|', last: '<', to: '-' },
} as const;

/** The equity over a range as lines of text; null where there are not two levels to draw between. */
export function chartText(
  snapshot: Snapshot,
  chosen: ChosenRange,
  options: ChartOptions,
): string | null {
  const levels = levelsIn(snapshot.equity, rangeOf(snapshot, chosen).start);
  const line = lineOf(levels, snapshot.asOf);
  if (line === null) return null;
  const print = (value: string): string => printIn(value, unitOf('equity', snapshot.basis));
  const labels = labelsOf(levels, (value) => plain(print(value), options.style));
  const labelWidth = Math.max(labels.high.length, labels.low.length);
  // Indented by two, a tick beside the label, and a mark and the last value behind the line.
  const width = options.width - labelWidth - labels.last.length - 7;
  // Labels of sixty digits leave no room; the blocks have the figures all the same.
  if (width < leastWidth) return null;
  const { rows, lastRow } = drawLine(
    line.points,
    { width, height: rowsHigh, ...line },
    options.style,
  );
  const { tick, bar, last, to } = marks[options.style];
  const drawn = rows.map((row, at) => {
    const label = rowLabel(at, labels);
    const end = at === lastRow ? ` ${last} ${options.paint(labels.last, 'quiet')}` : '';
    const text = end === '' ? row.trimEnd() : row;
    return `  ${options.paint(label.padStart(labelWidth), 'quiet')} ${label === '' ? bar : tick}${text}${end}`;
  });
  const [from, until] = [line.from, line.end].map((at) => momentText(at, snapshot.day.zone));
  const times = `${' '.repeat(labelWidth + 4)}${from} ${to} ${until}`;
  const title = options.paint(`Equity line, ${rangeTitle(chosen).toLowerCase()}`, 'heading');
  return [title, ...drawn, options.paint(times, 'quiet')].join('\n');
}

/** Whether a terminal can draw the dots: one of UTF-8, but for the console of Linux, whose font lacks them. */
export function chartStyle(
  { LC_ALL, LC_CTYPE, LANG, TERM }: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): LineStyle {
  // Windows and macOS have one encoding on all terminals.
  if (platform === 'win32' || platform === 'darwin') return 'braille';
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return /utf-?8/i.test(locale) && TERM !== 'linux' ? 'braille' : 'ascii';
}

/** The level at which the range begins, and each one in it. */
function levelsIn({ baseline, points }: Equity, start: string | null): Level[] {
  const all: Level[] = points.map(([at, equity]) => ({ at, equity }));
  if (baseline !== null) all.unshift(baseline);
  if (start === null) return all;
  const before = all.filter(({ at }) => compareInstants(at, start) < 0).at(-1);
  const within = all.filter(({ at }) => compareInstants(at, start) >= 0);
  return before === undefined ? within : [{ at: start, equity: before.equity }, ...within];
}

interface Line {
  readonly points: readonly LinePoint[];
  /** Where the axis ends, in milliseconds. */
  readonly until: number;
  readonly from: string;
  readonly end: string;
}

/** Null where there are fewer than two points, or where one of them is beyond what can be drawn. */
function lineOf(levels: readonly Level[], asOf: string): Line | null {
  const [first, last] = [levels[0], levels.at(-1)];
  if (first === undefined || last === undefined || levels.length < 2) return null;
  const points = levels.map(({ at, equity }) => ({
    x: instantMs(at) ?? Number.NaN,
    y: Number(equity),
  }));
  // Closes that are dated in the future belong to the line.
  const end = compareInstants(last.at, asOf) > 0 ? last.at : asOf;
  const until = instantMs(end) ?? Number.NaN;
  const isDrawable = points.every(({ x, y }) => Number.isFinite(x) && Math.abs(y) < 1e300);
  return isDrawable && Number.isFinite(until) ? { points, until, from: first.at, end } : null;
}

interface Labels {
  readonly high: string;
  readonly low: string;
  readonly last: string;
}

function labelsOf(levels: readonly Level[], print: (value: string) => string): Labels {
  const sorted = levels
    .map(({ equity }) => equity)
    .sort((a, b) => compareDecimals(parseDecimal(a), parseDecimal(b)));
  const [low = '0', high = '0', last = '0'] = [sorted[0], sorted.at(-1), levels.at(-1)?.equity];
  return { high: print(high), low: print(low), last: print(last) };
}

/** A flat line has one height, which stands behind it. */
function rowLabel(row: number, { high, low }: Labels): string {
  if (high === low) return '';
  if (row === 0) return high;
  return row === rowsHigh - 1 ? low : '';
}

const plain = (text: string, style: LineStyle): string =>
  style === 'ascii' ? text.replaceAll('\u2212', '-') : text;
