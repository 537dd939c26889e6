import type { Rectangle } from './window-place.ts';

/** Inner size of the mini window; it has no frame. */
export const miniSize = { width: 280, height: 120 } as const;

const marginPx = 16;

/** Where to open: the remembered place if a screen still shows its middle, else the first screen's upper right. */
export function placeMini(
  wished: Pick<Rectangle, 'x' | 'y'> | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const { width, height } = miniSize;
  const [first] = workAreas;
  const corner = { x: first.x + first.width - width - marginPx, y: first.y + marginPx };
  const { x, y } = wished ?? corner;
  const area = workAreas.find((each) => contains(each, x + width / 2, y + height / 2));
  if (area === undefined) return { ...corner, ...miniSize };
  return {
    x: between(area.x, x, area.x + area.width - width),
    y: between(area.y, y, area.y + area.height - height),
    ...miniSize,
  };
}

const contains = (area: Rectangle, x: number, y: number): boolean =>
  x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;

const between = (low: number, value: number, high: number): number =>
  Math.max(low, Math.min(value, high));
