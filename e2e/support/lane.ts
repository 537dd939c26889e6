/** What leads to a desktop: a display and a session bus. */
type Desktop = Readonly<Record<string, string>>;

/** The desktops that `npm test` has started; none when Playwright was started by hand. */
const { PLUMBLINE_E2E_DESKTOPS: handedOver = '[]' } = process.env;
const desktops: readonly Desktop[] = JSON.parse(handedOver);

/** How many specs run at a time. Without desktops of their own they share the one there is, in turn. */
export const laneCount = Math.max(desktops.length, 1);

/**
 * Moves a worker of Playwright onto its own desktop. A worker that takes the place of one that
 * failed has the same lane; the runner itself has none.
 */
export function enterLane(): void {
  const { TEST_PARALLEL_INDEX: lane } = process.env;
  if (lane !== undefined) Object.assign(process.env, desktops[Number(lane)]);
}
