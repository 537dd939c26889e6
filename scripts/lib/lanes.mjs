import { availableParallelism } from 'node:os';
import { Stop } from './stop.mjs';

/** The longest files take as long as a third of all: a fourth lane would gain little. */
const USUAL_MOST = 3;
const MOST = 8;

/**
 * How many end-to-end specs run at a time, each lane on a desktop of its own. A lane takes most of a
 * core: where there are more lanes than cores the app answers slowly, rests accordingly, and all
 * takes longer. Elsewhere than on Linux there is the person's one desktop, and so one lane.
 * @param {string | undefined} [wished]
 * @param {NodeJS.Platform} [platform]
 * @param {number} [cores]
 * @returns {number}
 */
export function laneCount(
  wished = process.env.PLUMBLINE_TEST_LANES,
  platform = process.platform,
  cores = availableParallelism(),
) {
  if (platform !== 'linux') return 1;
  const usual = Math.min(cores, USUAL_MOST);
  if (wished === undefined) return usual;
  const count = Number(wished);
  if (Number.isInteger(count) && count >= 1 && count <= MOST) return count;
  throw new Stop(
    `PLUMBLINE_TEST_LANES is "${wished}", but has to be a number from 1 to ${MOST}; leave it out for ${usual}.`,
    2,
  );
}
