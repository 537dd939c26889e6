import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equityDrawing, surface } from './equity-drawing.ts';
import { equityExtremes, equitySeries } from './equity-series.ts';
import { equityPart } from './test-fixtures.ts';

function drawingOf(...part: Parameters<typeof equityPart>) {
  const series = equitySeries(equityPart(...part), '30d');
  const extremes = equityExtremes(series);
  if (extremes === null) throw new Error('Nothing to draw');
  return equityDrawing(series, extremes);
}

const draw = (...equities: [equity: string, highWaterMark: string][]) =>
  drawingOf(
    equities.map(([equity, mark], index) => [
      `2026-11-2${Math.min(index, 2)}T0${index % 10}:00:00.000000Z`,
      equity,
      mark,
    ]),
  );

test('the line keeps to the upper part, the underwater area to the lower', () => {
  const { equity, underwater, amounts } = draw(['806', '806'], ['780', '806']);
  expect(Math.max(...equity)).toBe(1);
  expect(Math.min(...equity)).toBeCloseTo(0.28);
  expect(Math.max(...underwater)).toBe(surface);
  expect(Math.min(...underwater)).toBe(0);
  expect(amounts.map(({ label }) => label)).toEqual([
    '$500',
    '$600',
    '$700',
    '$800',
    '',
    '\u2212$26',
  ]);
});

test('one level is a line in the middle with its amount, and no depth', () => {
  const { equity, underwater, amounts } = draw(['500', '500']);
  expect(new Set(equity)).toEqual(new Set([0.64]));
  expect(new Set(underwater)).toEqual(new Set([surface]));
  expect(amounts.map(({ label }) => label)).toEqual(['$500.00', '']);
});

test('one level keeps the digits that tell it from nothing', () => {
  const labelOf = (level: string) => drawingOf([], { baseline: level }).amounts[0]?.label;
  expect(['0', '0.004', '0.5', '12340'].map(labelOf)).toEqual([
    '$0',
    '$0.0040',
    '$0.50',
    '$12,340',
  ]);
});

test('the deepest fall is in the unit of the amounts above it', () => {
  const { amounts } = draw(['12000', '12000'], ['9500', '12000']);
  expect(amounts.at(-1)?.label).toBe('\u2212$2.5k');
  expect(amounts.map(({ label }) => label)).toContain('$10k');
});

test('steps of a cent on forty digits are told apart', () => {
  const base = '9'.repeat(38);
  const { equity, underwater } = drawingOf(
    [
      ['2026-11-21T10:00:00.000000Z', `${base}.02`, `${base}.02`],
      ['2026-11-22T10:00:00.000000Z', `${base}.01`, `${base}.02`],
    ],
    { baseline: base },
  );
  expect(equity.map((share) => share.toFixed(2))).toEqual(['0.28', '1.00', '0.64', '0.64']);
  expect(underwater).toEqual([surface, surface, 0, 0]);
});

test('whatever the amounts, all that reaches the canvas is a share of its height', () => {
  const amount = fc
    .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 400 }))
    .map(([units, zeros]) => `${units}${'0'.repeat(zeros)}`);
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 6 }), (amounts) => {
      let mark = 500n;
      const points = amounts.map((equity): [string, string] => {
        if (BigInt(equity) > mark) mark = BigInt(equity);
        return [equity, String(mark)];
      });
      const { equity, highWaterMark, underwater, amounts: labels } = draw(...points);
      for (const share of [...equity, ...highWaterMark, ...underwater]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(labels.every(({ at }) => Number.isFinite(at))).toBe(true);
      expect(labels.length).toBeLessThan(10);
    }),
    // Two marks that floats hold equal, while the fall between them is the deepest.
    { examples: [[[`-1${'0'.repeat(286)}`, `1${'0'.repeat(301)}`, `1${'0'.repeat(300)}`]]] },
  );
});
