import {
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  printDecimal,
  signOf,
  squareRoot,
  subtractDecimals,
  wholeDecimal,
} from '../../shared/decimal.ts';
import type { Figure, Snapshot } from '../../shared/snapshot.ts';

/** Decimals of every quotient. */
export const ratioDecimals = 15;

/** A known number. */
export const valueFigure = (value: Decimal, n?: number): Figure => ({
  kind: 'value',
  value: printDecimal(value),
  ...(n === undefined ? {} : { n }),
});

/** Nothing to compute from: prints `—`. */
export const noneFigure = (reason: string): Figure => ({ kind: 'none', value: null, reason });

/** The ledger or the settings cannot say: prints `n/a`. */
export const notComputable = (reason: string): Figure => ({
  kind: 'not-computable',
  value: null,
  reason,
});

/** `a / b`, or why there is none where b is 0. */
export const quotient = (a: Decimal, b: Decimal, n: number, whenZero: string): Figure =>
  signOf(b) === 0 ? noneFigure(whenZero) : valueFigure(divideDecimals(a, b, ratioDecimals), n);

/** Normal quantile of a two-sided 95 % interval. */
const z95 = 1.959963984540054;

/**
 * W / (W + L) with the Wilson score interval (E. B. Wilson, 1927), at 95 % and n = W + L; draws are
 * left out of both.
 */
export function winRateOf({ wins, losses }: Snapshot['outcomes']): Figure {
  const n = wins + losses;
  if (n === 0) return noneFigure('no win or loss yet');
  const rate = divideDecimals(wholeDecimal(wins), wholeDecimal(n), ratioDecimals);
  return { kind: 'value', value: printDecimal(rate), n, interval: wilson(wins / n, n) };
}

function wilson(p: number, n: number): { low: string; high: string } {
  const z2 = z95 ** 2;
  const centre = p + z2 / (2 * n);
  const spread = z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n ** 2));
  const bound = (value: number): string =>
    printDecimal(
      parseDecimal(Math.min(1, Math.max(0, value / (1 + z2 / n))).toFixed(ratioDecimals)),
    );
  return { low: bound(centre - spread), high: bound(centre + spread) };
}

/**
 * Mean of n numbers from their sum and the sum of their squares, ± its standard error
 * s / √n with s² = (Σx² − (Σx)²/n) / (n − 1); without one below two numbers.
 */
export function meanFigure(sum: Decimal, squares: Decimal, n: number, whenNone: string): Figure {
  if (n === 0) return noneFigure(whenNone);
  const mean = valueFigure(divideDecimals(sum, wholeDecimal(n), ratioDecimals), n);
  if (n < 2 || mean.kind !== 'value') return mean;
  const spread = subtractDecimals(
    multiplyDecimals(wholeDecimal(n), squares),
    multiplyDecimals(sum, sum),
  );
  const n2 = multiplyDecimals(wholeDecimal(n), wholeDecimal(n));
  // Twice the decimals of the root, and some to spare.
  const variance = divideDecimals(
    spread,
    multiplyDecimals(n2, wholeDecimal(n - 1)),
    2 * ratioDecimals + 4,
  );
  return { ...mean, plusMinus: printDecimal(squareRoot(variance, ratioDecimals)) };
}
