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
