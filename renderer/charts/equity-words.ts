import { type RangeId, rangeLabels } from '../../shared/ranges.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { hiddenAmount, printIn, speakIn } from '../components/units.ts';
import { plural } from '../components/words.ts';
import { drawdownOf, type EquityExtremes, type EquityPoint } from './equity-series.ts';
import { formatExactTime } from './time-ticks.ts';

/** How the chart tells its amounts. */
export interface Telling {
  /** Without a bankroll the line is P&L, which is signed. */
  readonly isPnl: boolean;
  readonly amountsHidden: boolean;
  readonly zone: string;
}

const unitOf = ({ isPnl }: Telling): 'pnl' | 'money' => (isPnl ? 'pnl' : 'money');

/** The text of one point, in its parts: time, level, high-water mark, drawdown. */
export function pointWords(point: EquityPoint, telling: Telling) {
  const unit = unitOf(telling);
  const print = (value: string, as: 'pnl' | 'money'): string =>
    telling.amountsHidden ? hiddenAmount : printIn(value, as);
  return {
    time: formatExactTime(point.ms, telling.zone),
    name: telling.isPnl ? 'P&L' : 'Equity',
    equity: print(point.equity, unit),
    highWaterMark: print(point.highWaterMark, unit),
    drawdown: print(drawdownOf(point), 'money'),
  };
}

/** The same point for the ear. */
export function spokenPoint(point: EquityPoint, telling: Telling): string {
  const { time, name } = pointWords(point, telling);
  const say = speaker(telling);
  const unit = unitOf(telling);
  return [
    time,
    `${name} ${say(point.equity, unit)}`,
    `high-water mark ${say(point.highWaterMark, unit)}`,
    `drawdown ${say(drawdownOf(point), 'money')}`,
  ].join(', ');
}

const speaker =
  ({ amountsHidden }: Telling) =>
  (value: string, unit: 'pnl' | 'money'): string =>
    amountsHidden ? 'hidden' : speakIn(value, unit);

/** The whole chart in a few sentences, for those who cannot see it. */
export function chartSummary(
  { first, last, low, high, maxDrawdown }: EquityExtremes,
  range: RangeId,
  telling: Telling,
): string {
  const name = telling.isPnl ? 'Cumulative P&L' : 'Equity';
  const say = speaker(telling);
  const unit = unitOf(telling);
  return [
    `${name} and drawdown, ${rangeLabels[range]}`,
    `From ${formatExactTime(first.ms, telling.zone)} at ${say(first.equity, unit)}`,
    `To ${formatExactTime(last.ms, telling.zone)} at ${say(last.equity, unit)}`,
    `Lowest ${say(low, unit)}, highest ${say(high, unit)}`,
    `Deepest drawdown in this range ${say(maxDrawdown, 'money')}`,
  ]
    .map((sentence) => `${sentence}.`)
    .join(' ');
}

/** Why nothing is to be read from the line; null when there is a line of closes. */
export function emptyText(
  { equity }: Pick<Snapshot, 'equity'>,
  series: readonly EquityPoint[],
): string | null {
  if (equity.points.length === 0) return 'No closed trades with a close time yet';
  return series.length === 0 ? 'All trades are dated in the future' : null;
}

/** What a person must know to read the line; empty when there is nothing. */
export function lineNotes({
  basis,
  counts: { undated, future },
}: Pick<Snapshot, 'basis' | 'counts'>): string {
  const are = (count: number): string => (count === 1 ? 'is' : 'are');
  return [
    basis.bankroll === null ? 'No bankroll is set: the line is P&L from $0' : '',
    undated === 0
      ? ''
      : `${plural(undated, 'close')} without a time ${are(undated)} not in this line`,
    future === 0 ? '' : `${plural(future, 'close')} ${are(future)} dated in the future`,
  ]
    .filter((note) => note !== '')
    .join(' · ');
}
