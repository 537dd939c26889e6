import { formatAge, formatCount } from '../../shared/format.ts';
import type { Snapshot } from '../../shared/snapshot.ts';

/** `1 close`, `1,204 closes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** An age never younger than the truth, and a countdown never shorter: part seconds count whole. */
export const ageText = (ms: number): string => formatAge(Math.ceil(ms / 1000) * 1000);

/** `679 W 36 D 489 L`. */
export const outcomesText = ({ wins, draws, losses }: Snapshot['outcomes']): string =>
  `${formatCount(wins)} W ${formatCount(draws)} D ${formatCount(losses)} L`;

/** Open trades, and how many of them exposure, or the ends, cannot tell of. */
export function openTradesText({ counts, exposure }: Snapshot): string {
  const { leftOut, outsideEnvelope } = exposure;
  if (outsideEnvelope === 0) return plural(counts.open, 'open trade');
  const open = `${formatCount(counts.open)} open`;
  if (leftOut === outsideEnvelope) return `${open} · ${formatCount(leftOut)} left out`;
  const ends = `ends leave out ${formatCount(outsideEnvelope)}`;
  return leftOut === 0
    ? `${open} · ${ends}`
    : `${open} · ${formatCount(leftOut)} left out, ${formatCount(outsideEnvelope)} of ends`;
}

/** Which open trades exposure, and best and worst case, leave out; undefined when none. */
export function exposureGaps({
  leftOut,
  outsideEnvelope,
}: Snapshot['exposure']): string | undefined {
  const parts = [
    leftOut === 0
      ? ''
      : `Left out of exposure: ${plural(leftOut, 'open trade')} whose cost cannot be said.`,
    outsideEnvelope === 0
      ? ''
      : `Left out of best and worst case: ${plural(outsideEnvelope, 'open trade')} with an odd price or stake.`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** All closes of the day; wins, draws, losses and those without P&L add up to them. */
export function closesText(today: Snapshot['today']): string {
  if (today.pnl.kind !== 'value') return today.pnl.reason;
  const closes = today.closes + today.unscored;
  if (closes === 0) return 'no closes yet';
  return [
    plural(closes, 'close'),
    today.closes === 0 ? '' : outcomesText(today),
    today.unscored === 0 ? '' : `${formatCount(today.unscored)} without P&L`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
