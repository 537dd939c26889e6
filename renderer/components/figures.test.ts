import { expect, test } from 'vitest';
import { metricOf, notReadYet, sumFigures, valueFigure } from './figures.ts';

test('sums exactly, also values that a float cannot hold', () => {
  const huge = '1234567890123456789012345678901234567890.1';
  const sum = sumFigures([valueFigure(huge), valueFigure('0.2'), valueFigure('-0.1')], notReadYet);
  expect(sum).toEqual(valueFigure('1234567890123456789012345678901234567890.2'));
});

test('missing figures do not count as zero', () => {
  const none = { kind: 'none', value: null, reason: 'no realized P&L yet · 31 open' } as const;
  expect(sumFigures([none, none], none)).toBe(none);
  expect(sumFigures([none, valueFigure('4.5')], none)).toEqual(valueFigure('4.5'));
});

test('a count is missing, not zero, before the first snapshot', () => {
  expect(metricOf(null, 'open-count')).toBe(notReadYet);
});
