import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPaint } from './paint.ts';
import { type Column, displayWidth, fitText, tableLines, wrapText } from './text-table.ts';

const options = { width: 40, paint: plainPaint };

test.each([
  ['kalshi', 6],
  ['比特币', 6],
  ['ﾊﾝｶｸ', 4],
  ['e\u0301', 1],
  ['📈 up', 5],
  ['─✓▲', 3],
])('%s takes %i cells', (text, cells) => {
  expect(displayWidth(text)).toBe(cells);
});

test('columns line up beside wide characters', () => {
  const rows = [
    ['比特币', '1'],
    ['fed', '100'],
    ['e\u0301t', '7'],
  ].map((row) => row.map((text) => ({ text })));
  const lines = tableLines([{ align: 'left' }, { align: 'right' }], rows, options);
  expect(lines).toEqual(['比特币    1', 'fed     100', 'e\u0301t        7']);
});

test('a name is cut where the line is too long, a note goes on below', () => {
  const columns: Column[] = [
    { align: 'left', shrinksTo: 8 },
    { align: 'right' },
    { align: 'left', shrinksTo: 12, wraps: true },
  ];
  const cells = [
    { text: 'a-very-long-market' },
    { text: '5' },
    { text: 'no realized P&L yet here' },
  ];
  expect(tableLines(columns, [cells], { ...options, width: 30 })).toEqual([
    'a-very-…  5  no realized P&L',
    '             yet here',
  ]);
});

test('a text is cut to its width, never inside a wide character', () => {
  expect(fitText('比特币', 6)).toBe('比特币');
  expect(fitText('比特币', 5)).toBe('比特…');
  expect(fitText('比特币', 4)).toBe('比…');
});

test('wrapping loses nothing and keeps to the width', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const lines = wrapText(text, width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});
