/** Whether a point of the icon's square of 22 units lies in it. */
export type Shape = (x: number, y: number) => boolean;

/** A disc. */
export const circle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2;

/** A disc with a hole. */
export const ring =
  (cx: number, cy: number, outer: number, inner: number): Shape =>
  (x, y) =>
    circle(cx, cy, outer)(x, y) && !circle(cx, cy, inner)(x, y);

/** A rectangle along the axes. */
export const box =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) =>
    x >= left && x <= right && y >= top && y <= bottom;

/** A triangle on its base, `growth` units larger to each side. */
export const triangle =
  (cx: number, top: number, bottom: number, half: number, growth = 0): Shape =>
  (x, y) => {
    const tip = top - 2 * growth;
    const foot = bottom + growth;
    const width = ((y - tip) / (foot - tip)) * (half + 2 * growth);
    return y >= tip && y <= foot && Math.abs(x - cx) <= width;
  };

/** A stroke with round ends. */
export const stroke =
  (x1: number, y1: number, x2: number, y2: number, width: number): Shape =>
  (x, y) => {
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
    const t = Math.max(0, Math.min(1, along));
    return circle(x1 + t * (x2 - x1), y1 + t * (y2 - y1), width / 2)(x, y);
  };

/** A square with round corners, `inset` units within a square of `side`. */
export const roundSquare =
  (side: number, radius: number, inset = 0): Shape =>
  (x, y) => {
    const beyond = (value: number): number =>
      Math.max(radius - (value - inset), value + inset - (side - radius), 0);
    return (
      box(inset, inset, side - inset, side - inset)(x, y) &&
      beyond(x) ** 2 + beyond(y) ** 2 <= radius ** 2
    );
  };

/** What lies in both. */
export const within =
  (outer: Shape, inner: Shape): Shape =>
  (x, y) =>
    outer(x, y) && inner(x, y);

/** What lies in any of them. */
export const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));
