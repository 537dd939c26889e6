import { expect, test } from 'vitest';
import type { EquityPoint } from '../../charts/equity-series.ts';
import { wallLine } from './wall-line.ts';

const point = (ms: number, equity: string, highWaterMark: string): EquityPoint => ({
  ...{ at: '', ms, equity, highWaterMark },
});

test('steps from the lowest amount at the lower edge to the mark at the upper', () => {
  const series = [point(0, '500', '500'), point(50, '480', '500'), point(100, '490', '500')];
  expect(wallLine(series, '480')).toEqual({
    equity: 'M0,2.00H0.00V2.00H50.00V98.00H100.00V50.00',
    highWaterMark: 'M0,2.00H0.00V2.00H50.00V2.00H100.00V2.00',
    underwater: 'M0,2.00H0.00V2.00H50.00V98.00H100.00V50.00V2.00H100.00V2.00H50.00V2.00H0.00Z',
    top: '500',
    bottom: '480',
  });
});

test('a flat line lies in the middle, and no points make no line', () => {
  expect(wallLine([point(0, '500', '500')], '500')?.equity).toBe('M0,50.00H0.00V50.00');
  expect(wallLine([], '0')).toBeNull();
});
