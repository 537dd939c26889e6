import { drawTrayIcon, type TrayGround, trayMarks, traySize } from './tray-icon.ts';

/** A picture of four bytes a pixel: red, green, blue and alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

const scales = [1, 2] as const;
const gap = 10;
const cell = traySize * 2 + gap;
/** Panels as desktops have them; macOS colours a template in black or white. */
const panels: readonly { ground: TrayGround; panel: number; isWhite?: boolean }[] = [
  ...[0x000000, 0x2d2d2d, 0xf0f0f0].map((panel) => ({ ground: 'dark' as const, panel })),
  ...[0xffffff, 0xdedede, 0x2d2d2d].map((panel) => ({ ground: 'light' as const, panel })),
  { ground: 'template', panel: 0xe8e8e8 },
  { ground: 'template', panel: 0x303030, isWhite: true },
];

/**
 * All icons on one sheet, to be looked at: a row for each mark and for each mark of the demo; for each
 * panel, those of the other theme included, a column at scale 1 and one at scale 2.
 */
export function drawTraySheet(): Picture {
  const rows = [false, true].flatMap((isDemo) => trayMarks.map((mark) => ({ mark, isDemo })));
  const sheet = blank(panels.length * scales.length * cell, rows.length * cell);
  for (const [column, { ground, panel, isWhite = false }] of panels.entries()) {
    const left = column * scales.length * cell;
    fill(sheet, left, scales.length * cell, panel);
    for (const [row, look] of rows.entries())
      for (const [index, scale] of scales.entries()) {
        const icon = drawTrayIcon(look, ground, scale);
        const place = { x: left + index * cell + gap / 2, y: row * cell + gap / 2 };
        paste(sheet, icon, traySize * scale, place, isWhite);
      }
  }
  return sheet;
}

const blank = (width: number, height: number): Picture => ({
  ...{ width, height, pixels: Buffer.alloc(width * height * 4, 0xff) },
});

function fill({ width, height, pixels }: Picture, left: number, across: number, colour: number) {
  for (let y = 0; y < height; y += 1)
    for (let x = left; x < left + across; x += 1)
      pixels.writeUIntBE(colour, (y * width + x) * 4, 3);
}

/** The icon's colours are multiplied by alpha already, and stand the other way round. */
function paste(
  { width, pixels }: Picture,
  icon: Buffer,
  side: number,
  { x, y }: { readonly x: number; readonly y: number },
  isWhite: boolean,
): void {
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    const at = ((y + Math.floor(pixel / side)) * width + x + (pixel % side)) * 4;
    const alpha = icon[pixel * 4 + 3] ?? 0;
    for (const channel of [0, 1, 2]) {
      const own = isWhite ? alpha : (icon[pixel * 4 + 2 - channel] ?? 0);
      const below = pixels[at + channel] ?? 0;
      pixels[at + channel] = Math.round(own + below * (1 - alpha / 255));
    }
  }
}
