import { divideDecimals, printDecimal } from './decimal.ts';
import type { Snapshot } from './snapshot.ts';

const ratioDecimals = 15;

/** Normal quantile of a two-sided 95 % interval. */
const z95 = 1.959963984540054;

/**
 * W / (W + L) with the Wilson score interval (E. B. Wilson, 1927), at 95 % and n = W + L; draws are
 * left out of both.
 */
export function winRateOf({ wins, losses }: Snapshot['outcomes']): Snapshot['winRate'] {
  const n = wins + losses;
  if (n === 0) {
    return { rate: { kind: 'none', reason: 'no win or loss yet' }, n, interval: null };
  }
  const rate = divideDecimals(whole(wins), whole(n), ratioDecimals);
  return { rate: { kind: 'value', value: printDecimal(rate) }, n, interval: wilson(wins / n, n) };
}

const whole = (count: number) => ({ units: BigInt(count), scale: 0 });

function wilson(p: number, n: number): { low: string; high: string } {
  const z2 = z95 ** 2;
  const centre = p + z2 / (2 * n);
  const spread = z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n ** 2));
  const bound = (value: number): string => fraction(Math.min(1, Math.max(0, value / (1 + z2 / n))));
  return { low: bound(centre - spread), high: bound(centre + spread) };
}

const fraction = (value: number): string => value.toFixed(ratioDecimals).replace(/\.?0+$/, '');
