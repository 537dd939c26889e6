import type { Figure } from '../../shared/snapshot.ts';
import { directionOf } from './figure-value.tsx';

const shapes = {
  gain: 'M6 1.5 11.5 10.5H0.5Z',
  loss: 'M6 10.5 0.5 1.5H11.5Z',
  flat: 'M1 5H11V7H1Z',
} as const;

/** ▲, ▼ or –, drawn, so that it looks the same with every font; P&L is never told by hue alone. */
export function DirectionGlyph({ figure }: { figure: Figure }) {
  const direction = directionOf(figure);
  return (
    <svg className="glyph" viewBox="0 0 12 12" aria-hidden="true" data-direction={direction}>
      {direction === undefined ? null : <path d={shapes[direction]} />}
    </svg>
  );
}
