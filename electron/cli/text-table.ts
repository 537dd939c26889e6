import type { Paint, Tone } from './paint.ts';

/** A piece of a report, without control characters. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** How one column stands. */
export interface Column {
  readonly align: 'left' | 'right';
  /** At least as wide as this, so that tables below each other line up. */
  readonly least?: number;
  /** Gives way, to this width at the least, where a line is too long for the screen. */
  readonly shrinksTo?: number;
  /** Gives way only where that of all other columns is not enough. */
  readonly givesWayLast?: boolean;
  /** Goes on in the next line where it is too narrow; else the text is cut. */
  readonly wraps?: boolean;
}

const gap = '  ';

// Blocks of characters that terminals draw two cells wide (Unicode, East Asian Width W and F).
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const widthless = /^[\p{M}\p{Cf}]$/u;

function widthOf(character: string): number {
  if (widthless.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Cells of a terminal that a text takes. */
export const displayWidth = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + widthOf(character), 0);

/** The text, cut with `…` where it is wider than that. */
export function fitText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let left = width - 1;
  let kept = '';
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}\u2026`;
}

/** The text in lines of that width, broken between words where it can be. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => piecesOf(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** A word that is wider than a line falls into pieces. */
function piecesOf(word: string, width: number): string[] {
  const pieces = [''];
  for (const character of word) {
    const last = pieces.at(-1) ?? '';
    if (displayWidth(last + character) > width && last !== '') pieces.push(character);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces;
}

/** Lines with aligned columns, no wider than asked for as far as columns give way. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string[] {
  const widths = columnWidths(columns, rows, width);
  return rows.flatMap((row) => {
    const cells = columns.map(({ wraps }, index) => {
      const { text, tone = 'plain' } = row[index] ?? { text: '' };
      const room = widths[index] ?? 0;
      return { tone, room, lines: wraps === true ? wrapText(text, room) : [fitText(text, room)] };
    });
    const height = Math.max(1, ...cells.map(({ lines }) => lines.length));
    return Array.from({ length: height }, (_, lineIndex) =>
      cells
        .map(({ tone, room, lines }, index) => {
          const text = lines[lineIndex] ?? '';
          const blanks = ' '.repeat(Math.max(0, room - displayWidth(text)));
          const painted = paint(text, tone);
          return columns[index]?.align === 'right' ? `${blanks}${painted}` : `${painted}${blanks}`;
        })
        .join(gap)
        .trimEnd(),
    );
  });
}

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): number[] {
  const natural = columns.map(({ least = 0 }, index) =>
    Math.max(least, ...rows.map((row) => displayWidth(row[index]?.text ?? ''))),
  );
  const total = natural.reduce((sum, each) => sum + each, gap.length * (columns.length - 1));
  let excess = Math.max(0, total - width);
  const widths = [...natural];
  for (const isLast of [false, true]) {
    for (const [index, { shrinksTo, givesWayLast = false }] of columns.entries()) {
      const each = natural[index] ?? 0;
      if (givesWayLast !== isLast) continue;
      const cut = Math.min(excess, each - Math.min(each, shrinksTo ?? each));
      widths[index] = each - cut;
      excess -= cut;
    }
  }
  return widths;
}
