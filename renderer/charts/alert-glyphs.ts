import type { Severity } from '../../shared/alerts/rule.ts';
import { severityShapes } from '../components/alerts/severity-shapes.ts';

/** Widths of a mark in pixels of the page; many small ones leave more of the line to see. */
const sizesPx = { few: 9, many: 6 } as const;
const mostLarge = 30;

/** How a mark looks. */
export interface MarkLook {
  readonly severity: Severity;
  readonly ink: string;
  /** A rim in the colour of the page parts it from the line. */
  readonly ground: string;
  /** How many there are. */
  readonly count: number;
}

/** Draws the shape of a severity around a point of the canvas, in its own pixels. */
export function drawAlertMark(
  context: CanvasRenderingContext2D,
  { x, y }: { readonly x: number; readonly y: number },
  { severity, ink, ground, count }: MarkLook,
): void {
  const sizePx = count > mostLarge ? sizesPx.many : sizesPx.few;
  // The shape is ten wide.
  const scale = (sizePx * devicePixelRatio) / 10;
  const shape = new Path2D(severityShapes[severity]);
  context.save();
  context.translate(x - 5 * scale, y - 5 * scale);
  context.scale(scale, scale);
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.strokeStyle = ground;
  context.stroke(shape);
  context.fillStyle = ink;
  context.fill(shape);
  context.restore();
}
