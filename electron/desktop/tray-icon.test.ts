import { expect, test } from 'vitest';
import { drawTrayIcon, type TrayLook, trayGrounds, trayMarks } from './tray-icon.ts';
import { drawTraySheet } from './tray-sheet.ts';

const looks: TrayLook[] = trayMarks.flatMap((mark) => [
  { mark, isDemo: false },
  { mark, isDemo: true },
]);

const places = trayGrounds.flatMap((ground) => [1, 2].map((scale) => ({ ground, scale })));

test.each(places)('for $ground at scale $scale each look is its own picture', (place) => {
  const pictures = looks.map((look) => drawTrayIcon(look, place.ground, place.scale));
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(looks.length);
  for (const picture of pictures) expect(picture).toHaveLength((22 * place.scale) ** 2 * 4);
});

test.each(trayGrounds)(
  'for %s two looks differ by enough to be told apart at a glance',
  (ground) => {
    const pictures = looks.map((look) => drawTrayIcon(look, ground, 1));
    for (const [index, one] of pictures.entries())
      for (const other of pictures.slice(index + 1))
        expect(differing(one, other)).toBeGreaterThan(20);
  },
);

const differing = (one: Buffer, other: Buffer): number =>
  Array.from({ length: one.length / 4 }, (_, pixel) => pixel * 4).filter(
    (at) => !one.subarray(at, at + 4).equals(other.subarray(at, at + 4)),
  ).length;

/** Brightness of each pixel as an eye without colours sees it, on a panel of middle grey. */
const greys = (look: TrayLook, ground: 'dark' | 'light'): number[] => {
  const picture = drawTrayIcon(look, ground, 1);
  return Array.from({ length: picture.length / 4 }, (_, pixel) => {
    const [blue = 0, green = 0, red = 0, alpha = 0] = picture.subarray(pixel * 4, pixel * 4 + 4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 128 * (1 - alpha / 255);
  });
};

test.each(['dark', 'light'] as const)('for %s no state is told by its hue alone', (ground) => {
  const pictures = looks.map((look) => greys(look, ground));
  for (const [index, one] of pictures.entries())
    for (const other of pictures.slice(index + 1)) {
      const distinct = one.filter((grey, at) => Math.abs(grey - (other[at] ?? 0)) > 40);
      expect(distinct.length).toBeGreaterThan(15);
    }
});

test('what macOS colours itself is black and nothing else', () => {
  for (const look of looks) {
    const picture = drawTrayIcon(look, 'template', 2);
    const channels = Array.from(picture).filter((_, at) => at % 4 !== 3);
    expect(Math.max(...channels)).toBe(0);
    expect(picture.some((alpha, at) => at % 4 === 3 && alpha === 255)).toBe(
      look.mark !== 'starting' || look.isDemo,
    );
  }
});

test.each(trayGrounds)(
  'for %s colours never exceed their alpha, as premultiplied ones must not',
  (ground) => {
    for (const look of looks) {
      const picture = drawTrayIcon(look, ground, 2);
      for (let at = 0; at < picture.length; at += 4) {
        const [blue = 0, green = 0, red = 0, alpha = 0] = picture.subarray(at, at + 4);
        expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha);
      }
    }
  },
);

test('the sheet has all of them, and no hole', () => {
  const { width, height, pixels } = drawTraySheet();
  expect(pixels).toHaveLength(width * height * 4);
  expect(Array.from(pixels).every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
});
