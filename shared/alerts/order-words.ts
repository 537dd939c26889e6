import { formatText } from '../format.ts';
import type { Episode, FailedOrder } from './episode.ts';
import { hiddenAmount } from './value-text.ts';

interface Hiding {
  readonly hidesAmounts?: boolean | undefined;
}

/**
 * Which order, and why: `kalshi · rain-nyc: price moved`. The ledger's words, disarmed and cut; a reason
 * may hold amounts, which go where amounts are hidden.
 */
export function orderText(
  { reason, venue, market }: FailedOrder,
  { hidesAmounts = false }: Hiding = {},
): string {
  const why = formatText(reason.trim() === '' ? 'no reason given' : reason, 160);
  // A market is written with its venue in front.
  const slug = market.startsWith(`${venue}:`) ? market.slice(venue.length + 1) : market;
  const where = [formatText(venue, 40), formatText(slug, 80)].filter((part) => part.trim() !== '');
  const told = hidesAmounts ? why.replace(/\d[\d.,]*/g, hiddenAmount) : why;
  return where.length === 0 ? told : `${where.join(' · ')}: ${told}`;
}

/** What an event is about, in a line: its newest order, and how many more; empty where nothing is known. */
export function aboutText(
  { orders, start }: Pick<Episode, 'orders' | 'start'>,
  hiding: Hiding = {},
): string {
  const [newest] = orders;
  if (newest === undefined) return '';
  const more = Number(start.value ?? 1) - 1;
  return more > 0 ? `${orderText(newest, hiding)}, and ${more} more` : orderText(newest, hiding);
}
