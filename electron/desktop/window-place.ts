/** A rectangle in screen coordinates. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smallest size at which the Overview can be read. */
export const smallestSize = { width: 900, height: 560 } as const;

const firstSize = { width: 1100, height: 700 } as const;

// So much of a window must be on a screen that a hand can get hold of it.
const grip = { width: 160, height: 60 } as const;

/** Where to open: the remembered place if a screen still shows it, else the middle of the first screen. */
export function placeOnScreens(
  wished: Rectangle | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const area = wished === null ? undefined : workAreas.find((each) => canGrip(wished, each));
  if (wished === null || area === undefined) return centred(wished ?? firstSize, workAreas[0]);
  if (wished.width <= area.width && wished.height <= area.height) return wished;
  const { width, height } = fitted(wished, area);
  return {
    x: between(area.x, wished.x, area.x + area.width - width),
    y: between(area.y, wished.y, area.y + area.height - height),
    width,
    height,
  };
}

function centred(size: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Rectangle {
  const { width, height } = fitted(size, area);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

const fitted = (
  size: Pick<Rectangle, 'width' | 'height'>,
  area: Rectangle,
): Pick<Rectangle, 'width' | 'height'> => ({
  width: Math.max(Math.min(size.width, area.width), smallestSize.width),
  height: Math.max(Math.min(size.height, area.height), smallestSize.height),
});

const between = (low: number, value: number, high: number): number =>
  Math.max(low, Math.min(value, high));

/** Whether the top edge, by which a window is moved, is on the screen far enough. */
function canGrip(window: Rectangle, area: Rectangle): boolean {
  const across =
    Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return (
    across >= grip.width &&
    window.y >= area.y - grip.height &&
    window.y + grip.height <= area.y + area.height
  );
}
