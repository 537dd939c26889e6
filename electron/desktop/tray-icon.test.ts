import { expect, test } from 'vitest';
import { drawTrayIcon, type TrayLook } from './tray-icon.ts';

const marks = ['starting', 'live', 'late', 'stale', 'disconnected', 'paused'] as const;
const looks: TrayLook[] = marks.flatMap((mark) => [
  { mark, isDemo: false },
  { mark, isDemo: true },
]);

test.each([1, 2])('at scale %i each look is its own picture', (scale) => {
  const pictures = looks.map((look) => drawTrayIcon(look, scale).toString('base64'));
  expect(new Set(pictures).size).toBe(looks.length);
});

test.each([1, 2])('at scale %i there are four bytes a pixel', (scale) => {
  expect(drawTrayIcon({ mark: 'live', isDemo: false }, scale)).toHaveLength((22 * scale) ** 2 * 4);
});

test('two looks differ by enough to be told apart at a glance', () => {
  const pictures = looks.map((look) => drawTrayIcon(look, 1));
  for (const [index, one] of pictures.entries())
    for (const other of pictures.slice(index + 1))
      expect(differing(one, other)).toBeGreaterThan(20);
});

const differing = (one: Buffer, other: Buffer): number =>
  Array.from({ length: one.length / 4 }, (_, pixel) => pixel * 4).filter(
    (at) => !one.subarray(at, at + 4).equals(other.subarray(at, at + 4)),
  ).length;

test('colours never exceed their alpha, as premultiplied ones must not', () => {
  const picture = drawTrayIcon({ mark: 'disconnected', isDemo: true }, 2);
  for (let at = 0; at < picture.length; at += 4) {
    const [blue = 0, green = 0, red = 0, alpha = 0] = picture.subarray(at, at + 4);
    expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha);
  }
});
