/** What the icon tells. */
export interface TrayLook {
  readonly mark: 'starting' | 'live' | 'late' | 'stale' | 'disconnected' | 'paused';
  /** The demo cannot be mistaken for a real ledger: it wears a D whatever its state. */
  readonly isDemo: boolean;
}

/** Side of the icon at scale 1. */
export const traySize = 22;

type Colour = readonly [red: number, green: number, blue: number];

/** A shape in a square of 22 units; a later one lies over those before. */
interface Layer {
  readonly covers: (x: number, y: number) => boolean;
  readonly colour: Colour;
}

// The plate makes the icon read on dark and light panels alike; the demo has one of its own.
const plate: Colour = [0x1b, 0x21, 0x29];
const demoPlate: Colour = [0x1f, 0x3f, 0x68];
const bright: Colour = [0xf3, 0xf5, 0xf8];
const faded: Colour = [0x84, 0x8e, 0x9c];
// Colours of states; P&L has others, for a loss is not an error.
const amber: Colour = [0xd9, 0xb1, 0x3b];
const red: Colour = [0xff, 0x6b, 0x6b];
const blue: Colour = [0x8a, 0xb4, 0xf8];

const samplesPerSide = 4;

const circle =
  (cx: number, cy: number, radius: number) =>
  (x: number, y: number): boolean =>
    (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2;

const box =
  (left: number, top: number, right: number, bottom: number) =>
  (x: number, y: number): boolean =>
    x >= left && x <= right && y >= top && y <= bottom;

/** A stroke with round ends. */
const stroke =
  (x1: number, y1: number, x2: number, y2: number, width: number) =>
  (x: number, y: number): boolean => {
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
    const t = Math.max(0, Math.min(1, along));
    return circle(x1 + t * (x2 - x1), y1 + t * (y2 - y1), width / 2)(x, y);
  };

const ring =
  (cx: number, cy: number, outer: number, inner: number) =>
  (x: number, y: number): boolean =>
    circle(cx, cy, outer)(x, y) && !circle(cx, cy, inner)(x, y);

/** A square with round corners that fills the whole icon. */
const wholePlate = (x: number, y: number): boolean => {
  const radius = 5;
  const inset = (value: number): number => Math.max(radius - value, value - (traySize - radius), 0);
  return inset(x) ** 2 + inset(y) ** 2 <= radius ** 2;
};

/** The bob of a plumb line: a disc that runs out into a point. */
const bob = (x: number, y: number): boolean => {
  if (circle(11, 11, 3.6)(x, y)) return true;
  return y > 11 && y <= 18.5 && Math.abs(x - 11) <= ((18.5 - y) / 7.5) * 3.6;
};

const glyph = (colour: Colour): Layer[] => [
  { covers: box(5, 3, 17, 5), colour },
  { covers: box(10, 3, 12, 9), colour },
  { covers: bob, colour },
];

const markX = 16;
const markY = 16;

/** Colour of the glyph; a faded one says that the figures are not current. */
function glyphColour(mark: TrayLook['mark']): Colour {
  return mark === 'live' || mark === 'late' ? bright : faded;
}

function markLayers(mark: TrayLook['mark']): Layer[] {
  switch (mark) {
    case 'starting':
    case 'live':
      return [];
    case 'late':
      return [{ covers: circle(markX, markY, 4.6), colour: amber }];
    case 'stale':
      return [{ covers: ring(markX, markY, 4.8, 2.6), colour: amber }];
    case 'disconnected':
      return [
        { covers: stroke(12.7, 12.7, 19.3, 19.3, 2.4), colour: red },
        { covers: stroke(19.3, 12.7, 12.7, 19.3, 2.4), colour: red },
      ];
    case 'paused':
      return [
        { covers: box(12, 12, 15, 20), colour: blue },
        { covers: box(17, 12, 20, 20), colour: blue },
      ];
  }
}

/** A D in the upper left corner, for the state's mark has the lower right one. */
const letterD: readonly Layer[] = [
  { covers: box(2, 2, 4, 11), colour: blue },
  { covers: (x, y) => x >= 3 && ring(4, 6.5, 4.5, 2.5)(x, y), colour: blue },
];

function layersOf({ mark, isDemo }: TrayLook): Layer[] {
  const ground = isDemo ? demoPlate : plate;
  const marks = markLayers(mark);
  return [
    { covers: wholePlate, colour: ground },
    ...glyph(glyphColour(mark)),
    // A gap around a mark or a letter parts it from the glyph.
    ...(marks.length === 0
      ? []
      : [{ covers: insidePlate(circle(markX, markY, 6)), colour: ground }]),
    ...marks,
    ...(isDemo ? [{ covers: insidePlate(box(0, 0, 9.5, 12)), colour: ground }, ...letterD] : []),
  ];
}

const insidePlate =
  (covers: Layer['covers']): Layer['covers'] =>
  (x, y) =>
    wholePlate(x, y) && covers(x, y);

/**
 * Draws the icon at `scale` times 22 pixels a side, as Skia keeps bitmaps on all desktops: four bytes
 * a pixel, blue, green, red and alpha, the colours multiplied by alpha.
 */
export function drawTrayIcon(look: TrayLook, scale: number): Buffer {
  return draw(layersOf(look), Math.round(traySize * scale));
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
    const colour = layers.findLast(({ covers }) => covers(x, y))?.colour;
    if (!colour) continue;
    const [r, g, b] = colour;
    for (const [index, value] of [b, g, r, 255].entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  return sum.map((value) => Math.round(value / samplesPerSide ** 2));
}
