import { canonicalDecimal } from '../../shared/decimal.ts';
import { figureValue, formatCount, formatFigure } from '../../shared/format.ts';
import type { Figure } from '../../shared/snapshot.ts';
import { type FigureUnit, hiddenAmount, isAmount, printIn, speakIn } from './units.ts';

/** One figure as the eye, the ear and a test read it. */
export interface FigureWords {
  readonly text: string;
  readonly spoken: string;
  /** Exact decimal, empty when there is none or it is hidden. */
  readonly exact: string;
  /** Why there is no value. */
  readonly reason: string | undefined;
  /** What hovering tells: the reason, the digits that are not printed, or all of a long value. */
  readonly hover: string | undefined;
}

const hidden: FigureWords = {
  text: hiddenAmount,
  spoken: 'amount hidden',
  exact: '',
  reason: 'amounts are hidden',
  hover: 'amounts are hidden',
};

/** Characters of a figure for which there is room even in the narrowest cell. */
const alwaysFits = 5;

/** Words of a figure; an amount says nothing of itself while amounts are hidden. */
export function wordsOf(figure: Figure, unit: FigureUnit, isPrivate: boolean): FigureWords {
  if (figure.kind !== 'value') return wordsOfMissing(figure);
  if (isPrivate && isAmount(unit)) return hidden;
  const text = printIn(figure.value, unit);
  const exact = figureValue(figure);
  const spoken = speakIn(figure.value, unit);
  const mayBeCut = text.length > alwaysFits ? text : undefined;
  const hover = hiddenDigits(exact, text, unit) ?? mayBeCut;
  return { text, spoken, exact, reason: undefined, hover };
}

function wordsOfMissing(figure: Exclude<Figure, { kind: 'value' }>): FigureWords {
  const { reason } = figure;
  const text = formatFigure(figure, String);
  return { text, spoken: `${spokenMark(figure)}: ${reason}`, exact: '', reason, hover: reason };
}

function spokenMark({ kind }: Exclude<Figure, { kind: 'value' }>): string {
  switch (kind) {
    case 'none':
      return 'none';
    case 'not-computable':
      return 'not computable';
    case 'infinite':
      return 'infinite';
    case 'error':
      return 'error';
  }
}

/** The exact value where the printed one leaves digits out. */
export function hiddenDigits(exact: string, text: string, unit: FigureUnit): string | undefined {
  if (unit === 'seconds') return `${exact} s`;
  if (unit === 'streak') return undefined;
  const isPercent = unit === 'fraction' || unit === 'return';
  const printed = text.replace(/[^\d.\u2212]/g, '').replace('\u2212', '-');
  if (isPercent || printed === '') return exact;
  return canonicalDecimal(printed) === exact ? undefined : exact;
}

/** ± one standard error, or what the average rests on where there is none. */
export function errorTerm(figure: Figure, isPrivate: boolean): { text: string; spoken: string } {
  if (figure.kind !== 'value') return { text: '', spoken: '' };
  const { plusMinus, n } = figure;
  if (plusMinus === undefined) {
    const text = n === undefined ? '' : `n = ${formatCount(n)}`;
    return { text, spoken: text };
  }
  if (isPrivate) return { text: `±${hiddenAmount}`, spoken: '' };
  const amount = printIn(plusMinus, 'money').replace('$', '');
  return { text: `±${amount}`, spoken: `plus or minus ${amount} dollars` };
}
