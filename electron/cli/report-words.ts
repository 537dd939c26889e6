import {
  formatCount,
  formatDecimal,
  formatFigure,
  formatMoney,
  formatPnl,
  formatSignedPercent,
  formatText,
  formatUnit,
  pnlDirection,
} from '../../shared/format.ts';
import { instantMs } from '../../shared/instant.ts';
import { type MetricId, metrics, type Unit } from '../../shared/metrics.ts';
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

/** A metric as the screen prints it. */
export const metricText = ({ basis }: Snapshot, figure: Figure, id: MetricId): string =>
  formatFigure(figure, (value) => {
    if (id === 'day-return' || id === 'return-on-stake') return formatSignedPercent(value);
    // Turnover is the one sum of quantities; contracts are no dollars.
    if (id === 'turnover' && basis.quantityUnit === 'contracts') {
      return `${formatDecimal(value, 2)} contracts`;
    }
    return formatUnit(value, unitOf(id));
  });

/** Blue or orange, where a figure is a P&L. */
export function figureTone(figure: Figure, unit: Unit): Tone {
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
export function figureNote(figure: Figure, unit: Unit): string {
  if (figure.kind !== 'value') return figure.reason;
  const { n, plusMinus, interval } = figure;
  // A standard error has no direction: dollars without a sign.
  const spread = (value: string): string =>
    unit === 'pnl' ? formatMoney(value) : formatUnit(value, unit);
  return joined(
    plusMinus === undefined ? '' : `\u00b1 ${spread(plusMinus)}`,
    interval === undefined
      ? ''
      : `95 % within ${formatUnit(interval.low, unit)} \u2013 ${formatUnit(interval.high, unit)}`,
    n === undefined ? '' : `n = ${formatCount(n)}`,
  );
}

/** The unit of a metric. */
export const unitOf = (id: MetricId): Unit => metrics[id].unit;

/** A P&L as a cell of a table. */
export const pnlCell = (figure: Figure): Cell => ({
  text: formatFigure(figure, formatPnl),
  tone: figureTone(figure, 'pnl'),
});

/** A count as a cell of a table. */
export const countCell = (count: number): Cell => ({ text: formatCount(count) });
