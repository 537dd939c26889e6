import { useState } from 'react';
import { pnlDirection } from '../../shared/format.ts';
import type { Figure } from '../../shared/snapshot.ts';
import { usePrivacy } from '../client/settings-context.tsx';
import { errorTerm, wordsOf } from './figure-words.ts';
import type { FigureUnit } from './units.ts';

interface Props {
  figure: Figure;
  unit: FigureUnit;
  testId?: string | undefined;
  /** P&L takes its colour from its sign. */
  tone?: 'plain' | 'pnl';
  /** Within a term that explains itself a second hint would cover the first. */
  hoverable?: boolean;
}

/** One figure: printed for a person, exact in `value`, with its reason where there is none. */
export function FigureValue({ figure, unit, testId, tone = 'plain', hoverable = true }: Props) {
  const { text, spoken, exact, reason, hover } = wordsOf(figure, unit, usePrivacy());
  const hasChanged = useHasChanged(figure.value ?? '');
  // A new value is a new element: its tint starts anew, and a right-aligned one does not move.
  return (
    <data
      key={figure.value ?? text}
      className="figure"
      value={exact}
      title={hoverable ? hover : undefined}
      data-testid={testId}
      data-kind={figure.kind}
      data-reason={reason}
      data-direction={tone === 'pnl' ? directionOf(figure) : undefined}
      data-length={lengthClass(text)}
      data-changed={hasChanged}
    >
      <span aria-hidden="true">{text}</span>
      <span className="visually-hidden">{spoken}</span>
    </data>
  );
}

/** ± one standard error beside its average, or on how few trades that rests. */
export function ErrorTerm({ figure }: { figure: Figure }) {
  const { text, spoken } = errorTerm(figure, usePrivacy());
  if (text === '') return null;
  return (
    <span
      key={text}
      className="error-term"
      title={text}
      data-says={text.startsWith('±') ? 'error' : 'n'}
    >
      <span aria-hidden="true">{text}</span>
      <span className="visually-hidden">{spoken}</span>
    </span>
  );
}

/** `gain`, `loss` or `flat` as printed; undefined where there is no figure. */
export function directionOf(figure: Figure): 'gain' | 'loss' | 'flat' | undefined {
  if (figure.kind !== 'value') return undefined;
  const direction = pnlDirection(figure.value);
  return direction === 0 ? 'flat' : direction > 0 ? 'gain' : 'loss';
}

/** Ledgers may hold 40-digit values: large type shrinks before anything is cut. */
function lengthClass(text: string): 'medium' | 'long' | 'huge' | undefined {
  if (text.length > 26) return 'huge';
  if (text.length > 17) return 'long';
  return text.length > 10 ? 'medium' : undefined;
}

/** Whether the value has ever changed on screen; its first appearance is no change. */
function useHasChanged(value: string): boolean {
  const [held, setHeld] = useState({ value, hasChanged: false });
  if (held.value === value) return held.hasChanged;
  const hasChanged = held.value !== '';
  setHeld({ value, hasChanged });
  return hasChanged;
}
