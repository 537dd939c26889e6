import {
  box,
  circle,
  ring,
  roundSquare,
  type Shape,
  stroke,
  triangle,
  union,
  within,
} from './tray-shapes.ts';

/** What the icon can tell. */
export const trayMarks = [
  'disconnected',
  'stale',
  'paused',
  'critical',
  'warning',
  'late',
  'live',
  'starting',
] as const;

/** What the icon tells. */
export interface TrayLook {
  readonly mark: (typeof trayMarks)[number];
  /** The demo cannot be mistaken for a real ledger: it wears a D whatever its state. */
  readonly isDemo: boolean;
}

/**
 * What the icon is made for: a dark or a light panel, or macOS, which takes the shape alone and gives it
 * the colour of its menu bar.
 */
export const trayGrounds = ['dark', 'light', 'template'] as const;

export type TrayGround = (typeof trayGrounds)[number];

/** Side of the icon at scale 1. */
export const traySize = 22;

/** Red, green, blue, and how much of it there is: 1 is all, 0 takes away what lies below. */
type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** A later one lies over those before. */
interface Layer {
  readonly covers: Shape;
  readonly colour: Colour;
}

interface Palette {
  readonly plate: Colour;
  readonly demoPlate: Colour;
  /** Parts the plate from a panel of its own colour. */
  readonly edge: Colour;
  readonly bright: Colour;
  /** Of figures that are not current. */
  readonly faded: Colour;
  // Colours of states, as the window has them; P&L has others, for a loss is not an error.
  readonly caution: Colour;
  readonly alarm: Colour;
  readonly accent: Colour;
  readonly demo: Colour;
}

const rgb = (hex: number): Colour => [hex >> 16, (hex >> 8) & 0xff, hex & 0xff, 1];
const nothing: Colour = [0, 0, 0, 0];
const black: Colour = [0, 0, 0, 1];

// A plate makes the icon read on any panel, also on one whose theme is not the one that was told.
const palettes: Readonly<Record<TrayGround, Palette>> = {
  dark: {
    ...{ plate: rgb(0x1b2129), demoPlate: rgb(0x3b2357), edge: rgb(0x46505e) },
    ...{ bright: rgb(0xf3f5f8), faded: rgb(0x7c8694) },
    ...{ caution: rgb(0xe9dc5b), alarm: rgb(0xf28be0), accent: rgb(0x8ab4f8) },
    demo: rgb(0xe2c8fb),
  },
  light: {
    ...{ plate: rgb(0xffffff), demoPlate: rgb(0xefe2fb), edge: rgb(0xb9bcb8) },
    ...{ bright: rgb(0x1b1f24), faded: rgb(0x969da6) },
    ...{ caution: rgb(0x8a7900), alarm: rgb(0x9a1f80), accent: rgb(0x1a5fb4) },
    demo: rgb(0x7b3fb0),
  },
  template: {
    ...{ plate: nothing, demoPlate: nothing, edge: nothing },
    ...{ bright: black, faded: [0, 0, 0, 0.45] },
    ...{ caution: black, alarm: black, accent: black, demo: black },
  },
};

const samplesPerSide = 4;

const wholePlate = roundSquare(traySize, 5);
const insidePlate = roundSquare(traySize, 4, 1);

/** The bob of a plumb line: a disc that runs out into a point. */
const bob: Shape = (x, y) => {
  if (circle(11, 11, 3.6)(x, y)) return true;
  return y > 11 && y <= 18.5 && Math.abs(x - 11) <= ((18.5 - y) / 7.5) * 3.6;
};

const plumbLine = union(box(5, 3, 17, 5), box(10, 3, 12, 9), bob);

/** Where a mark stands: the lower right corner. */
const [markX, markY] = [16, 16];

const letterD = union(
  box(2, 2, 4, 11),
  within(box(3, 0, traySize, traySize), ring(4, 6.5, 4.5, 2.5)),
);

