import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Stretch, thinIndexes } from './thin-indexes.ts';

test('thinned indexes are few, in order, and keep the ends and the extremes', () => {
  const anyValues = fc.array(fc.integer({ min: -1000, max: 1000 }), {
    maxLength: 2000,
    size: 'max',
  });
  fc.assert(
    fc.property(anyValues, fc.nat(50), (values, skipped) => {
      const stretch = { from: Math.min(skipped, values.length), to: values.length };
      const lowestAndHighest = ({ from, to }: Stretch): number[] => {
        const part = values.slice(from, to);
        return [from + part.indexOf(Math.min(...part)), from + part.indexOf(Math.max(...part))];
      };
      const kept = thinIndexes(stretch, 240, 2, lowestAndHighest);
      expect(kept.length).toBeLessThanOrEqual(240);
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      const wanted = stretch.from === stretch.to ? [] : lowestAndHighest(stretch);
      const ends = stretch.from === stretch.to ? [] : [stretch.from, stretch.to - 1];
      expect(kept).toEqual(expect.arrayContaining([...wanted, ...ends]));
      if (stretch.to - stretch.from <= 240) expect(kept).toHaveLength(stretch.to - stretch.from);
    }),
  );
});
