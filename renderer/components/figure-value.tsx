import { useState } from 'react';
import { canonicalDecimal } from '../../shared/decimal.ts';
import { figureValue, formatDecimal, formatFigure, pnlDirection } from '../../shared/format.ts';
import type { Figure } from '../../shared/snapshot.ts';

interface Props {
  figure: Figure;
  format: (value: string) => string;
  testId?: string;
  /** P&L takes its colour from its sign. */
  tone?: 'plain' | 'pnl';
  className?: string;
  /** What hovering tells of a value; its digits that are not printed unless given. */
  meaning?: string | undefined;
}

/** One figure: printed for a person, exact in `value`, with its reason where there is none. */
export function FigureValue({
  figure,
  format,
  testId,
  tone = 'plain',
  className = '',
  meaning,
}: Props) {
  const exact = figureValue(figure);
  const text = formatFigure(figure, format);
  const reason = figure.kind === 'value' ? undefined : figure.reason;
  return (
    <data
      className={`figure ${className}`}
      value={exact}
      title={reason ?? meaning ?? hiddenDigits(exact, text)}
      data-testid={testId}
      data-kind={figure.kind}
      data-reason={reason}
      data-direction={tone === 'pnl' ? directionOf(figure) : undefined}
      data-length={lengthClass(text)}
      data-turn={useTurn(exact)}
    >
      {text}
      {reason === undefined ? null : <span className="visually-hidden"> ({reason})</span>}
    </data>
  );
}

/** A whole number as a figure prints it. */
export const formatWhole = (value: string): string => formatDecimal(value, 0);

/** `gain`, `loss` or `flat` as printed; undefined where there is no figure. */
export function directionOf(figure: Figure): 'gain' | 'loss' | 'flat' | undefined {
  if (figure.kind !== 'value') return undefined;
  const direction = pnlDirection(figure.value);
  return direction === 0 ? 'flat' : direction > 0 ? 'gain' : 'loss';
}

/** The exact value, for hovering, where the printed one leaves digits out. */
function hiddenDigits(exact: string, text: string): string | undefined {
  const printed = text.replace(/[^\d.\u2212]/g, '').replace('\u2212', '-');
  return /^-?\d/.test(printed) && canonicalDecimal(printed) === exact ? undefined : exact;
}

/** Ledgers may hold 40-digit values: these get smaller type rather than an ellipsis. */
function lengthClass(text: string): 'medium' | 'long' | 'huge' | undefined {
  if (text.length > 26) return 'huge';
  if (text.length > 17) return 'long';
  return text.length > 13 ? 'medium' : undefined;
}

/** Turns at each change of the value, so that its tint starts anew; undefined before the first. */
function useTurn(value: string): 'a' | 'b' | undefined {
  const [held, setHeld] = useState<{ value: string; turn: 'a' | 'b' | undefined }>({
    value,
    turn: undefined,
  });
  if (held.value === value) return held.turn;
  const wasMissing = held.value === '';
  const turn = wasMissing ? undefined : held.turn === 'a' ? 'b' : 'a';
  setHeld({ value, turn });
  return turn;
}