/** An exclamation mark that fills the icon; a D leaves it the right half. */
const exclamation = (cx: number): Shape =>
  union(stroke(cx, 5.4, cx, 11.6, 3.4), circle(cx, 16.8, 2));

/** The plumb line, its mark, and a gap between them. */
function layersOf(look: TrayLook, palette: Palette): Layer[] {
  const { mark, isDemo } = look;
  const ground = isDemo ? palette.demoPlate : palette.plate;
  const letter: Layer[] = [
    { covers: within(insidePlate, box(0, 0, 9.7, 12.2)), colour: ground },
    { covers: letterD, colour: palette.demo },
  ];
  return [
    { covers: wholePlate, colour: palette.edge },
    { covers: insidePlate, colour: ground },
    ...pictureOf(mark, isDemo, palette, ground),
    ...(isDemo ? letter : []),
  ];
}

function pictureOf(
  mark: TrayLook['mark'],
  isDemo: boolean,
  palette: Palette,
  ground: Colour,
): Layer[] {
  const { bright, faded, caution, alarm, accent } = palette;
  const line = (colour: Colour): Layer => ({ covers: plumbLine, colour });
  const marked = (colour: Colour, covers: Shape, gap: Shape = circle(markX, markY, 6)): Layer[] => [
    { covers: within(insidePlate, gap), colour: ground },
    { covers, colour },
  ];
  switch (mark) {
    case 'starting':
      return [line(faded)];
    case 'live':
      return [line(bright)];
    case 'late':
      return [line(bright), ...marked(caution, circle(markX, markY, 4))];
    case 'stale':
      return [line(faded), ...marked(caution, ring(markX, markY, 4.8, 2.6))];
    case 'disconnected':
      return [line(faded), ...marked(alarm, cross)];
    case 'paused':
      return [line(faded), ...marked(accent, pauseBars)];
    case 'warning':
      return [
        line(bright),
        ...marked(caution, triangle(15.2, 9.6, 20.4, 6), triangle(15.2, 9.6, 20.4, 6, 1)),
        { covers: union(box(14.5, 13.2, 15.9, 16.6), box(14.5, 17.7, 15.9, 19)), colour: ground },
      ];
    case 'critical':
      // Not a mark but the whole icon: nothing else has this colour or this shape.
      return [
        { covers: wholePlate, colour: alarm },
        { covers: exclamation(isDemo ? 15 : 11), colour: ground },
      ];
  }
}

const cross = union(stroke(12.7, 12.7, 19.3, 19.3, 2.4), stroke(19.3, 12.7, 12.7, 19.3, 2.4));
const pauseBars = union(box(12, 12, 15, 20), box(17, 12, 20, 20));

/**
 * Draws the icon at `scale` times 22 pixels a side, as Skia keeps bitmaps on all desktops: four bytes
 * a pixel, blue, green, red and alpha, the colours multiplied by alpha.
 */
export function drawTrayIcon(look: TrayLook, ground: TrayGround, scale: number): Buffer {
  return draw(layersOf(look, palettes[ground]), Math.round(traySize * scale));
}

function draw(layers: readonly Layer[], side: number): Buffer {
  const pixels = Buffer.alloc(side * side * 4);
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1)
      pixels.set(pixel(layers, column, row, side), (row * side + column) * 4);
  return pixels;
}

/** Mean of sixteen samples, which smooths the edges. */
function pixel(layers: readonly Layer[], column: number, row: number, side: number): number[] {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < samplesPerSide ** 2; sample += 1) {
    const across = ((sample % samplesPerSide) + 0.5) / samplesPerSide;
    const down = (Math.floor(sample / samplesPerSide) + 0.5) / samplesPerSide;
    const x = ((column + across) / side) * traySize;
    const y = ((row + down) / side) * traySize;
    const [r, g, b, opacity] = layers.findLast(({ covers }) => covers(x, y))?.colour ?? nothing;
    for (const [index, value] of [b, g, r, 255].entries())
      sum[index] = (sum[index] ?? 0) + value * opacity;
  }
  return sum.map((value) => Math.round(value / samplesPerSide ** 2));
}
