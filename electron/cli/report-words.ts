import {
  formatCount,
  formatFigure,
  formatPnl,
  formatText,
  pnlDirection,
} from '../../shared/format.ts';
import { instantMs } from '../../shared/instant.ts';
import { type FigureUnit, printIn, printSpread, unitOf } from '../../shared/metric-text.ts';
import type { MetricId } from '../../shared/metrics.ts';
import type { Figure, GroupName, Snapshot } from '../../shared/snapshot.ts';
import type { Tone } from './paint.ts';
import type { Cell } from './text-table.ts';

/** `1 close`, `1,204 closes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `679 W · 36 D · 489 L`. */
export const outcomesText = ({ wins, draws, losses }: Snapshot['outcomes']): string =>
  `${formatCount(wins)} W · ${formatCount(draws)} D · ${formatCount(losses)} L`;

/** The parts that are not empty. */
export const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' · ');

/** Minute of an instant in a zone: `2026-11-23 14:03`; `—` beyond what a Date can hold. */
export function momentText(instant: string, zone: string): string {
  const ms = instantMs(instant);
  if (ms === null || !Number.isFinite(ms)) return '\u2014';
  // Swedish writes dates as ISO 8601 does.
  const style = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat('sv-SE', style).format(ms);
}

/** The name of a row of a breakdown. */
export function groupText(group: GroupName): string {
  switch (group.kind) {
    case 'named':
      return formatText(group.name, 60) || '(empty)';
    case 'none':
      return 'none';
    case 'rest':
      return 'all others';
  }
}

/** The name of a market, a venue, a reason as the ledger has it. */
export const nameText = (text: string, longest = 60): string =>
  formatText(text, longest) || '(empty)';

/** A metric as the screen prints it; contracts, which have their own column there, are named here. */
export function metricText({ basis }: Snapshot, figure: Figure, id: MetricId): string {
  const unit = unitOf(id, basis);
  const text = formatFigure(figure, (value) => printIn(value, unit));
  return unit === 'contracts' && figure.kind === 'value' ? `${text} contracts` : text;
}

/** Blue or orange, where a figure is a P&L. */
export function figureTone(figure: Figure, unit: FigureUnit): Tone {
  if (figure.kind === 'error') return 'warning';
  if (figure.kind !== 'value') return 'quiet';
  return unit === 'pnl' ? pnlTone(figure.value) : 'plain';
}

function pnlTone(value: string): Tone {
  const direction = pnlDirection(value);
  if (direction === 0) return 'plain';
  return direction > 0 ? 'gain' : 'loss';
}

/** What belongs beside a figure: the reason why there is none, or n, error and interval. */
export function figureNote(figure: Figure, unit: FigureUnit): string {
  if (figure.kind !== 'value') return figure.reason;
  const { n, plusMinus, interval } = figure;
  return joined(
    plusMinus === undefined ? '' : `\u00b1 ${printSpread(plusMinus, unit)}`,
    interval === undefined
      ? ''
      : `95 % within ${printIn(interval.low, unit)} \u2013 ${printIn(interval.high, unit)}`,
    n === undefined ? '' : `n = ${formatCount(n)}`,
  );
}

/** A P&L as a cell of a table. */
export const pnlCell = (figure: Figure): Cell => ({
  text: formatFigure(figure, formatPnl),
  tone: figureTone(figure, 'pnl'),
});

/** A count as a cell of a table. */
export const countCell = (count: number): Cell => ({ text: formatCount(count) });
