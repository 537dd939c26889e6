/** A point of a line: when, and how high. Floats, for they become pixels and nothing else. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/** Rows of characters, the top one first, and how many rows of them the last value stands below the top. */
export interface DrawnLine {
  readonly rows: readonly string[];
  readonly lastRow: number;
}

/** What a character cell is made of. */
interface Cells {
  readonly dotsWide: number;
  readonly dotsHigh: number;
  /** The character for the dots of one cell, each a bit: `1 << (row * dotsWide + column)`. */
  character(dots: number): string;
}

// Braille numbers its dots down the left column and down the right one, and then the lowest two.
const brailleBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80] as const;

const cellsOf = {
  braille: {
    ...{ dotsWide: 2, dotsHigh: 4 },
    character: (dots) => {
      const bits = brailleBits.reduce((sum, bit, at) => sum | ((dots >> at) & 1 ? bit : 0), 0);
      return bits === 0 ? ' ' : String.fromCharCode(0x2800 + bits);
    },
  },
  ascii: { dotsWide: 1, dotsHigh: 1, character: (dots) => (dots === 0 ? ' ' : '*') },
} as const satisfies Readonly<Record<string, Cells>>;

/** How a line is drawn: in dots of a quarter of a character, or in asterisks. */
export type LineStyle = keyof typeof cellsOf;

/**
 * Draws a line that keeps its height between its points and steps at each. The points are in order of x, two
 * at least and finite; the first begins at the left edge.
 */
export function drawLine(
  points: readonly LinePoint[],
  {
    width,
    height,
    until,
  }: { readonly width: number; readonly height: number; readonly until: number },
  style: LineStyle,
): DrawnLine {
  const { dotsWide, dotsHigh, character } = cellsOf[style];
  const size = { columns: width * dotsWide, rows: height * dotsHigh };
  const columns = stretches(points, until, size);
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      let dots = 0;
      for (let y = 0; y < dotsHigh; y += 1) {
        for (let x = 0; x < dotsWide; x += 1) {
          const [top, bottom] = columns[column * dotsWide + x] ?? [0, -1];
          const at = row * dotsHigh + y;
          if (at >= top && at <= bottom) dots |= 1 << (y * dotsWide + x);
        }
      }
      return character(dots);
    }).join(''),
  );
  const last = columns.at(-1)?.[2] ?? 0;
  return { rows, lastRow: Math.floor(last / dotsHigh) };
}

/** Rows of dots that a column covers, from the top one to the bottom one, and the one that it leaves at. */
type Stretch = readonly [top: number, bottom: number, leaves: number];

function stretches(
  points: readonly LinePoint[],
  until: number,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Stretch[] {
  const heights = points.map(({ y }) => y);
  const low = heights.reduce((least, y) => Math.min(least, y), Number.POSITIVE_INFINITY);
  const high = heights.reduce((most, y) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  const from = points[0]?.x ?? 0;
  // A flat line lies in the middle.
  const rowOf = (y: number): number =>
    high > low ? Math.round(((high - y) / (high - low)) * (rows - 1)) : Math.floor(rows / 2);
  const columnOf = (x: number): number =>
    until > from ? Math.min(columns - 1, Math.floor(((x - from) / (until - from)) * columns)) : 0;
  const found: Stretch[] = [];
  let next = 0;
  let row = rowOf(points[0]?.y ?? 0);
  for (let column = 0; column < columns; column += 1) {
    let [top, bottom] = [row, row];
    for (; next < points.length; next += 1) {
      const point = points[next];
      if (point === undefined || columnOf(point.x) > column) break;
      row = rowOf(point.y);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
    found.push([top, bottom, row]);
  }
  return found;
}
